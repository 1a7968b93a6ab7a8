import { type Static, Type } from 'typebox'
import { CurrencyCode, Day, Money, nullable, oneOf, Uuid } from './common.ts'

/** The days looked at and the filters. `days` ends today; with neither `days` nor dates, the last 30 days. */
const filters = {
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3660, description: 'The last so many days, today included. Not together with from and to.' })),
  from: Type.Optional(Type.String({ ...Day, description: 'First day; to is today when absent.' })),
  to: Type.Optional(Type.String({ ...Day, description: 'Last day.' })),
  accountId: Type.Optional(Uuid),
  categoryId: Type.Optional(Type.String({ pattern: '^(uncategorised|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$', description: 'A category with its sub-categories, or `uncategorised`.' })),
}
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 }))
export const AnalyticsQuery = Type.Object(filters)
export type AnalyticsQuery = Static<typeof AnalyticsQuery>
export const TrendsQuery = Type.Object({ ...filters, interval: Type.Optional(oneOf(['week', 'month'], 'Weeks begin on Monday. month when absent, and the last 365 days when there is no period.')) })
export type TrendsQuery = Static<typeof TrendsQuery>
export const MerchantsQuery = Type.Object({ ...filters, direction: Type.Optional(oneOf(['out', 'in'], 'out when absent.')), limit })
export type MerchantsQuery = Static<typeof MerchantsQuery>

const ChangePercent = nullable(Type.String({ pattern: '^-?\\d{1,9}(\\.\\d)?$', description: 'Against the period before, one decimal; null when there was nothing then.' }))
const LinesQuery = Type.String({ description: 'The query of the list of bank lines that shows these lines, such as `from=2026-10-22&to=2026-11-20&direction=out`.' })
const Span = Type.Object({ from: Day, to: Day, days: Type.Integer() })

/** A sum, the same sum over the period of the same length before, and where its lines are. Spending is positive. */
export const Compared = Type.Object({ amount: Money, before: Money, change: Money, changePercent: ChangePercent, lines: Type.Integer({ description: 'Lines of the period; the parts of a split one count one each.' }), query: LinesQuery })
export type Compared = Static<typeof Compared>

/** A category with its sub-categories added in. `total` includes them, `own` does not. The one without id is what has no category. */
export const CategoryFigure = Type.Object({
  categoryId: nullable(Uuid), name: nullable(Type.String({ description: 'null: without a category.' })), parentId: nullable(Uuid), depth: Type.Integer(),
  own: Money, total: Money, before: Money, change: Money, changePercent: ChangePercent,
  sharePercent: Type.String({ description: 'Of the whole, one decimal.' }), lines: Type.Integer(), query: LinesQuery,
})
export type CategoryFigure = Static<typeof CategoryFigure>

export const MerchantFigure = Type.Object({
  merchantId: nullable(Uuid), name: nullable(Type.String({ description: 'null: no merchant is known.' })),
  total: Money, before: Money, change: Money, changePercent: ChangePercent, sharePercent: Type.String(), lines: Type.Integer(), lastOn: Day, query: LinesQuery,
})
export type MerchantFigure = Static<typeof MerchantFigure>

/** Lines in another currency are never added to the company's: they are told apart here. */
export const OtherCurrency = Type.Object({ currency: CurrencyCode, income: Money, spending: Money, net: Money, lines: Type.Integer(), query: LinesQuery })
export type OtherCurrency = Static<typeof OtherCurrency>

const head = { period: Span, previous: Span, currency: CurrencyCode, otherCurrencies: Type.Array(OtherCurrency) }

export const AnalyticsOverview = Type.Object({
  ...head,
  balance: Type.Object({ total: Money, accounts: Type.Integer() }, { description: 'Of the accounts in the company\'s currency that are not archived, or of the one chosen.' }),
  income: Compared, spending: Compared, net: Compared,
  savedPercent: nullable(Type.String({ description: 'Net over income, one decimal; null without income.' })),
  topCategories: Type.Array(CategoryFigure, { description: 'Spending by top category, the five largest.' }),
  topMerchants: Type.Array(MerchantFigure, { description: 'The five largest.' }),
  uncategorised: Type.Object({ total: Money, lines: Type.Integer(), query: LinesQuery }, { description: 'Money in and out without a category, added without sign.' }),
  budgets: nullable(Type.Object({ count: Type.Integer(), over: Type.Integer(), adherencePercent: Type.Integer() }, { description: 'Of today; null without a budget.' })),
  recurring: Type.Object({ spending: Money, income: Money, count: Type.Integer() }, { description: 'What comes back, as an amount per month.' }),
  days: Type.Array(Type.Object({ on: Day, income: Money, spending: Money }), { description: 'Days with movement, in order.' }),
})
export type AnalyticsOverview = Static<typeof AnalyticsOverview>

