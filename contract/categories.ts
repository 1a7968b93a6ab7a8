import { type Static, Type } from 'typebox'
import { BankLine } from './banking.ts'
import { AmountText, CurrencyCode, Day, Instant, Money, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'

export const CategoryKind = oneOf(['income', 'expense', 'transfer'], 'transfer: neither earned nor spent (between own accounts, loans, taxes paid on, shareholders).')
export const VatRateKey = oneOf(['standard', 'intermediate', 'reduced', 'particular', 'none'], 'Which rate of TVA, by its name in law: what it is worth depends on the day (20, 10, 5.5 and 2.1 % today).')
/** Where a value comes from. A manual one is never overwritten. */
export const Provenance = oneOf(['manual', 'rule', 'model', 'memory'], 'manual: a person chose. rule: a rule of the company. model: learned classification. memory: the same words were decided before.')
const Confidence = nullable(Type.Number({ minimum: 0, maximum: 1, description: 'Calibrated: of the values told with 0.9, nine in ten are right. Null for what a person or a rule decided.' }))
const Account = Type.String({ pattern: '^[1-7][0-9]{2}[0-9A-Za-z]{0,17}$', description: 'The account of the ledger its lines are put on.', examples: ['606100'] })

const categoryFields = {
  name: Type.String({ minLength: 1, maxLength: 80 }),
  parentId: nullable(Uuid),
  kind: CategoryKind,
  account: Account,
  vatRate: VatRateKey,
  vatDeductible: Type.Integer({ minimum: 0, maximum: 100, description: 'How much of the TVA of a purchase can be deducted, in percent: 80 for the fuel of a car, 0 for passenger transport.' }),
}

export const Category = Type.Object({
  id: Uuid, ...categoryFields,
  key: nullable(Type.String({ description: 'The name of a category every company receives; null for one of the company\'s own.' })),
  legal: nullable(Type.Object({ source: Type.String(), since: Day }, { description: 'The text of law its TVA follows, for a category whose TVA is particular.' })),
  position: Type.Integer(), isArchived: Type.Boolean(), version: Type.Integer(),
  lineCount: Type.Integer({ description: 'Bank lines in it, parts of split lines included.' }),
})
export type Category = Static<typeof Category>
export const CategoryPage = page(Category)
export const CategoryQuery = Type.Object({
  ...PageQuery,
  kind: Type.Optional(CategoryKind), archived: Type.Optional(Type.Boolean({ description: 'true: archived ones only; false, the default: those in use.' })), search: Type.Optional(Type.String({ maxLength: 100 })),
})
export type CategoryQuery = Static<typeof CategoryQuery>
/** Two levels: groups, and the categories in them. A line may be put on either. */
export const CategoryTree = Type.Object({ items: Type.Array(Type.Object({ ...Category.properties, children: Type.Array(Category) })) })
export type CategoryTree = Static<typeof CategoryTree>

export const NewCategory = Type.Object({
  name: categoryFields.name, parentId: Type.Optional(nullable(Uuid)),
  kind: Type.Optional(CategoryKind), account: Type.Optional(Account), vatRate: Type.Optional(VatRateKey), vatDeductible: Type.Optional(categoryFields.vatDeductible),
}, { description: 'What is not given is that of the parent; a group needs its kind and its account.' })
export type NewCategory = Static<typeof NewCategory>
export const CategoryChange = Type.Object({ ...categoryFields, position: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })), version: Type.Integer() }, { description: 'All of it. Another parentId moves it; `version` is the one that was read.' })
export type CategoryChange = Static<typeof CategoryChange>
export const CategoryRemoval = Type.Object({ outcome: oneOf(['deleted', 'archived'], 'archived: it has lines, rules or a budget, and stays readable.') })
export const CategoryMerge = Type.Object({ into: Uuid })

const StatPeriod = Type.Object({ month: Type.String({ pattern: '^\\d{4}-\\d{2}$' }), total: Money, lines: Type.Integer() })
export const CategoryStats = Type.Object({
  categoryId: Uuid, from: Day, to: Day, currency: CurrencyCode,
  total: Money, lines: Type.Integer(), average: nullable(Money), smallest: nullable(Money), largest: nullable(Money),
  previous: Type.Object({ from: Day, to: Day, total: Money, lines: Type.Integer() }, { description: 'The same number of days just before.' }),
  bySource: Type.Array(Type.Object({ source: Provenance, lines: Type.Integer() })),
  months: Type.Array(StatPeriod),
  labels: Type.Array(Type.Object({ label: Type.String(), total: Money, lines: Type.Integer() }), { description: 'The ten cleaned labels that weigh most.' }),
}, { description: 'With the categories below it. In the currency of the company: lines in others are left out.' })
export type CategoryStats = Static<typeof CategoryStats>
export const StatsQuery = Type.Object({
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3660, description: 'The last days; 365 when nothing is given.' })), from: Type.Optional(Day), to: Type.Optional(Day),
})
export type StatsQuery = Static<typeof StatsQuery>

