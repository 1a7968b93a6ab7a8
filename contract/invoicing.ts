import { type Static, Type } from 'typebox'
import { DataProblem, Day, Money, nullable, oneOf, page, PageQuery, Percent, Quantity, Uuid } from './common.ts'

const UnitPrice = Type.String({ pattern: '^-?\\d{1,12}(\\.\\d{1,4})?$', description: 'Price of one unit before tax, at most four decimals.', examples: ['650', '0.0125'] })

export const InvoiceStatus = oneOf(['draft', 'issued', 'part_paid', 'paid', 'credited'])
export const InvoiceLineInput = Type.Object({
  description: Type.String({ minLength: 1, maxLength: 1000 }),
  quantity: Quantity,
  unitPrice: UnitPrice,
  vatRate: Percent,
  nature: oneOf(['goods', 'services']),
})
export type InvoiceLineInput = Static<typeof InvoiceLineInput>

export const NewInvoice = Type.Object({
  customerId: Uuid,
  issuedOn: Type.Optional(nullable(Day)),
  dueOn: Type.Optional(nullable(Day)),
  orderReference: Type.Optional(nullable(Type.String({ maxLength: 60 }))),
  note: Type.Optional(nullable(Type.String({ maxLength: 2000 }))),
  lines: Type.Array(InvoiceLineInput, { minItems: 1, maxItems: 200 }),
})
export type NewInvoice = Static<typeof NewInvoice>

export const InvoiceSummary = Type.Object({
  id: Uuid,
  kind: oneOf(['invoice', 'credit_note']),
  status: InvoiceStatus,
  origin: oneOf(['quittance', 'taken_over', 'imported']),
  number: nullable(Type.String()),
  customer: Type.Object({ id: Uuid, name: Type.String(), code: Type.String() }),
  issuedOn: nullable(Day),
  dueOn: nullable(Day),
  overdueDays: Type.Integer({ description: 'Days since the due day while something is owed; 0 otherwise.' }),
  net: Money, vat: Money, gross: Money,
  open: Money,
})
export type InvoiceSummary = Static<typeof InvoiceSummary>

export const Invoice = Type.Object({
  ...InvoiceSummary.properties,
  version: Type.Integer(),
  vatDueOn: oneOf(['receipts', 'debits']),
  orderReference: nullable(Type.String()),
  note: nullable(Type.String()),
  entryId: nullable(Uuid),
  creditsId: nullable(Uuid),
  creditedByIds: Type.Array(Uuid),
  lines: Type.Array(Type.Object({ ...InvoiceLineInput.properties, n: Type.Integer(), net: Money })),
  vatBreakdown: Type.Array(Type.Object({ rate: Percent, nature: oneOf(['goods', 'services']), basis: Money, amount: Money })),
  mentions: Type.Array(Type.Object({ code: Type.String(), text: Type.String(), because: Type.String() }), { description: 'Legal mentions this invoice must carry, each with its reason.' }),
  payments: Type.Array(Type.Object({ matchId: Uuid, lineId: Uuid, bookedOn: Day, label: Type.String(), amount: Money })),
  nextNumber: nullable(Type.String({ description: 'The number this draft would take if it were issued now.' })),
})
export type Invoice = Static<typeof Invoice>

export const InvoicePage = page(InvoiceSummary)
export const InvoiceQuery = Type.Object({
  ...PageQuery,
  status: Type.Optional(InvoiceStatus), open: Type.Optional(Type.Boolean()), overdue: Type.Optional(Type.Boolean()),
  customerId: Type.Optional(Uuid), search: Type.Optional(Type.String({ maxLength: 100 })), from: Type.Optional(Day), to: Type.Optional(Day),
})
export type InvoiceQuery = Static<typeof InvoiceQuery>

export const IssueInvoice = Type.Object({ issuedOn: Type.Optional(Day) })
export const NewCreditNote = Type.Object({ issuedOn: Type.Optional(Day), reason: Type.Optional(Type.String({ maxLength: 500 })) })

/** Three ways to bring invoices in. None renumbers a document that was already issued. */
export const ImportMode = oneOf(['draft', 'posted', 'taken_over'], 'draft: new invoices, to be issued here. posted: issued by another tool, entered in the books with their own number. taken_over: open before Quittance, neither entry nor new number.')
export const ImportQuery = Type.Object({ mode: Type.Optional(ImportMode), dryRun: Type.Optional(Type.Boolean({ default: true })) })

/** What an import of invoices.csv would do, or did. Rows are 1-based lines of the file. */
export const InvoiceImportResult = Type.Object({
  dryRun: Type.Boolean(),
  committed: Type.Boolean(),
  mode: ImportMode,
  rows: Type.Integer(), accepted: Type.Integer(), alreadyKnown: Type.Integer(), rejected: Type.Integer(), ignored: Type.Integer({ description: 'Rows of another kind, such as purchases.' }),
  customersCreated: Type.Integer(),
  totals: Type.Array(Money),
  problems: Type.Array(DataProblem),
})
export type InvoiceImportResult = Static<typeof InvoiceImportResult>
