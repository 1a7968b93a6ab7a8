import { addDays, type LocalDate, monthOf, yearOf } from '../../../core/kernel/local-date.ts'
import { creditLine, debitLine } from '../../../core/ledger/entry.ts'
import { recordAudit } from '../audit/index.ts'
import { createAccount } from '../banking/index.ts'
import { balanceOf, browseFiscalYears, createFiscalYear, openNextYear, post, type PostingDraft, setPeriodStatus } from '../ledger/index.ts'
import { fillBank, type OpenPurchases } from './fill-bank.ts'
import { fillSales, importDocuments, type Work } from './fill-sales.ts'
import type { DemoCompany, DemoEntry } from './generator/plan.ts'

const SUPPLIERS = '401000'
/** The month in which the result of the year before is allocated. */
const ALLOCATION_MONTH = 6
const RESULT = '120000'
const BROUGHT_FORWARD = '110000'
/** Payments of the last months are accepted with the grounds of their proposals. */
const PROPOSED_MONTHS = 4

function postingOf(entry: DemoEntry, { known }: Work): PostingDraft {
  const lines = entry.lines.map((line) => {
    // The plan names a customer by its key: the books know it by its code.
    const code = line.auxiliary && known.customers.get(line.auxiliary.code)?.code
    return { ...line, label: line.label || entry.label, auxiliary: line.auxiliary && code ? { ...line.auxiliary, code } : line.auxiliary }
  })
  const { isOpening = false, journal, date, pieceRef, label } = entry
  return { journal, date, pieceRef, pieceDate: date, label, lines, source: isOpening ? 'opening' : 'manual', sourceId: null, isOpening }
}

/** Posts entries in one go and remembers the purchases among them. */
async function postEntries(work: Work, entries: readonly DemoEntry[], purchases: OpenPurchases): Promise<void> {
  if (entries.length === 0) return
  const inOrder = entries.toSorted((a, b) => (a.date === b.date ? 0 : a.date < b.date ? -1 : 1))
  const posted = await post(work.tx, work.ctx, inOrder.map((entry) => postingOf(entry, work)))
  inOrder.forEach((entry, index) => {
    const at = entry.lines.findIndex((line) => line.account === SUPPLIERS && line.credit > 0n)
    if (at >= 0) purchases.set(entry.pieceRef, { key: { entryId: posted[index]!.id, n: at + 1 }, auxiliary: entry.lines[at]!.auxiliary?.code ?? '' })
  })
  await recordAudit(work.tx, work.ctx, { action: 'entry.post', subjectKind: 'entry', subjectId: posted[0]!.id, after: { count: posted.length, from: inOrder[0]!.date, to: inOrder.at(-1)!.date } })
}

/** The company's own decision on last year's profit: it is kept. */
async function allocateResult({ tx, ctx }: Work, on: LocalDate): Promise<void> {
  const profit = -await balanceOf(tx, RESULT)
  if (profit <= 0n) return
  const label = `Affectation du résultat ${yearOf(on) - 1}`
  await post(tx, ctx, [{
    journal: 'OD', date: on, pieceRef: `AG-${yearOf(on)}`, pieceDate: on, label, source: 'manual', sourceId: null,
    lines: [debitLine(RESULT, profit, { label }), creditLine(BROUGHT_FORWARD, profit, { label })],
  }])
}

async function lockPeriods({ app, ctx }: Work, before: LocalDate): Promise<void> {
  const periods = (await browseFiscalYears(app, ctx)).flatMap((year) => year.periods)
  for (const period of periods) if (period.endsOn < before && period.status === 'open') await setPeriodStatus(app, ctx, { id: period.id, status: 'locked' })
}

/** Tells a planned company to the product, month by month as it happened, within the transaction of `work`. The first year is open already. */
export async function fillBooks(work: Work, plan: DemoCompany): Promise<void> {
  const { app, ctx } = work
  const purchases: OpenPurchases = new Map()
  const at = (today: LocalDate): Work => ({ ...work, ctx: { ...ctx, today } })
  const start = at(addDays(plan.months[0]!.startsOn, -1))
  for (const year of plan.years.slice(1)) await createFiscalYear(app, ctx, year)
  await createAccount(app, ctx, { name: plan.account.name, iban: plan.account.iban, bankWriting: plan.account.writing })
  await importDocuments(start, { invoices: plan.takenOver, mode: 'taken_over', file: 'factures-en-cours.csv' })
  await postEntries(start, plan.opening, purchases)
  const years = await browseFiscalYears(app, ctx)
  for (const [index, month] of plan.months.entries()) {
    const then = at(month.endsOn)
    const ended = years.find((year) => addDays(year.endsOn, 1) === month.startsOn)
    if (ended) await openNextYear(app, then.ctx, ended.id)
    await fillSales(then, month)
    await postEntries(then, month.entries, purchases)
    await fillBank(then, month, { treatedBefore: plan.treatedBefore, purchases, isRecent: index >= plan.months.length - PROPOSED_MONTHS })
    if (monthOf(month.startsOn) === ALLOCATION_MONTH) await allocateResult(then, month.endsOn)
  }
  await lockPeriods(work, plan.lockedBefore)
}
