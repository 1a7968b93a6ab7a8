import { type Static, type TSchema, Type } from 'typebox'
import { Day, Instant, Money, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'

export const PAYMENT_METHODS = ['card', 'transfer', 'direct_debit', 'cheque', 'cash', 'fee', 'interest'] as const
export const PaymentMethod = oneOf(PAYMENT_METHODS)

export const Provenance = Type.Object({
  source: oneOf(['rule', 'bank', 'manual'], 'rule: read from the label. bank: a field of its own in the statement. manual: given by a person, never overwritten.'),
  rule: nullable(Type.String({ description: 'The rule and its version; null when a person or the bank gave it.', examples: ['fr-card@1'] })),
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
})
export type Provenance = Static<typeof Provenance>

/** A value and where it comes from; null: the line does not say. */
const found = <T extends TSchema>(value: T) => nullable(Type.Object({ value, ...Provenance.properties }))

/** A line as the bank wrote it, beside what was read in it. */
export const LineEnrichment = Type.Object({
  lineId: Uuid,
  raw: Type.Object({ label: Type.String(), reference: nullable(Type.String()), counterpartyName: nullable(Type.String()), counterpartyIban: nullable(Type.String()), bookedOn: Day, amount: Money }),
  clean: Type.Object({
    merchant: nullable(Type.Object({ id: Uuid, name: Type.String(), siren: nullable(Type.String()), ...Provenance.properties })),
    counterparty: found(Type.String()),
    method: found(PaymentMethod),
    place: found(Type.String()),
    cardDate: found(Day),
    original: found(Money),
    mandate: found(Type.String({ description: 'The reference of the direct debit mandate (RUM).' })),
    creditorId: found(Type.String({ description: 'The SEPA identifier of the creditor (ICS).' })),
    reference: found(Type.String({ description: 'What the payer wrote, or the number of the cheque.' })),
    siren: found(Type.String()),
  }),
  enrichedAt: nullable(Instant),
})
export type LineEnrichment = Static<typeof LineEnrichment>

/** Values a person gives. Null gives the value back to the rules. */
export const LineEnrichmentPatch = Type.Partial(Type.Object({
  merchantId: nullable(Uuid),
  counterparty: nullable(Type.String({ minLength: 1, maxLength: 200 })),
  method: nullable(PaymentMethod),
  place: nullable(Type.String({ minLength: 1, maxLength: 120 })),
  cardDate: nullable(Day),
  reference: nullable(Type.String({ minLength: 1, maxLength: 200 })),
}))
export type LineEnrichmentPatch = Static<typeof LineEnrichmentPatch>

export const Merchant = Type.Object({
  id: Uuid, name: Type.String(), siren: nullable(Type.String({ pattern: '^\\d{9}$' })),
  madeBy: oneOf(['rule', 'person']), version: Type.Integer(), createdAt: Instant,
  lineCount: Type.Integer(), firstOn: nullable(Day), lastOn: nullable(Day),
  totals: Type.Array(Money, { description: 'The sum of its lines, one amount per currency; negative when money went out.' }),
})
export type Merchant = Static<typeof Merchant>
export const MerchantPage = page(Merchant)
export const MerchantQuery = Type.Object({ ...PageQuery, search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the name, accents and case aside, or a SIREN.' })) })
export type MerchantQuery = Static<typeof MerchantQuery>

/** How a label leads to a merchant. */
export const MerchantAlias = Type.Object({ id: Uuid, pattern: Type.String({ description: 'The words of the label that name the merchant, in capitals and without accents.' }), madeBy: oneOf(['rule', 'person']), lineCount: Type.Integer() })

/** Something done to merchants by a person. Only the latest of a merchant that is not undone can be. */
export const MerchantChange = Type.Object({
  id: Uuid, kind: oneOf(['rename', 'merge', 'split']), at: Instant, by: nullable(Type.String({ description: 'The name of the person.' })),
  text: Type.String({ description: 'What was done, in the language of the request.' }), undoneAt: nullable(Instant), mayUndo: Type.Boolean(),
})
export type MerchantChange = Static<typeof MerchantChange>
export const MerchantDetail = Type.Object({
  ...Merchant.properties,
  aliases: Type.Array(MerchantAlias, { description: 'The 200 most used.' }),
  changes: Type.Array(MerchantChange, { description: 'The last 50, latest first.' }),
})
export type MerchantDetail = Static<typeof MerchantDetail>

const Name = Type.String({ minLength: 1, maxLength: 120 })
const Siren = nullable(Type.String({ pattern: '^\\d{9}$' }))
export const NewMerchant = Type.Object({ name: Name, siren: Type.Optional(Siren) })
export type NewMerchant = Static<typeof NewMerchant>
export const MerchantPatch = Type.Partial(Type.Object({ name: Name, siren: Siren }))
export type MerchantPatch = Static<typeof MerchantPatch>

/** `from` disappears into the merchant of the address, with its lines and patterns. */
export const MergeMerchants = Type.Object({ from: Type.Array(Uuid, { minItems: 1, maxItems: 50, uniqueItems: true }) })
export type MergeMerchants = Static<typeof MergeMerchants>
/** The patterns (with the lines they lead to) and lines chosen leave for a merchant of their own. */
export const SplitMerchant = Type.Object({
  name: Name,
  aliasIds: Type.Optional(Type.Array(Uuid, { maxItems: 200, uniqueItems: true })),
  lineIds: Type.Optional(Type.Array(Uuid, { maxItems: 500, uniqueItems: true })),
})
export type SplitMerchant = Static<typeof SplitMerchant>

/** `POST /api/merchants/enrich`: reads every line again; followed by the job it names. */
export const EnrichmentStarted = Type.Object({ lines: Type.Integer({ description: 'The lines to read.' }), jobId: nullable(Uuid) })
export type EnrichmentStarted = Static<typeof EnrichmentStarted>