/** The category of one line, and why. */
export const LineCategory = Type.Object({
  lineId: Uuid, categoryId: Uuid, name: Type.String(), source: Provenance, confidence: Confidence,
  ruleId: nullable(Uuid), ruleVersion: nullable(Type.Integer()), modelVersion: nullable(Type.Integer()),
  parts: Type.Array(Type.Object({ categoryId: Uuid, name: Type.String(), amount: Money }), { description: 'One when the line is not split.' }),
  at: Instant,
})
export type LineCategory = Static<typeof LineCategory>
const Candidate = Type.Object({ categoryId: Uuid, name: Type.String(), confidence: Type.Number(), source: Provenance, because: Type.String({ description: 'Why, in words, in the language of the request.' }) })
/** What is known of the category of a line. */
export const LineCategorisation = Type.Object({ lineId: Uuid, category: nullable(LineCategory), candidates: Type.Array(Candidate, { description: 'At most five, best first.' }), canUndo: Type.Boolean() })
export type LineCategorisation = Static<typeof LineCategorisation>

export const AutoCategorised = Type.Object({ ...LineCategorisation.properties, changeId: nullable(Uuid), kept: Type.Boolean({ description: 'True when a person had chosen, or when nothing was sure enough: the line is as it was.' }) })
export const CategoriseAll = Type.Object({ again: Type.Optional(Type.Boolean({ description: 'Also lines that a rule, the model or the memory has categorised. Never those of a person.' })), from: Type.Optional(Day), to: Type.Optional(Day) })
export type CategoriseAll = Static<typeof CategoriseAll>
/** A job was asked for. Its progress is in the events `job.progress` and in `GET /api/jobs`; `changeId` undoes all of it. */
export const StartedWork = Type.Object({ changeId: Uuid, lines: Type.Integer({ description: 'Lines it will look at.' }) })
export type StartedWork = Static<typeof StartedWork>

const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
export const RuleCondition = Type.Object({
  field: oneOf(['label', 'counterparty', 'reference', 'merchant', 'amount', 'sign', 'account', 'day']),
  operator: Type.Optional(oneOf(['contains', 'equals', 'starts', 'ends', 'regex'], 'For label, counterparty and reference. Accents, case and runs of spaces do not count.')),
  value: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'The text looked for; the id of the merchant or of the bank account; `in` or `out` for the sign.' })),
  min: Type.Optional(Type.String({ maxLength: 24, description: 'For amount (without its sign, included) and day of the month (1 to 31).' })),
  max: Type.Optional(Type.String({ maxLength: 24 })),
})
export type RuleCondition = Static<typeof RuleCondition>
export const RuleActions = Type.Object({
  categoryId: Type.Optional(nullable(Uuid)),
  split: Type.Optional(nullable(Type.Array(Type.Object({ categoryId: Uuid, share: Type.Integer({ minimum: 1, maximum: 9_999, description: 'In hundredths of a percent.' }) }), { minItems: 2, maxItems: 10, description: 'Shares that sum to 10000. Instead of categoryId.' }))),
  note: Type.Optional(nullable(text(500))),
  merchantId: Type.Optional(nullable(Uuid)),
})
export type RuleActions = Static<typeof RuleActions>
const ruleFields = {
  name: text(120), isActive: Type.Boolean(), match: oneOf(['all', 'any'], 'Whether every condition must hold, or one.'),
  conditions: Type.Array(RuleCondition, { minItems: 1, maxItems: 20 }), actions: RuleActions,
}
export const CategoryRule = Type.Object({ id: Uuid, ...ruleFields, position: Type.Integer(), version: Type.Integer(), lineCount: Type.Integer({ description: 'Lines whose category it decided.' }), updatedAt: Instant })
export type CategoryRule = Static<typeof CategoryRule>
export const CategoryRulePage = page(CategoryRule)
export const NewCategoryRule = Type.Object(ruleFields)
export type NewCategoryRule = Static<typeof NewCategoryRule>
export const CategoryRuleChange = Type.Object({ ...ruleFields, version: Type.Integer() })
export type CategoryRuleChange = Static<typeof CategoryRuleChange>
export const RuleOrder = Type.Object({ ids: Type.Array(Uuid, { maxItems: 500, description: 'Every rule once, the first to be asked first.' }) })
/** A rule as it could be, tried on the lines there are. Nothing is changed. */
export const RuleTrial = Type.Object({ rule: NewCategoryRule, ruleId: Type.Optional(Uuid), from: Type.Optional(Day), to: Type.Optional(Day) })
export type RuleTrial = Static<typeof RuleTrial>
export const RuleTrialResult = Type.Object({
  examined: Type.Integer(), matched: Type.Integer(),
  wouldChange: Type.Integer({ description: 'Lines that would have another category.' }),
  manual: Type.Integer({ description: 'Matched, but a person chose: left alone.' }),
  earlier: Type.Integer({ description: 'Matched, but a rule before this one decides.' }),
  locked: Type.Integer({ description: 'Matched, but in a locked period: left alone.' }),
  same: Type.Integer({ description: 'Matched, and already so.' }),
  isComplete: Type.Boolean({ description: 'False when there are more lines than one trial looks at: the latest ones were.' }),
  sample: Type.Array(Type.Object({ lineId: Uuid, bookedOn: Day, label: Type.String(), amount: Money, before: nullable(Type.String()), after: nullable(Type.String()) }), { description: 'The first 50 that would change, latest first.' }),
})
export type RuleTrialResult = Static<typeof RuleTrialResult>
export const RuleApply = Type.Object({ ruleIds: Type.Optional(Type.Array(Uuid, { maxItems: 500, description: 'Those rules only; all active ones when absent.' })), from: Type.Optional(Day), to: Type.Optional(Day) })
export type RuleApply = Static<typeof RuleApply>

