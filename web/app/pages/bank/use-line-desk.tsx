import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { BankLine } from '../../../../contract/banking.ts'
import type { Proposal } from '../../../../contract/reconciliation.ts'
import { isOpen } from '../../../features/bank/line-filters.ts'
import type { LineAct } from '../../../features/bank/line-dock.tsx'
import type { LineWork } from '../../../features/bank/use-line-work.ts'
import { choiceOf, requestOf } from '../../../features/reconciliation/choice.ts'
import { sayProblem } from '../../../lib/action.ts'
import { useCompany } from '../../../lib/company.tsx'
import { formatMoney } from '../../../lib/format.ts'
import { usePreferences } from '../../../lib/preferences.ts'

/** The window open over the list, and the lines it is about. */
export type DeskWindow = { readonly kind: 'category' | 'accept' | 'split' | 'rule' | 'hold' | 'transfer'; readonly lines: readonly BankLine[] }
type Category = { readonly id: string; readonly name: string }

const SURE = 90
/** What a person or a rule chose goes before an invoice that only resembles; a number in the label goes before both. */
export function proposalFor(line: BankLine, proposal: Proposal | undefined): Proposal | undefined {
  const isDecided = line.category?.source === 'manual' || line.category?.source === 'rule'
  return proposal && isOpen(line) && (proposal.score >= SURE || !isDecided) ? proposal : undefined
}

const treated = (line: BankLine): BankLine => ({ ...line, state: 'treated', toTreat: { ...line.toTreat, amount: '0' }, hold: null })
const put = (category: Category) => (line: BankLine): BankLine => ({ ...line, isSplit: false, category: { ...category, source: 'manual', confidence: null } })

export type LineDeskOptions = { readonly work: LineWork; readonly proposalOf: (line: BankLine) => Proposal | undefined; readonly suspenseOf: (accountId: string) => string | undefined; readonly onDone: (lines: readonly BankLine[]) => void }

/** What each decision about bank lines sends, how it shows before the answer, and how it is taken back. */
function useDecisions({ work, proposalOf, suspenseOf, onDone }: LineDeskOptions) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const { api, me } = useCompany()
  const many = (lines: readonly BankLine[], one: string, several: string) => lines.length === 1 ? one : several
  const undoMatches = (matches: readonly string[]) => Promise.all(matches.map((id) => api.post('/api/reconciliation/matches/:id/undo', { params: { id } })))
  const undoChange = ({ changeId }: { changeId: string | null }) => changeId === null ? Promise.resolve(null) : api.post('/api/category-changes/:id/undo', { params: { id: changeId } })

  const acceptOne = async (line: BankLine, category: Category | undefined): Promise<string> => {
    const proposal = category ? undefined : proposalOf(line)
    if (proposal) return (await api.post('/api/reconciliation/matches', { body: requestOf(line.id, choiceOf(proposal, suspenseOf(line.accountId)), line.amount.currency) })).id
    return (await api.post('/api/transactions/:id/proposal/accept', { params: { id: line.id }, body: category ? { categoryId: category.id } : {} })).matchId
  }
  /** What can be accepted is; the first refusal is said, the others are as they were. */
  const acceptAll = async (lines: readonly BankLine[], category: Category | undefined): Promise<readonly string[]> => {
    const made: string[] = []
    let refusal: unknown
    for (const line of lines) await acceptOne(line, category).then((match) => made.push(match), (error: unknown) => { refusal ??= error })
    if (refusal !== undefined && made.length === 0) throw refusal
    if (refusal !== undefined) sayProblem(refusal)
    return made
  }
  const accept = (lines: readonly BankLine[], category?: Category) => {
    const [first] = lines
    if (!first) return
    const shown = formatMoney(first.amount.amount, first.amount.currency, locale)
    work.decide({ lines, change: (line) => treated(category ? put(category)(line) : line), send: () => acceptAll(lines, category), undo: undoMatches, treats: lines.length, said: many(lines, t`${shown} treated.`, t`${lines.length} lines treated.`) })
    onDone(lines)
  }
  const categorise = (lines: readonly BankLine[], category: Category) => {
    work.decide({
      lines, change: put(category), send: () => api.post('/api/transactions/bulk', { body: { ids: lines.map(({ id }) => id), set: { categoryId: category.id } } }), undo: undoChange,
      said: many(lines, t`In ${category.name}.`, t`${lines.length} lines in ${category.name}.`),
    })
  }
  const split = (line: BankLine, parts: readonly { readonly categoryId: string; readonly amount: string }[], main: Category) => {
    work.decide({ lines: [line], change: (one) => ({ ...put(main)(one), isSplit: true }), send: () => api.put('/api/transactions/:id/split', { params: { id: line.id }, body: { parts: [...parts] } }), undo: undoChange, said: t`Split in ${parts.length} parts.` })
  }
  const hold = (line: BankLine, asked: { readonly question: string; readonly askedOf?: string | null }, name: string | undefined) => {
    const at = new Date().toISOString()
    work.decide({
      lines: [line], change: (one) => ({ ...one, hold: { question: asked.question, by: { id: me.user.id, name: me.user.name }, at, askedOf: asked.askedOf && name ? { id: asked.askedOf, name } : null, answer: null } }),
      send: () => api.post('/api/transactions/:id/hold', { params: { id: line.id }, body: asked }), undo: () => api.post('/api/transactions/:id/hold/release', { params: { id: line.id } }), said: t`Set aside with a question.`,
    })
    onDone([line])
  }
  const release = (line: BankLine) => {
    const { hold: was } = line
    if (!was) return
    work.decide({ lines: [line], change: (one) => ({ ...one, hold: null }), send: () => api.post('/api/transactions/:id/hold/release', { params: { id: line.id } }), undo: () => api.post('/api/transactions/:id/hold', { params: { id: line.id }, body: { question: was.question, askedOf: was.askedOf?.id ?? null } }), said: t`Taken up again.` })
  }
  const pair = (line: BankLine, other: BankLine) => {
    const [out, into] = line.amount.amount.startsWith('-') ? [line, other] : [other, line]
    work.decide({
      lines: [line, other], change: (one) => ({ ...treated(one), transferId: 'new' }), send: () => api.post('/api/transfers', { body: { outLineId: out.id, inLineId: into.id } }),
      undo: ({ id }) => api.delete('/api/transfers/:id', { params: { id } }), treats: 2, said: t`Paired as an internal transfer.`,
    })
    onDone([line])
  }
  return { accept, categorise, split, hold, release, pair }
}

