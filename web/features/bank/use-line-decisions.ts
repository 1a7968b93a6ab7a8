import { useCallback, useMemo, useState } from 'react'
import type { BankImport } from '../../../contract/banking.ts'
import { needsReview, NO_DECISION, type LineDecisions } from './account-choice.ts'
import type { PreviewChoices, PreviewLine, Say } from './import-columns.tsx'

const without = (all: ReadonlySet<number>, position: number): ReadonlySet<number> => new Set([...all].filter((one) => one !== position))
const put = (all: ReadonlySet<number>, position: number, isIn: boolean): ReadonlySet<number> => isIn ? new Set([...all, position]) : without(all, position)

/** What a person says of the doubtful lines of a file before it is stored. A PDF to review is held back until they say that they compared it. */
export function useLineDecisions(file: BankImport): { readonly decisions: LineDecisions; readonly choices: PreviewChoices; readonly setOnProblems: (choice: LineDecisions['onProblems']) => void; readonly setAllAgain: (isAll: boolean) => void } {
  const [decisions, setDecisions] = useState<LineDecisions>(() => (needsReview(file) ? { ...NO_DECISION, onProblems: 'nothing' } : NO_DECISION))
  const onSay = useCallback(({ position }: PreviewLine, say: Say | undefined) => setDecisions((all) => ({
    ...all, taken: put(all.taken, position, say === 'take'), refused: put(all.refused, position, say === 'refuse'), takenAgain: put(all.takenAgain, position, say === 'again'), allAgain: false,
  })), [])
  const { taken, refused, takenAgain, allAgain } = decisions
  const said = useCallback(({ position, removed }: PreviewLine): Say | undefined => taken.has(position) ? 'take' : refused.has(position) ? 'refuse' : takenAgain.has(position) || (removed && allAgain) ? 'again' : undefined, [taken, refused, takenAgain, allAgain])
  return { decisions, choices: useMemo(() => ({ said, onSay }), [said, onSay]), setOnProblems: (onProblems) => setDecisions((all) => ({ ...all, onProblems })), setAllAgain: (allAgain) => setDecisions((all) => ({ ...all, allAgain })) }
}