export const CategorySettings = Type.Object({
  categoriseNewLines: Type.Boolean({ description: 'Lines that arrive are categorised at once, in the background. On at first.' }),
  postAutomatically: Type.Boolean({ description: 'The proposed entry of a line without invoice is accepted by itself from a confidence of 0.9. Off at first.' }),
})
export type CategorySettings = Static<typeof CategorySettings>
export const CategoryModel = Type.Object({
  version: Type.Integer(), examples: Type.Integer(), categories: Type.Integer(), memories: Type.Integer(), trainedAt: nullable(Instant),
  measure: nullable(Type.Object({
    heldOut: Type.Integer({ description: 'The latest examples, kept apart while learning.' }), accuracy: Type.Number(), memoryAccuracy: Type.Number({ description: 'What remembering labels alone gets on the same.' }),
    coverageAt98: Type.Number({ description: 'Share of them that can be decided with 98 % of right answers.' }), temperature: Type.Number(),
  })),
})
export type CategoryModel = Static<typeof CategoryModel>

/** Only what is given changes. Null takes the value away. */
export const TransactionPatch = Type.Object({ categoryId: Type.Optional(nullable(Uuid)), note: Type.Optional(nullable(Type.String({ maxLength: 500 }))), merchantId: Type.Optional(nullable(Uuid)) }, { minProperties: 1 })
export type TransactionPatch = Static<typeof TransactionPatch>
/** The line as it is now, and what undoes the change of its category; null when its category did not change. */
export const ChangedTransaction = Type.Object({ ...BankLine.properties, changeId: nullable(Uuid) })
export type ChangedTransaction = Static<typeof ChangedTransaction>
export const BulkChange = Type.Object({ ids: Type.Array(Uuid, { minItems: 1, maxItems: 500, uniqueItems: true }), set: TransactionPatch })
export type BulkChange = Static<typeof BulkChange>
export const BulkResult = Type.Object({ changeId: nullable(Uuid), changed: Type.Integer(), unchanged: Type.Integer() })
export type BulkResult = Static<typeof BulkResult>
export const SplitRequest = Type.Object({ parts: Type.Array(Type.Object({ categoryId: Uuid, amount: AmountText }), { minItems: 1, maxItems: 20, description: 'Signed as the line; they sum to it to the cent.' }) })
export type SplitRequest = Static<typeof SplitRequest>
export const UndoResult = Type.Object({ restored: Type.Integer(), kept: Type.Integer({ description: 'Changed again since: left as they are.' }) })
export type UndoResult = Static<typeof UndoResult>

export const ProposedEntry = Type.Object({
  lineId: Uuid,
  state: oneOf(['ready', 'no_category', 'posting', 'treated', 'needs_invoice'], 'needs_invoice: the category belongs to customers or suppliers, who are settled by their invoices.'),
  because: Type.String({ description: 'In the language of the request.' }),
  confidence: Confidence, source: nullable(Provenance), automatic: Type.Boolean({ description: 'Sure enough to be accepted by itself, if the company switched it on.' }),
  journal: Type.String(), date: Day,
  lines: Type.Array(Type.Object({ account: Type.String(), accountLabel: Type.String(), label: Type.String(), debit: AmountText, credit: AmountText })),
  parts: Type.Array(Type.Object({
    categoryId: Uuid, name: Type.String(), account: Type.String(), total: Money, net: Money, vat: Money, vatRate: VatRateKey, percent: nullable(Type.String({ description: 'What the rate is worth on the day of the line.' })), vatDeductible: Type.Integer(), vatAccount: nullable(Type.String()),
  })),
  rounding: Type.String({ description: 'How the TVA inside the amount was rounded: once, half up, the rest being the net.' }),
})
export type ProposedEntry = Static<typeof ProposedEntry>
export const ProposalChoice = Type.Object({
  categoryId: Type.Optional(Uuid), vatRate: Type.Optional(VatRateKey), vatDeductible: Type.Optional(categoryFields.vatDeductible), account: Type.Optional(Account),
}, { description: 'Nothing accepts it as shown; what is given replaces it, for a line that is not split.' })
export type ProposalChoice = Static<typeof ProposalChoice>
export const ProposalQuery = ProposalChoice

export const CategoryExportQuery = Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day), format: Type.Optional(oneOf(['csv', 'xlsx'])) })
export type CategoryExportQuery = Static<typeof CategoryExportQuery>
