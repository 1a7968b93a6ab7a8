import { Type } from 'typebox'
import { IdParams } from '../../../../contract/common.ts'
import { MemberParams } from '../../../../contract/identity.ts'
import {
  AcceptedInvitation, ApiKeyPage, ApiKeyQuery, Assignment, Collaborator, CollaboratorPage, CollaboratorQuery, CreatedApiKey, CustomRole, FirmClientPage, FirmClientQuery,
  Invitation, InvitationPage, InvitationPreview, InvitationQuery, InvitationToken, JoinByInvitation, JoinedByInvitation, NewApiKey, NewInvitation, NewRole, RoleList, RolePatch,
} from '../../../../contract/team.ts'
import type { ModuleRoutes } from '../../../platform/http/routes.ts'
import { acceptInvitation, joinByInvitation, previewInvitation } from './accept-invitation.ts'
import { createKey, listKeys, revokeKey } from '../keys/api-keys.ts'
import { assignClients, listClients, listCollaborators } from './collaborators.ts'
import { invite, listInvitations, resendInvitation, revokeInvitation } from './invitations.ts'
import { changeRole, createRole, deleteRole, listRoles, readRole } from './roles.ts'

const tags = ['Team']
const Removed = Type.Null({ description: 'Removed.' })

const keyRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/keys', {
    schema: { operationId: 'listApiKeys', tags, summary: 'List the API keys', description: 'The keys of the company, in service and revoked, latest first. Permission: key.manage.', querystring: ApiKeyQuery, response: { 200: ApiKeyPage } },
  }, async (request) => listKeys(app, await request.context(), request.query))

  http.post('/api/keys', {
    schema: { operationId: 'createApiKey', tags, summary: 'Make an API key', description: 'Answers the key, this once. Send it as `Authorization: Bearer qt_…`. It does what its scopes say in this company, and never more than you may do on the day. Permission: key.manage; a key makes no key.', body: NewApiKey, response: { 201: CreatedApiKey } },
  }, async (request, reply) => reply.code(201).send(await createKey(app, await request.context(), request.body)))

  http.delete('/api/keys/:id', {
    schema: { operationId: 'revokeApiKey', tags, summary: 'Revoke an API key', description: 'Ends the key at once. It stays in the list as revoked. Permission: key.manage.', params: IdParams, response: { 204: Removed } },
  }, async (request, reply) => {
    await revokeKey(app, await request.context(), request.params.id)
    return reply.code(204).send(null)
  })
}

const invitationRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/invitations', {
    schema: { operationId: 'listInvitations', tags, summary: 'List the invitations', description: 'Who was invited, latest first, and what became of it. Permission: member.manage.', querystring: InvitationQuery, response: { 200: InvitationPage } },
  }, async (request) => listInvitations(app, await request.context(), request.query))

  http.post('/api/invitations', {
    schema: { operationId: 'createInvitation', tags, summary: 'Invite someone', description: 'Sends a link by e-mail, good for seven days and for one use. The answer is the same whether the person has an account or not. Permission: member.manage.', body: NewInvitation, response: { 201: Invitation } },
  }, async (request, reply) => reply.code(201).send(await invite(app, await request.context(), request.body)))

  http.post('/api/invitations/:id/resend', {
    schema: { operationId: 'resendInvitation', tags, summary: 'Send an invitation again', description: 'Sends a new link, good for seven days; the link sent before no longer works. Once a minute at most. Permission: member.manage.', params: IdParams, response: { 200: Invitation } },
  }, async (request) => resendInvitation(app, await request.context(), request.params.id))

  http.post('/api/invitations/:id/revoke', {
    schema: { operationId: 'revokeInvitation', tags, summary: 'Withdraw an invitation', description: 'Its link no longer works. Permission: member.manage.', params: IdParams, response: { 200: Invitation } },
  }, async (request) => revokeInvitation(app, await request.context(), request.params.id))
}

