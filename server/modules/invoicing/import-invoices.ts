import { readInvoicesCsv, type CsvInvoice } from '../../../formats/invoice/csv/reader.ts'
import { decodeAll } from '../../../formats/bank/encoding.ts'
import { allocate } from '../../../core/kernel/allocate.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import type { TenThousandths } from '../../../core/kernel/decimal.ts'
import { minorDigits } from '../../../core/kernel/currency.ts'
import type { InvoiceId } from '../../../core/kernel/id.ts'
import { absolute } from '../../../core/kernel/money.ts'
import { problem, type Problem } from '../../../core/kernel/problem.ts'
import { formatPercent } from '../../../core/kernel/rate.ts'
import { singleRate } from '../../../core/invoice/import.ts'
import { isVatRate } from '../../../core/law/vat-rates.ts'
import type { VatDueOn } from '../../../core/invoice/accounts.ts'
import type { App } from '../../platform/app.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { vatRegimeOf } from '../identity/index.ts'
import { post } from '../ledger/index.ts'
import { type Customer, ensureCustomers } from '../party/index.ts'
import { contentOf } from './content.ts'
import { postingOf, snapshot } from './issue-invoice.ts'
import { insertInvoices, knownInvoices } from './store.ts'
import type { Invoice } from './types.ts'

/** draft: to be issued here. posted: issued elsewhere, entered with their own number. taken_over: open before Quittance, no entry. */
export type ImportMode = 'draft' | 'posted' | 'taken_over'

/** What an import would do, or did: nothing is stored while an error remains or `dryRun` is true. Totals are per currency, in minor units. */
export type ImportReport = {
  readonly dryRun: boolean
  readonly committed: boolean
  readonly mode: ImportMode
  readonly rows: number
  readonly accepted: number
  readonly alreadyKnown: number
  readonly rejected: number
  readonly ignored: number
  readonly customersCreated: number
  readonly totals: ReadonlyMap<Currency, bigint>
  readonly problems: readonly Problem[]
}

/** Problems told at most; the count of rejected invoices is always whole. */
const PROBLEMS_MAX = 500

/**
 * Imports invoices.csv. Known ones (same identifier or number) are left alone, so the same file can come twice. The rows that
 * are right go in even when others are rejected: each rejected one is named with its line. Posting refuses NO_FISCAL_YEAR and PERIOD_LOCKED as a whole.
 */
export async function importInvoices(app: App, ctx: Context, input: { bytes: Uint8Array; file: string; mode: ImportMode; dryRun: boolean }): Promise<ImportReport> {
  authorize(ctx, 'invoice.import')
  const read = readInvoicesCsv(decodeAll(input.bytes), { file: input.file, baseCurrency: ctx.currency })
  const valued = read.invoices.map((invoice) => ({ invoice, problems: valuationProblems(invoice, ctx.currency, { mode: input.mode, file: input.file }) }))
  const right = valued.filter((one) => one.problems.length === 0).map((one) => one.invoice)
  const problems = [...read.problems, ...valued.flatMap((one) => one.problems)]
  return app.db.tenant(ctx, async (tx) => {
    const fresh = await unknownOnes(tx, right)
    const report = { dryRun: input.dryRun, mode: input.mode, rows: read.rows, accepted: fresh.length, alreadyKnown: right.length - fresh.length, rejected: read.rejected + valued.length - right.length, ignored: read.ignored, totals: totalsOf(fresh), problems: problems.slice(0, PROBLEMS_MAX) }
    if (input.dryRun) return { ...report, committed: false, customersCreated: 0 }
    const created = fresh.length === 0 ? 0 : await take(tx, ctx, { invoices: fresh, mode: input.mode, file: input.file })
    return { ...report, committed: true, customersCreated: created }
  })
}

/** What keeps a read invoice out: no amount in the company's currency, no single legal rate, lines that do not add up. */
function valuationProblems(invoice: CsvInvoice, base: Currency, { mode, file }: { mode: ImportMode; file: string }): Problem[] {
  const where = (field: string) => ({ line: invoice.line, field, file })
  if (invoice.baseGross === null) return [problem('RATE_MISSING', { fr: `La facture ${invoice.number} est en ${invoice.currency} : donnez son montant en ${base} dans gross_eur.`, en: `Invoice ${invoice.number} is in ${invoice.currency}: give its amount in ${base} in gross_eur.` }, where('gross_eur'))]
  if (mode === 'draft' && invoice.currency !== base) return [problem('DRAFT_CURRENCY', { fr: `La facture ${invoice.number} est en ${invoice.currency} : un brouillon se fait en ${base}.`, en: `Invoice ${invoice.number} is in ${invoice.currency}: drafts are made in ${base}.` }, where('currency'))]
  if (mode === 'draft' && invoice.kind === 'credit_note') return [problem('DRAFT_CREDIT_NOTE', { fr: `${invoice.number} est un avoir : créez-le depuis sa facture.`, en: `${invoice.number} is a credit note: make it from its invoice.` }, where('kind'))]
  if (invoice.lines === null) {
    if (singleRate(invoice.net, invoice.vat, invoice.issuedOn) !== undefined) return []
    return [problem('RATE_UNKNOWN', { fr: `La TVA de la facture ${invoice.number} ne correspond à aucun taux unique au ${invoice.issuedOn} : donnez ses lignes (colonnes line_*).`, en: `The VAT of invoice ${invoice.number} matches no single rate on ${invoice.issuedOn}: give its lines (line_* columns).` }, where('vat'))]
  }
  const content = contentOf(invoice.lines, invoice.currency)
  const wrong = invoice.lines.find((line) => !isVatRate(line.vatRate, invoice.issuedOn))
  if (wrong) return [problem('VAT_RATE_UNKNOWN', { fr: `Facture ${invoice.number} : le taux ${formatPercent(wrong.vatRate)} % n'existe pas au ${invoice.issuedOn}.`, en: `Invoice ${invoice.number}: no rate of ${formatPercent(wrong.vatRate)} % exists on ${invoice.issuedOn}.` }, where('line_vat_rate'))]
  if (content.net === invoice.net && content.vat === invoice.vat) return []
  return [problem('LINES_DIFFER', { fr: `Facture ${invoice.number} : ses lignes ne font pas les totaux annoncés. Corrigez l'un ou l'autre.`, en: `Invoice ${invoice.number}: its lines do not make the stated totals. Correct one or the other.` }, where('net'))]
}