export type LineDesk = ReturnType<typeof useLineDesk>

/** The acts on bank lines by their keys, and the window each may open. */
export function useLineDesk(options: LineDeskOptions) {
  const { t } = useLingui()
  const { may } = useCompany()
  const [window, setWindow] = useState<DeskWindow>()
  const decisions = useDecisions(options)
  const { proposalOf, work } = options
  const canWrite = may('match.write')
  const canFile = may('category.write')
  const acceptable = (line: BankLine) => isOpen(line) && line.transferId === null && (proposalOf(line) !== undefined || line.category !== null)

  /** What can be done to these lines now. */
  const actsOn = (lines: readonly BankLine[]): readonly LineAct[] => {
    const open = (kind: DeskWindow['kind']) => () => setWindow({ kind, lines })
    const one = lines.length === 1 ? lines[0]! : undefined
    const ready = lines.filter(acceptable)
    const isBooked = lines.length > 0 && lines.every(({ status }) => status === 'booked')
    return [
      { keys: 'a', label: t`Accept`, when: canWrite && (ready.length > 0 || (one !== undefined && isOpen(one) && one.transferId === null)), run: () => (ready.length > 0 ? decisions.accept(ready) : open('accept')()) },
      { keys: 'c', label: t`Category`, when: canFile && isBooked, run: open('category') },
      { keys: 's', label: t`Split`, when: canFile && one !== undefined && isBooked && one.state !== 'treated', run: open('split') },
      { keys: 'r', label: t`Rule`, when: canFile && one !== undefined && isBooked, run: open('rule') },
      { keys: 'h', label: one?.hold ? t`Take up again` : t`Ask`, when: canWrite && one !== undefined && isBooked && one.state !== 'treated', run: () => { if (one?.hold) decisions.release(one); else open('hold')() } },
      { keys: 't', label: t`Transfer`, when: canWrite && one !== undefined && isOpen(one) && one.transferId === null, run: open('transfer') },
    ]
  }
  return { ...decisions, window, close: () => setWindow(undefined), actsOn, undoLast: work.undoLast, done: work.done }
}
