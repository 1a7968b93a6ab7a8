import { type Static, Type } from 'typebox'
import { Instant, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'
import { CompanyAccess, CompanyKind, Role, RoleChoice, RoleName, Session } from './identity.ts'

const PermissionName = Type.String({ maxLength: 60, examples: ['invoice.issue'] })
const Person = Type.Object({ id: Uuid, name: Type.String() })

// API keys

export const API_KEY_PREFIX = 'qt_'
export const ApiKey = Type.Object({
  id: Uuid,
  name: Type.String(),
  start: Type.String({ description: 'The first characters of the key, to recognise it.', examples: ['qt_Zm9vYm'] }),
  scopes: Type.Array(PermissionName, { description: 'What the key may do at most. It never does more than the person who made it may do today.' }),
  createdBy: nullable(Person),
  createdAt: Instant,
  expiresAt: nullable(Instant),
  lastUsedAt: nullable(Instant),
  lastUsedAddress: nullable(Type.String()),
  revokedAt: nullable(Instant),
  state: oneOf(['active', 'expired', 'revoked', 'suspended'], '`suspended`: the person who made it has lost access to the company, or every permission of the key.'),
})
export type ApiKey = Static<typeof ApiKey>
export const ApiKeyPage = page(ApiKey)
export const ApiKeyQuery = Type.Object({ ...PageQuery })
export const NewApiKey = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 80 }),
  scopes: Type.Array(PermissionName, { minItems: 1, maxItems: 100 }),
  expiresAt: Type.Optional(nullable(Instant)),
})
export type NewApiKey = Static<typeof NewApiKey>
export const CreatedApiKey = Type.Object({ ...ApiKey.properties, key: Type.String({ description: 'The key itself, shown this once and never again.' }) })
export type CreatedApiKey = Static<typeof CreatedApiKey>

// Invitations

export const INVITATION_DAYS = 7
/** The page of the link in the e-mail; its token follows a `#`, which no server and no log sees. */
export const INVITATION_PATH = '/invitation'
export const Invitation = Type.Object({
  id: Uuid,
  email: Type.String(),
  role: Role,
  customRole: nullable(RoleName),
  state: oneOf(['pending', 'accepted', 'revoked', 'expired']),
  invitedBy: nullable(Person),
  createdAt: Instant,
  sentAt: Instant,
  expiresAt: Instant,
  acceptedAt: nullable(Instant),
})
export type Invitation = Static<typeof Invitation>
export const InvitationPage = page(Invitation)
export const InvitationQuery = Type.Object({ ...PageQuery, state: Type.Optional(oneOf(['pending', 'accepted', 'revoked', 'expired'])) })
export type InvitationQuery = Static<typeof InvitationQuery>
const Email = Type.String({ format: 'email', maxLength: 254, examples: ['claire@example.org'] })
export const NewInvitation = Type.Object({ email: Email, ...RoleChoice.properties })
export type NewInvitation = Static<typeof NewInvitation>

const Token = Type.String({ minLength: 1, maxLength: 200 })
export const InvitationToken = Type.Object({ token: Token })
/** What the page of the link shows before anyone accepts. Only the link tells it. */
export const InvitationPreview = Type.Object({
  company: Type.Object({ name: Type.String(), kind: CompanyKind }),
  email: Type.String(),
  role: Role,
  customRole: nullable(RoleName),
  invitedBy: nullable(Type.String()),
  expiresAt: Instant,
  hasAccount: Type.Boolean({ description: 'True: sign in with this address, then accept. False: join with a name and a password.' }),
})
export type InvitationPreview = Static<typeof InvitationPreview>
export const JoinByInvitation = Type.Object({ token: Token, name: Type.String({ minLength: 1, maxLength: 120 }), password: Type.String({ minLength: 10, maxLength: 200 }) })
export const AcceptedInvitation = Type.Object({ company: CompanyAccess })
export type AcceptedInvitation = Static<typeof AcceptedInvitation>
export const JoinedByInvitation = Type.Object({ ...Session.properties, company: CompanyAccess })

// Roles

export const BuiltInRole = Type.Object({ role: Role, permissions: Type.Array(PermissionName) })
export const CustomRole = Type.Object({
  id: Uuid,
  name: Type.String(),
  permissions: Type.Array(PermissionName),
  members: Type.Integer({ description: 'People and pending invitations that carry it.' }),
  version: Type.Integer(),
})
export type CustomRole = Static<typeof CustomRole>
export const RoleList = Type.Object({
  permissions: Type.Array(PermissionName, { description: 'Every permission there is, in order.' }),
  builtIn: Type.Array(BuiltInRole),
  items: Type.Array(CustomRole),
})
export type RoleList = Static<typeof RoleList>
const roleFields = { name: Type.String({ minLength: 1, maxLength: 60 }), permissions: Type.Array(PermissionName, { minItems: 1, maxItems: 200 }) }
export const NewRole = Type.Object(roleFields)
export type NewRole = Static<typeof NewRole>
export const RolePatch = Type.Partial(Type.Object(roleFields))
export type RolePatch = Static<typeof RolePatch>

// Firms: who works for which client

export const FirmClient = Type.Object({ id: Uuid, slug: Type.String(), name: Type.String(), role: Role, grantedAt: Instant })
export type FirmClient = Static<typeof FirmClient>
export const FirmClientPage = page(FirmClient)
export const FirmClientQuery = Type.Object({ ...PageQuery })
export const Collaborator = Type.Object({
  userId: Uuid,
  name: Type.String(),
  email: Type.String(),
  role: Role,
  customRole: nullable(RoleName),
  allClients: Type.Boolean({ description: 'False: only the clients listed.' }),
  clients: Type.Array(Type.Object({ id: Uuid, name: Type.String() })),
})
export type Collaborator = Static<typeof Collaborator>
export const CollaboratorPage = page(Collaborator)
export const CollaboratorQuery = Type.Object({ ...PageQuery })
export const Assignment = Type.Object({
  allClients: Type.Boolean(),
  clientIds: Type.Optional(Type.Array(Uuid, { maxItems: 2000, uniqueItems: true, description: 'The clients this person works for; read only when `allClients` is false.' })),
})
export type Assignment = Static<typeof Assignment>

// The same people and companies under the addresses programs expect

export const User = Type.Object({ id: Uuid, name: Type.String(), email: Type.String(), role: Role, customRole: nullable(RoleName), since: Instant })
export type User = Static<typeof User>
export const UserPage = page(User)
export const UserQuery = Type.Object({ ...PageQuery })
export const UserPatch = RoleChoice

export const OrganizationQuery = Type.Object({ archived: Type.Optional(Type.Boolean({ default: false, description: 'The archived companies you own, instead of those you can open.' })) })
export const ArchivedOrganization = Type.Object({ id: Uuid, slug: Type.String(), name: Type.String(), kind: CompanyKind, archivedAt: Instant })
export type ArchivedOrganization = Static<typeof ArchivedOrganization>
export const OrganizationList = Type.Object({ items: Type.Array(CompanyAccess), archived: Type.Array(ArchivedOrganization) })
export type OrganizationList = Static<typeof OrganizationList>
