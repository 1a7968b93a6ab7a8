import { addDays, dateOf, type LocalDate, yearOf } from '../../../core/kernel/local-date.ts'
import { creditLine, debitLine } from '../../../core/ledger/entry.ts'
import { createAccount } from '../banking/index.ts'
import { balanceOf, browseFiscalYears, createFiscalYear, openNextYear, post, setPeriodStatus } from '../ledger/index.ts'
import { acceptPayments, importStatement, isTreated } from './fill-bank.ts'
import { type OpenPurchases, postEntries } from './fill-entries.ts'
import { fillSales, importDocuments, type Work } from './fill-sales.ts'
import type { DemoCompany } from './generator/plan.ts'

/** The day on which the result of the year before is allocated. */
const ALLOCATION_MONTH = 6
const ALLOCATION_DAY = 30
const RESULT = '120000'
const BROUGHT_FORWARD = '110000'
/** Payments of the last steps are accepted with the grounds of their proposals. */
const PROPOSED_STEPS = 2

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

/** Tells a planned company to the product, step by step as it happened, within the transaction of `work`. The first year is open already. */
export async function fillBooks(work: Work, plan: DemoCompany): Promise<void> {
  const { app, ctx } = work
  const purchases: OpenPurchases = new Map()
  const at = (today: LocalDate): Work => ({ ...work, ctx: { ...ctx, today } })
  const start = at(addDays(plan.steps[0]!.startsOn, -1))
  for (const year of plan.years.slice(1)) await createFiscalYear(app, ctx, year)
  const account = await createAccount(app, ctx, { name: plan.account.name, iban: plan.account.iban, bankWriting: plan.account.writing })
  await importDocuments(start, { invoices: plan.takenOver, mode: 'taken_over', file: 'factures-en-cours.csv' })
  await postEntries(start, { entries: plan.opening, pairs: [] }, purchases)
  const years = await browseFiscalYears(app, ctx)
  for (const [index, step] of plan.steps.entries()) {
    const then = at(step.endsOn)
    const ended = years.find((year) => addDays(year.endsOn, 1) === step.startsOn)
    if (ended) await openNextYear(app, then.ctx, ended.id)
    await fillSales(then, step)
    const pairs = (await importStatement(then, step, account)).filter(({ planned }) => isTreated(planned, plan.treatedBefore))
    await postEntries(then, { entries: step.entries, pairs }, purchases)
    await acceptPayments(then, pairs, index >= plan.steps.length - PROPOSED_STEPS)
    const allocatedOn = dateOf(yearOf(step.startsOn), ALLOCATION_MONTH, ALLOCATION_DAY)!
    if (step.startsOn <= allocatedOn && allocatedOn <= step.endsOn) await allocateResult(then, allocatedOn)
  }
  await lockPeriods(work, plan.lockedBefore)
}
