/** Branded identifiers: a customer's id cannot be passed where an invoice's is expected. All are uuid v7 made by the application. */
type Id<Name extends string> = string & { readonly __id: Name }

export type TenantId = Id<'tenant'>
export type UserId = Id<'user'>
export type EntryId = Id<'entry'>
export type FiscalYearId = Id<'fiscal-year'>
export type CustomerId = Id<'customer'>
export type InvoiceId = Id<'invoice'>
export type BankAccountId = Id<'bank-account'>
export type BankLineId = Id<'bank-line'>
export type ImportId = Id<'import'>
export type MatchId = Id<'match'>

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for a uuid in lower-case canonical form. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}
