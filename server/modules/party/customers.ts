import type { CustomerPatch, CustomerQuery, NewCustomer } from '../../../contract/party.ts'
import { parseIban } from '../../../core/bank/account-name.ts'
import { isSiren } from '../../../core/party/siren.ts'
import type { CustomerId } from '../../../core/kernel/id.ts'
import type { App } from '../../platform/app.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { codeExists, type Customer, type CustomerFields, customersByExternalId, type CustomerWithDebt, findCustomer, insertCustomers, listCustomers, takeCodes, takenCodes, updateCustomer } from './store.ts'

const DEFAULTS: Omit<CustomerFields, 'name'> = {
  siren: null, vatNumber: null, email: null, iban: null, address: null, postalCode: null, city: null, country: 'FR', paymentDays: 30, language: 'fr',
}

/** One page of customers by name, with what each owes. `after` is the last row of the page before. */
export async function browseCustomers(app: App, ctx: Context, query: Omit<CustomerQuery, 'cursor' | 'limit'> & { after: { name: string; id: string } | null; limit: number }): Promise<CustomerWithDebt[]> {
  authorize(ctx, 'customer.read')
  return app.db.tenant(ctx, (tx) => listCustomers(tx, { today: ctx.today, search: query.search?.trim() || null, after: query.after, limit: query.limit }))
}

/** One customer. Refuses NOT_FOUND. */
export async function readCustomer(app: App, ctx: Context, id: string): Promise<CustomerWithDebt> {
  authorize(ctx, 'customer.read')
  return app.db.tenant(ctx, (tx) => load(tx, ctx, id))
}

/** Adds a customer; its code is the next free one unless given. Refuses SIREN_INVALID, IBAN_INVALID, CUSTOMER_CODE_TAKEN. */
export async function createCustomer(app: App, ctx: Context, input: NewCustomer): Promise<CustomerWithDebt> {
  authorize(ctx, 'customer.write')
  const { code, ...given } = input
  const fields = normalise({ ...DEFAULTS, ...given })
  return app.db.tenant(ctx, async (tx) => {
    if (code !== undefined && await codeExists(tx, code)) throw new Refusal('CUSTOMER_CODE_TAKEN', { code })
    const customer = { ...fields, id: uuidv7() as CustomerId, code: code ?? (await nextCodes(tx, 1))[0]!, externalId: null }
    await insertCustomers(tx, [customer])
    await recordAudit(tx, ctx, { action: 'customer.create', subjectKind: 'customer', subjectId: customer.id, before: null, after: customer })
    return load(tx, ctx, customer.id)
  })
}

/** Changes some fields of a customer. Issued invoices keep what they said. Refuses NOT_FOUND, SIREN_INVALID, IBAN_INVALID. */
export async function changeCustomer(app: App, ctx: Context, change: { id: string; patch: CustomerPatch }): Promise<CustomerWithDebt> {
  authorize(ctx, 'customer.write')
  return app.db.tenant(ctx, async (tx) => {
    const { open: _open, overdue: _overdue, ...before } = await load(tx, ctx, change.id)
    const after: Customer = { ...before, ...normalise({ ...before, ...change.patch }) }
    await updateCustomer(tx, after)
    await recordAudit(tx, ctx, { action: 'customer.update', subjectKind: 'customer', subjectId: change.id, before, after })
    return load(tx, ctx, change.id)
  })
}

/** What an import knows of a customer: its identifier in the other tool, sometimes more. */
export type ImportedParty = { readonly externalId: string; readonly name: string | null; readonly siren: string | null; readonly iban: string | null }

/** Finds the customers of another tool by their identifier there and adds those that are missing. Answers all, by that identifier, and how many are new. */
export async function ensureCustomers(tx: TenantTx, ctx: Context, parties: readonly ImportedParty[]): Promise<{ byExternalId: Map<string, Customer>; created: number }> {
  const wanted = new Map(parties.map((party) => [party.externalId, party]))
  const known = new Map((await customersByExternalId(tx, [...wanted.keys()])).map((customer) => [customer.externalId!, customer]))
  const missing = [...wanted.values()].filter((party) => !known.has(party.externalId))
  if (missing.length === 0) return { byExternalId: known, created: 0 }
  const codes = await nextCodes(tx, missing.length)
  const added = missing.map((party, index): Customer => ({
    ...DEFAULTS, id: uuidv7() as CustomerId, code: codes[index]!, externalId: party.externalId, version: 1,
    name: party.name ?? `Client ${party.externalId}`,
    siren: party.siren !== null && isSiren(party.siren) ? party.siren : null,
    iban: party.iban === null ? null : parseIban(party.iban) ?? null,
  }))
  await insertCustomers(tx, added)
  await recordAudit(tx, ctx, { action: 'customer.import', subjectKind: 'customer', subjectId: added[0]!.id, before: null, after: { count: added.length, codes: added.map((customer) => customer.code) } })
  for (const customer of added) known.set(customer.externalId!, customer)
  return { byExternalId: known, created: added.length }
}

function customerCode(rank: number): string {
  return `C${String(rank).padStart(5, '0')}`
}

/** The next codes nobody typed by hand before. */
async function nextCodes(tx: TenantTx, count: number): Promise<string[]> {
  const codes: string[] = []
  while (codes.length < count) {
    const wanted = count - codes.length
    const first = await takeCodes(tx, wanted)
    const drawn = Array.from({ length: wanted }, (_, index) => customerCode(first + index))
    const taken = await takenCodes(tx, drawn)
    codes.push(...drawn.filter((code) => !taken.has(code)))
  }
  return codes
}

async function load(tx: TenantTx, ctx: Context, id: string): Promise<CustomerWithDebt> {
  const customer = await findCustomer(tx, id, ctx.today)
  if (!customer) throw new Refusal('NOT_FOUND')
  return customer
}

function normalise(fields: CustomerFields): CustomerFields {
  if (fields.siren !== null && !isSiren(fields.siren)) throw new Refusal('SIREN_INVALID', { siren: fields.siren })
  const iban = fields.iban === null ? null : parseIban(fields.iban)
  if (iban === undefined) throw new Refusal('IBAN_INVALID', { iban: fields.iban ?? '' })
  return { ...fields, iban }
}