async function unknownOnes(tx: TenantTx, invoices: readonly CsvInvoice[]): Promise<CsvInvoice[]> {
  const known = await knownInvoices(tx, invoices.map((invoice) => invoice.externalId), invoices.map((invoice) => invoice.number))
  return invoices.filter((invoice) => {
    if (known.externalIds.has(invoice.externalId) || known.numbers.has(invoice.number)) return false
    known.numbers.add(invoice.number) // the same number twice in one file comes in once
    return true
  })
}

async function take(tx: TenantTx, ctx: Context, { invoices, mode, file }: { invoices: readonly CsvInvoice[]; mode: ImportMode; file: string }): Promise<number> {
  const parties = await ensureCustomers(tx, ctx, invoices.map((invoice) => invoice.party))
  const vatDueOn = await vatRegimeOf(tx)
  const ordered = invoices.toSorted((a, b) => (a.issuedOn === b.issuedOn ? 0 : a.issuedOn < b.issuedOn ? -1 : 1))
  const built = ordered.map((invoice) => build(invoice, { customer: parties.byExternalId.get(invoice.party.externalId)!, vatDueOn, mode, base: ctx.currency }))
  if (mode === 'posted') {
    const entries = await post(tx, ctx, built.map(postingOf))
    await insertInvoices(tx, built.map((invoice, index) => ({ ...invoice, entryId: entries[index]!.id })), ctx.userId)
  } else {
    await insertInvoices(tx, built, ctx.userId)
  }
  await appendEvent(tx, ctx, { kind: 'invoice.imported', subject: null, data: { count: built.length } })
  await recordAudit(tx, ctx, { action: 'invoice.import', subjectKind: 'invoice', subjectId: built[0]!.id, before: null, after: { file, mode, count: built.length, customersCreated: parties.created } })
  return parties.created
}

function build(csv: CsvInvoice, { customer, vatDueOn, mode, base }: { customer: Customer; vatDueOn: VatDueOn; mode: ImportMode; base: Currency }): Invoice {
  const content = csv.lines === null ? oneLine(csv) : contentOf(csv.lines, csv.currency)
  const baseGross = csv.baseGross!
  const [baseNet, baseVat] = csv.currency === base ? [csv.net, csv.vat] : split(baseGross, csv)
  const shares = csv.currency === base || content.vatShares.length === 0 ? content.vatShares : convert(content.vatShares, baseVat)
  const isDraft = mode === 'draft'
  return {
    ...content, vatShares: shares, id: uuidv7() as InvoiceId, kind: csv.kind, origin: isDraft ? 'quittance' : mode === 'posted' ? 'imported' : 'taken_over',
    status: isDraft ? 'draft' : 'issued', number: isDraft ? null : csv.number, customerId: customer.id, customerSnapshot: isDraft ? null : snapshot(customer),
    issuedOn: csv.issuedOn, dueOn: csv.dueOn, currency: csv.currency, baseNet, baseVat, baseGross, vatDueOn, creditsId: null, settled: 0n, entryId: null,
    orderReference: null, note: null, externalId: csv.externalId,
  }
}

/** An invoice without lines is one line of services at its one rate; its tax is the stated one. */
function oneLine(csv: CsvInvoice) {
  const vatRate = singleRate(csv.net, csv.vat, csv.issuedOn)!
  const unitPrice = (csv.net * 10n ** BigInt(4 - minorDigits(csv.currency))) as TenThousandths
  const line = { description: `Facture ${csv.number}`, quantity: 10_000n as TenThousandths, unitPrice, vatRate, nature: 'services' as const }
  return {
    net: csv.net, vat: csv.vat, gross: csv.gross, lines: [{ ...line, net: csv.net }],
    vatShares: [{ vatRate, nature: 'services' as const, basis: csv.net, amount: csv.vat, baseAmount: csv.vat }],
  }
}

/** Net and tax in the company's currency, in the proportion of the invoice's own. */
function split(baseGross: bigint, csv: CsvInvoice): [bigint, bigint] {
  const [net, vat] = allocate(baseGross, [absolute(csv.net), absolute(csv.vat)])
  return [net!, vat!]
}

function convert(shares: Invoice['vatShares'], baseVat: bigint): Invoice['vatShares'] {
  if (baseVat === 0n) return shares.map((share) => ({ ...share, baseAmount: 0n }))
  const amounts = allocate(baseVat, shares.map((share) => absolute(share.amount)))
  return shares.map((share, index) => ({ ...share, baseAmount: amounts[index]! }))
}

function totalsOf(invoices: readonly CsvInvoice[]): Map<Currency, bigint> {
  const totals = new Map<Currency, bigint>()
  for (const invoice of invoices) totals.set(invoice.currency, (totals.get(invoice.currency) ?? 0n) + invoice.gross)
  return totals
}