/** Where the money went, or came from. */
export const Breakdown = Type.Object({
  ...head, total: Compared,
  categories: Type.Array(CategoryFigure, { description: 'The tree in order: each category follows its parent, the largest first.' }),
  accounts: Type.Array(Type.Object({ accountId: Uuid, name: Type.String(), total: Money, before: Money, sharePercent: Type.String(), lines: Type.Integer(), query: LinesQuery })),
  merchants: Type.Array(MerchantFigure, { description: 'The ten largest.' }),
  days: Type.Array(Type.Object({ on: Day, total: Money })),
  largest: Type.Array(Type.Object({ lineId: Uuid, bookedOn: Day, label: Type.String(), amount: Money }), { description: 'The ten largest lines.' }),
})
export type Breakdown = Static<typeof Breakdown>

export const Trends = Type.Object({
  ...head, interval: oneOf(['week', 'month']),
  points: Type.Array(Type.Object({
    from: Day, to: Day, isWhole: Type.Boolean({ description: 'False for a first or last week or month that the period cuts, or that is not over.' }),
    income: Money, spending: Money, net: Money, lines: Type.Integer(), query: LinesQuery,
  })),
  averages: nullable(Type.Object({ points: Type.Integer(), income: Money, spending: Money, net: Money }, { description: 'Of whole weeks or months; null without one.' })),
  categories: Type.Array(Type.Object({
    categoryId: nullable(Uuid), name: nullable(Type.String()), spending: Type.Array(Money, { description: 'One for each point.' }),
  }), { description: 'The eight largest top categories of spending.' }),
})
export type Trends = Static<typeof Trends>

export const TopMerchants = Type.Object({
  ...head, direction: oneOf(['out', 'in']), total: Money,
  items: Type.Array(MerchantFigure),
  others: nullable(Type.Object({ merchants: Type.Integer(), total: Money, lines: Type.Integer() }, { description: 'Beyond the limit.' })),
})
export type TopMerchants = Static<typeof TopMerchants>

export const RecurringPeriod = oneOf(['week', 'two_weeks', 'month', 'quarter', 'year'])
export const RecurringFlag = Type.Object({
  kind: oneOf(['price_rise', 'price_drop', 'missed', 'new'], 'new: seen for the first time less than 60 days ago.'),
  text: Type.String({ description: 'In the language of the request.' }),
  on: Day, before: nullable(Money), after: nullable(Money),
})

export type RecurringFlag = Static<typeof RecurringFlag>

/** Payments of one party that come back at a rhythm. `id` stays the same as long as party, direction, currency and account do. */
export const Recurring = Type.Object({
  id: Uuid, name: Type.String(), direction: oneOf(['out', 'in']), period: RecurringPeriod,
  amount: Type.Object({ ...Money.properties }, { description: 'The usual amount, of late; positive.' }),
  low: Money, high: Money,
  monthly: Type.Object({ ...Money.properties }, { description: 'The same as an amount per month.' }),
  firstOn: Day, lastOn: Day, lastAmount: Money,
  nextOn: nullable(Type.String({ ...Day, description: 'The next day expected; null once it has ended.' })),
  occurrences: Type.Integer(),
  confidence: Type.Integer({ minimum: 0, maximum: 100 }),
  state: oneOf(['active', 'ended'], 'ended: two expected dates passed without it.'),
  flags: Type.Array(RecurringFlag),
  decision: nullable(oneOf(['confirmed', 'dismissed'], 'What a person said of it.')),
  accountId: Uuid,
  merchant: nullable(Type.Object({ id: Uuid, name: Type.String() })),
  category: nullable(Type.Object({ id: Uuid, name: Type.String() })),
  query: LinesQuery,
})
export type Recurring = Static<typeof Recurring>
/** The same with its latest lines, at most sixty, latest first; amounts are signed. */
export const RecurringDetail = Type.Object({ ...Recurring.properties, lines: Type.Array(Type.Object({ lineId: Uuid, bookedOn: Day, label: Type.String(), amount: Money })) })
export type RecurringDetail = Static<typeof RecurringDetail>
export const RecurringQuery = Type.Object({
  direction: Type.Optional(oneOf(['out', 'in'])),
  state: Type.Optional(oneOf(['active', 'ended', 'all'], 'active when absent.')),
  dismissed: Type.Optional(Type.Boolean({ description: 'Those dismissed by a person only; without them when absent.' })),
  accountId: Type.Optional(Uuid),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
})
export type RecurringQuery = Static<typeof RecurringQuery>
export const RecurringPage = Type.Object({
  items: Type.Array(Recurring), next: nullable(Type.String()),
  monthly: Type.Object({ spending: Money, income: Money, count: Type.Integer() }, { description: 'Everything active that the filter keeps, in the company\'s currency, whatever the page.' }),
  foundAt: nullable(Type.String({ format: 'date-time', description: 'When lines were last searched.' })),
})
export type RecurringPage = Static<typeof RecurringPage>
export const RecurringDecision = Type.Object({ decision: nullable(oneOf(['confirmed', 'dismissed'], 'null takes the decision back.')) })
export type RecurringDecision = Static<typeof RecurringDecision>
