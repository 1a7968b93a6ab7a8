import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { BankLine } from '../../../contract/banking.ts'
import type { LineCategorisation, ProposedEntry } from '../../../contract/categories.ts'
import type { Proposal } from '../../../contract/reconciliation.ts'
import { useCompany } from '../../lib/company.tsx'
import { reading } from '../../lib/queries.ts'
import { Kbd, Money } from '../../ui/index.ts'
import { isOpen } from './line-filters.ts'

/** One thing that can be done to the line, by its key or by a click. */
export type LineAct = { readonly keys: string; readonly label: string; readonly run: () => void; readonly when: boolean }

/** The entry that accepting would post for a line without an invoice. */
export function useProposedEntry(line: BankLine | undefined): ProposedEntry | undefined {
  const { api, may } = useCompany()
  const asked = line !== undefined && line.category !== null && isOpen(line) && may('match.read')
  return useQuery({ ...reading(api, '/api/transactions/:id/proposal', { params: { id: line?.id ?? '' } }), enabled: asked }).data
}

type Candidate = LineCategorisation['candidates'][number]

/** The likeliest category of a line that has none: never sure enough to be put there, worth saying to who looks at it. */
function useGuess(lineId: string | undefined): Candidate | undefined {
  const { api } = useCompany()
  return useQuery({ ...reading(api, '/api/transactions/:id/category', { params: { id: lineId ?? '' } }), enabled: lineId !== undefined }).data?.candidates[0]
}

/** What `a` would do to the line, in one sentence. */
function Sentence({ line, proposal, entry, guess }: { readonly line: BankLine; readonly proposal: Proposal | undefined; readonly entry: ProposedEntry | undefined; readonly guess: Candidate | undefined }): ReactNode {
  const { t } = useLingui()
  if (line.status === 'pending') return t`Announced by the bank: it can be treated once it is booked.`
  if (line.hold) return line.hold.answer ? t`Answered by ${line.hold.answer.by?.name ?? t`a colleague`}: ${line.hold.answer.text}` : t`Set aside with a question; it waits for an answer.`
  if (line.state === 'posting') return t`Its entry is being made.`
  if (line.state === 'treated') return t`Treated: its entry is in the journal.`
  if (proposal) return <>{t`Would reconcile with`} <strong className="figures font-medium">{proposal.allocations.map(({ number }) => number).join(', ')}</strong> · {proposal.reasons.map(({ text }) => text).join(' · ')}</>
  if (!line.category) return guess ? <>{t`Perhaps`} <strong className="font-medium">{guess.name}</strong> <span className="text-muted">{Math.floor(guess.confidence * 100)} % · {guess.because}</span></> : t`No category yet: choose one with c.`
  if (!entry) return <span className="text-muted">{line.category.name}</span>
  if (entry.state !== 'ready') return entry.because
  return (
    <>
      {t`Would post`} {entry.parts.map((part, index) => (
        <span key={part.categoryId + String(index)} className="whitespace-nowrap">{index > 0 ? ', ' : ''}<strong className="figures font-medium">{part.account}</strong> <Money value={part.net} />{part.vatAccount ? <> + {t`VAT`} {part.percent} % <Money value={part.vat} /></> : null}</span>
      ))} <span className="text-muted">· {entry.because}</span>
    </>
  )
}

/** A strip under the list: what accepting the current line would post, and every key at hand, also for a mouse. */
export function LineDock({ line, proposal, acts }: { readonly line: BankLine | undefined; readonly proposal: Proposal | undefined; readonly acts: readonly LineAct[] }) {
  const { t } = useLingui()
  const entry = useProposedEntry(line && !proposal ? line : undefined)
  const guess = useGuess(line && !proposal && line.category === null && line.hold === null && isOpen(line) ? line.id : undefined)
  return (
    <div role="region" aria-label={t`The current line`} data-print="no" className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line bg-paper px-4 py-1.5 text-sm desk:px-6 max-desk:hidden">
      <p className="min-h-7 min-w-0 flex-1 basis-80 truncate leading-7" aria-live="polite">{line ? <Sentence line={line} proposal={proposal} entry={entry} guess={guess} /> : <span className="text-muted">{t`j and k move through the lines; the proposal of the current one is said here.`}</span>}</p>
      <div role="toolbar" aria-label={t`Actions on the line`} className="flex flex-wrap items-center gap-0.5">
        {acts.filter(({ when }) => when).map((act) => (
          <button key={act.keys} type="button" onClick={act.run} className="inline-flex h-7 items-center gap-1.5 rounded-lg px-2 hover:bg-sunken"><Kbd keys={act.keys} />{act.label}</button>
        ))}
      </div>
    </div>
  )
}

/** In the place of the strip once lines are selected: how many, how much, and what can be done to all of them. */
export function SelectionBar({ lines, acts, onClear }: { readonly lines: readonly BankLine[]; readonly acts: readonly LineAct[]; readonly onClear: () => void }) {
  const { t } = useLingui()
  return (
    <div role="region" aria-label={t`The selection`} data-print="no" className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-t border-accent bg-accent-soft px-4 py-1.5 text-sm desk:px-6">
      <p className="leading-7 font-medium" aria-live="polite">{lines.length === 1 ? t`1 line selected` : t`${lines.length} lines selected`}</p>
      <div role="toolbar" aria-label={t`Actions on the selection`} className="flex flex-wrap items-center gap-0.5">
        {acts.filter(({ when }) => when).map((act) => <button key={act.keys} type="button" onClick={act.run} className="inline-flex h-7 items-center gap-1.5 rounded-lg px-2 hover:bg-surface"><Kbd keys={act.keys} />{act.label}</button>)}
      </div>
      <button type="button" onClick={onClear} className="ml-auto inline-flex h-7 items-center gap-1.5 rounded-lg px-2 hover:bg-surface"><Kbd keys="Escape" />{t`Clear the selection`}</button>
    </div>
  )
}