/** What the guest calls. Nobody names a company here: the token does. */
const guestRoutes: ModuleRoutes = (http, app) => {
  http.post('/api/invitations/preview', {
    config: { access: 'public' },
    schema: { operationId: 'previewInvitation', tags, summary: 'Read an invitation', description: 'What the link of an invitation says before anyone accepts.', body: InvitationToken, response: { 200: InvitationPreview } },
  }, async (request) => previewInvitation(app, request.body.token))

  http.post('/api/invitations/accept', {
    config: { access: 'person' },
    schema: { operationId: 'acceptInvitation', tags, summary: 'Accept an invitation', description: 'Makes you a member of the company. The link serves once, and only the person it is addressed to.', body: InvitationToken, response: { 200: AcceptedInvitation } },
  }, async (request) => ({ company: await acceptInvitation(app, { person: await request.user(), address: request.ip }, request.body.token) }))

  http.post('/api/invitations/join', {
    config: { access: 'public', once: false },
    schema: { operationId: 'joinByInvitation', tags, summary: 'Sign up and accept an invitation', description: 'Makes an account for the address of the invitation, signs in (the answer sets the session cookie) and accepts. Sent again, it is refused with EMAIL_TAKEN: sign in and accept.', body: JoinByInvitation, response: { 201: JoinedByInvitation } },
  }, async (request, reply) => {
    const { person, cookies, company } = await joinByInvitation(app, request.body, { address: request.ip, userAgent: request.headers['user-agent'], cookie: request.headers.cookie })
    return reply.code(201).header('set-cookie', [...cookies]).send({ user: person, company })
  })
}

const roleRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/roles', {
    schema: { operationId: 'listRoles', tags, summary: 'List the roles', description: 'Every permission there is, the six roles with theirs, and the roles the company made. Permission: company.read.', response: { 200: RoleList } },
  }, async (request) => listRoles(app, await request.context()))

  http.post('/api/roles', {
    schema: { operationId: 'createRole', tags, summary: 'Make a role', description: 'A name and the permissions it gives. You give none you lack. Permission: member.manage.', body: NewRole, response: { 201: CustomRole } },
  }, async (request, reply) => reply.code(201).send(await createRole(app, await request.context(), request.body)))

  http.get('/api/roles/:id', {
    schema: { operationId: 'readRole', tags, summary: 'Read a role', description: 'One role the company made. Permission: company.read.', params: IdParams, response: { 200: CustomRole } },
  }, async (request) => readRole(app, await request.context(), request.params.id))

  http.patch('/api/roles/:id', {
    schema: { operationId: 'updateRole', tags, summary: 'Change a role', description: 'Changes the fields given, at once for everyone who carries the role. Permission: member.manage.', params: IdParams, body: RolePatch, response: { 200: CustomRole } },
  }, async (request) => changeRole(app, await request.context(), { id: request.params.id, patch: request.body }))

  http.delete('/api/roles/:id', {
    schema: { operationId: 'deleteRole', tags, summary: 'Remove a role', description: 'Refused while someone carries it. Permission: member.manage.', params: IdParams, response: { 204: Removed } },
  }, async (request, reply) => {
    await deleteRole(app, await request.context(), request.params.id)
    return reply.code(204).send(null)
  })
}

const firmRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/clients', {
    schema: { operationId: 'listFirmClients', tags, summary: 'List the clients of the firm', description: 'The companies that gave the firm access and that you work for. Permission: company.read.', querystring: FirmClientQuery, response: { 200: FirmClientPage } },
  }, async (request) => listClients(app, await request.context(), request.query))

  http.get('/api/collaborators', {
    schema: { operationId: 'listCollaborators', tags, summary: 'List the people of the firm', description: 'The people of the firm and the clients each works for. Permission: member.manage.', querystring: CollaboratorQuery, response: { 200: CollaboratorPage } },
  }, async (request) => listCollaborators(app, await request.context(), request.query))

  http.put('/api/collaborators/:userId/clients', {
    schema: { operationId: 'assignClients', tags, summary: 'Choose the clients of a person', description: 'All clients, those that come later included, or only those named. It takes effect at once. Permission: member.manage.', params: MemberParams, body: Assignment, response: { 200: Collaborator } },
  }, async (request) => assignClients(app, await request.context(), { ...request.params, ...request.body }))
}

export const teamRoutes: ModuleRoutes = (http, app) => {
  for (const routes of [keyRoutes, invitationRoutes, guestRoutes, roleRoutes, firmRoutes]) routes(http, app)
}
