import { type Static, Type } from 'typebox'
import { Money, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'

const customerFields = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  siren: nullable(Type.String({ pattern: '^\\d{9}$' })),
  vatNumber: nullable(Type.String({ maxLength: 20 })),
  email: nullable(Type.String({ format: 'email', maxLength: 254 })),
  iban: nullable(Type.String({ maxLength: 42 })),
  address: nullable(Type.String({ maxLength: 300 })),
  postalCode: nullable(Type.String({ maxLength: 20 })),
  city: nullable(Type.String({ maxLength: 120 })),
  country: Type.String({ pattern: '^[A-Z]{2}$' }),
  paymentDays: Type.Integer({ minimum: 0, maximum: 120 }),
  language: oneOf(['fr', 'en']),
}

export const Customer = Type.Object({
  id: Uuid, code: Type.String({ description: 'The auxiliary code under 411.' }), version: Type.Integer(), ...customerFields,
  open: Money, overdue: Money,
})
export type Customer = Static<typeof Customer>
export const CustomerPage = page(Customer)
export const CustomerQuery = Type.Object({ ...PageQuery, search: Type.Optional(Type.String({ maxLength: 100 })) })
export type CustomerQuery = Static<typeof CustomerQuery>
export const NewCustomer = Type.Object({ ...Type.Partial(Type.Object(customerFields)).properties, name: customerFields.name, code: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })) })
export type NewCustomer = Static<typeof NewCustomer>
export const CustomerPatch = Type.Partial(Type.Object(customerFields))
export type CustomerPatch = Static<typeof CustomerPatch>
