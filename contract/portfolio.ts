import { type Static, Type } from 'typebox'
import { CurrencyCode, Day, Instant, Money, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'
import { Role } from './identity.ts'

export const IntegrityState = oneOf(['sound', 'broken', 'unknown'], 'sound: ledger and audit chains were verified. unknown: not verified yet.')

/** One company of a firm. Figures are null until they are computed for the first time. */
export const PortfolioRow = Type.Object({
  companyId: Uuid, slug: Type.String(), name: Type.String(), colour: Type.String(), isDemo: Type.Boolean(), role: Role, currency: CurrencyCode,
  cash: nullable(Money),
  toTreat: nullable(Type.Integer({ description: 'Bank lines to treat.' })),
  toTreatSince: nullable(Day),
  overdue: nullable(Type.Object({ total: Money, invoices: Type.Integer() })),
  lastClosedPeriod: nullable(Day),
  drafts: nullable(Type.Object({ invoices: Type.Integer(), entries: Type.Integer() })),
  unposted: nullable(Type.Integer({ description: 'Bank lines whose entry is not made yet.' })),
  lastImportAt: nullable(Instant),
  integrity: IntegrityState,
  integrityAt: nullable(Instant),
  refreshedAt: nullable(Instant),
})
export type PortfolioRow = Static<typeof PortfolioRow>

/** Sums over every company the filter keeps, whatever the page. */
export const PortfolioTotals = Type.Object({
  companies: Type.Integer(),
  cash: Type.Array(Money, { description: 'One amount for each currency.' }),
  overdue: Type.Array(Money, { description: 'One amount for each currency.' }),
  toTreat: Type.Integer(), unposted: Type.Integer(), drafts: Type.Integer(), broken: Type.Integer(),
})
export const PortfolioPage = Type.Object({ ...page(PortfolioRow).properties, totals: PortfolioTotals })
export type PortfolioPage = Static<typeof PortfolioPage>

export const PortfolioSort = oneOf(['name', 'toTreat', 'overdue', 'cash', 'drafts', 'lastImport', 'lastClosedPeriod'])
export const PortfolioQuery = Type.Object({
  ...PageQuery,
  search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the name.' })),
  only: Type.Optional(oneOf(['toTreat', 'overdue', 'drafts', 'unposted', 'broken'], 'Companies where there is some.')),
  sort: Type.Optional(PortfolioSort),
  order: Type.Optional(oneOf(['asc', 'desc'])),
})
export type PortfolioQuery = Static<typeof PortfolioQuery>
