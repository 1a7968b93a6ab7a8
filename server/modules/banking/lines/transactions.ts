import type { NewBankLine } from '../../../../contract/banking.ts'
import type { Currency } from '../../../../core/kernel/currency.ts'
import type { BankLineId, ImportId } from '../../../../core/kernel/id.ts'
import { parseDate } from '../../../../core/kernel/local-date.ts'
import { parseAmount } from '../../../../core/kernel/money.ts'
import { type Problem, problem } from '../../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { appendEvent } from '../../../platform/events/index.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { recordAudit } from '../../audit/index.ts'
import { lockAccounts } from '../accounts/account-store.ts'
import { addTaken, handWritten, insertDelivery } from '../imports/import-store.ts'
import { queuePosting } from '../jobs.ts'
import { plainLabel } from '../landing/label.ts'
import { insertLines } from '../landing/landing-store.ts'
import { findLine, saveNotes } from './line-store.ts'
import { listLines, type Page } from './list-store.ts'
import type { Line } from '../types.ts'
import { type Asked, filterOf, lineView, type LineView } from './views.ts'

/** One page of bank lines, latest first. */
export async function browseTransactions(app: App, ctx: Context, { query, page }: { readonly query: Asked; readonly page: Page }): Promise<LineView[]> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, (tx) => listLines(tx, filterOf(ctx, query), page))
}

/** One bank line. Refuses NOT_FOUND. */
export async function readTransaction(app: App, ctx: Context, id: string): Promise<LineView> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, (tx) => lineView(tx, id))
}

/** Writes a line by hand in an account kept by hand: cash, or a bank without files. Refuses NOT_FOUND, ACCOUNT_NOT_MANUAL, BANK_ACCOUNT_ARCHIVED. */
export async function createTransaction(app: App, ctx: Context, input: NewBankLine): Promise<LineView> {
  authorize(ctx, 'bank.import')
  return app.db.tenant(ctx, async (tx) => {
    const account = (await lockAccounts(tx)).find((one) => one.id === input.accountId)
    if (!account) throw new Refusal('NOT_FOUND')
    if (!account.manual) throw new Refusal('ACCOUNT_NOT_MANUAL', { account: account.name })
    if (account.archivedOn !== null) throw new Refusal('BANK_ACCOUNT_ARCHIVED', { account: account.name })
    const { bookedOn, valueOn, minor } = readFacts(input, account.currency)
    const { importId, position } = await nextPlace(tx, account.id)
    const id = uuidv7() as BankLineId
    await insertLines(tx, { importId, accountId: account.id, currency: account.currency, posts: account.postsEntries, source: null }, [{
      id, note: input.note?.trim() || null, position, bookedOn, valueOn, minor, currency: account.currency, label: plainLabel(input.label),
      reference: input.reference?.trim() || null, counterparty: { name: input.counterpartyName?.trim() || null, iban: null }, bankId: null, status: 'booked',
    }])
    await addTaken(tx, importId, 1)
    if (account.postsEntries && minor !== 0n) await queuePosting(app, tx, importId)
    await appendEvent(tx, ctx, { kind: 'import.committed', subject: importId, data: { new: 1, known: 0, suspicious: 0 } })
    await recordAudit(tx, ctx, { action: 'bank-line.create', subjectKind: 'bank-line', subjectId: id, before: null, after: { account: account.ledgerAccount, bookedOn, amount: minor.toString(), label: input.label } })
    return lineView(tx, id)
  })
}

function readFacts(input: NewBankLine, currency: Currency) {
  const amount = parseAmount(input.amount, currency, { field: 'amount' })
  const bookedOn = parseDate(input.bookedOn)
  const valueOn = input.valueOn ? parseDate(input.valueOn) : null
  const problems: Problem[] = amount.ok ? [] : [amount.problem]
  for (const [field, day] of [['bookedOn', bookedOn], ['valueOn', valueOn]] as const) if (day === undefined) problems.push(problem('DATE_INVALID', { fr: 'Ce jour n\'existe pas.', en: 'This day does not exist.' }, { field }))
  if (!amount.ok || !bookedOn || valueOn === undefined) throw new Refusal('REQUEST_INVALID', {}, problems)
  return { bookedOn, valueOn, minor: amount.value }
}

/** The next position among the lines written by hand in an account. */
async function nextPlace(tx: TenantTx, accountId: Line['accountId']): Promise<{ readonly importId: ImportId; readonly position: number }> {
  const written = await handWritten(tx, accountId)
  if (written) return { importId: written.id, position: written.last + 1 }
  const importId = uuidv7() as ImportId
  await insertDelivery(tx, { id: importId, name: '', origin: 'manual', accountId })
  return { importId, position: 1 }
}

/** Writes a note on a line, or takes it away, within the caller's transaction. Refuses NOT_FOUND. */
export async function setNote(tx: TenantTx, ctx: Context, { lineId, note }: { readonly lineId: string; readonly note: string | null }): Promise<void> {
  const before = await findLine(tx, lineId)
  if (!before) throw new Refusal('NOT_FOUND')
  const after = note?.trim() || null
  if (before.note === after) return
  await saveNotes(tx, [{ lineId, note: after }])
  await recordAudit(tx, ctx, { action: 'bank-line.note', subjectKind: 'bank-line', subjectId: lineId, before: { note: before.note }, after: { note: after } })
}
