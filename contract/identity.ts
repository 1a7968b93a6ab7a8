import { type Static, Type } from 'typebox'
import { CurrencyCode, Day, Instant, nullable, oneOf, Uuid } from './common.ts'

export const ROLES = ['owner', 'admin', 'accountant', 'assistant', 'viewer', 'auditor'] as const
export const Role = oneOf(ROLES)
export const CompanyKind = oneOf(['company', 'firm'])

/** A role the company made itself, by its name. */
export const RoleName = Type.Object({ id: Uuid, name: Type.String() })
export type RoleName = Static<typeof RoleName>
/** Exactly one of the two. */
export const RoleChoice = Type.Object({ role: Type.Optional(Role), roleId: Type.Optional(Uuid) }, { description: 'One of the six roles, or the id of a role the company made.' })
export type RoleChoice = Static<typeof RoleChoice>

const Email = Type.String({ format: 'email', maxLength: 254, examples: ['claire@example.org'] })
const Password = Type.String({ minLength: 10, maxLength: 200 })

export const SignUp = Type.Object({ name: Type.String({ minLength: 1, maxLength: 120 }), email: Email, password: Password })
export const Login = Type.Object({ email: Email, password: Type.String({ minLength: 1, maxLength: 200 }) })

/** A company the signed-in person can open, as a member or through a firm's grant. */
export const CompanyAccess = Type.Object({
  id: Uuid,
  slug: Type.String(),
  name: Type.String(),
  kind: CompanyKind,
  role: Role,
  customRole: nullable(RoleName),
  permissions: Type.Array(Type.String(), { description: 'What this person may do there, as resource.verb.' }),
  via: oneOf(['member', 'firm']),
  firm: nullable(Type.Object({ id: Uuid, name: Type.String() })),
  currency: CurrencyCode,
  colour: Type.String(),
  isDemo: Type.Boolean(),
})
export type CompanyAccess = Static<typeof CompanyAccess>

export const Me = Type.Object({
  user: Type.Object({ id: Uuid, name: Type.String(), email: Type.String() }),
  companies: Type.Array(CompanyAccess),
})
export type Me = Static<typeof Me>

const companyFields = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  siren: nullable(Type.String({ pattern: '^\\d{9}$', description: 'Nine digits; its Luhn key is checked.' })),
  vatNumber: nullable(Type.String({ maxLength: 20 })),
  address: nullable(Type.String({ maxLength: 300 })),
  postalCode: nullable(Type.String({ maxLength: 20 })),
  city: nullable(Type.String({ maxLength: 120 })),
  country: Type.String({ pattern: '^[A-Z]{2}$' }),
  timeZone: Type.String({ maxLength: 60, examples: ['Europe/Paris'] }),
  locale: oneOf(['fr', 'en']),
  vatDueOn: oneOf(['receipts', 'debits'], 'When TVA on services becomes due: when paid, or when invoiced.'),
  colour: Type.String({ pattern: '^#[0-9A-F]{6}$' }),
}

export const NewCompany = Type.Object({
  name: companyFields.name,
  kind: CompanyKind,
  currency: Type.Optional(CurrencyCode),
  country: Type.Optional(companyFields.country),
  siren: Type.Optional(companyFields.siren),
  vatDueOn: Type.Optional(companyFields.vatDueOn),
  timeZone: Type.Optional(companyFields.timeZone),
  firstYear: Type.Optional(Type.Object({ startsOn: Day, endsOn: Day }, { description: 'The first fiscal year; the calendar year of today when absent.' })),
})
export type NewCompany = Static<typeof NewCompany>

export const Company = Type.Object({ id: Uuid, slug: Type.String(), kind: CompanyKind, currency: CurrencyCode, isDemo: Type.Boolean(), version: Type.Integer(), ...companyFields })
export type Company = Static<typeof Company>
export const CompanyPatch = Type.Partial(Type.Object({ ...companyFields }))
export type CompanyPatch = Static<typeof CompanyPatch>

export const Member = Type.Object({ userId: Uuid, name: Type.String(), email: Type.String(), role: Role, customRole: nullable(RoleName), since: Instant })
export type Member = Static<typeof Member>
export const NewMember = Type.Object({ email: Email, ...RoleChoice.properties })
export type NewMember = Static<typeof NewMember>
export const MemberPatch = RoleChoice

/** The access a company gives to an accounting firm. */
export const Grant = Type.Object({ id: Uuid, firm: Type.Object({ id: Uuid, name: Type.String(), slug: Type.String() }), role: Role, grantedAt: Instant, revokedAt: nullable(Instant) })
export type Grant = Static<typeof Grant>
export const NewGrant = Type.Object({ firmSlug: Type.String({ minLength: 1, maxLength: 120 }), role: oneOf(['admin', 'accountant', 'assistant', 'viewer', 'auditor']) })

export const Session = Type.Object({ user: Me.properties.user })

/** What the first page must know of this installation before anyone signs in. */
export const Instance = Type.Object({
  version: Type.String(),
  engine: oneOf(['embedded', 'postgres']),
  hasUsers: Type.Boolean({ description: 'False on a new installation: the first page then offers to create an account.' }),
  demo: nullable(Type.Object({ email: Type.String(), password: Type.String() }, { description: 'The sign-in of the demonstration, when its companies are here.' })),
  backupFolder: nullable(Type.String({ description: 'The last part of the data folder to back up; null on a PostgreSQL server.' })),
})
export type Instance = Static<typeof Instance>

export const MemberParams = Type.Object({ userId: Uuid })
export const MemberList = Type.Object({ items: Type.Array(Member) })
export const GrantList = Type.Object({ items: Type.Array(Grant) })
