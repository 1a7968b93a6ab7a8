import { Type } from 'typebox'
import { Instant, Uuid } from '../../../../contract/common.ts'
import type { Assignment, Collaborator, FirmClient } from '../../../../contract/team.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../../platform/http/cursor.ts'
import { recordAudit } from '../../audit/index.ts'
import { accessesOf } from '../access.ts'
import { clearAssignment, listAssignments, listClients as loadClients, saveAssignment, type AssignmentRow } from './collaborator-store.ts'
import { loadCompany } from '../company/company-store.ts'
import { permissionsOfRole, refuseBeyond, refuseUnlessOwner } from './role-choice.ts'
import { listMembers as loadMembers, type MemberRow } from '../store.ts'

type PageOf<T> = { items: T[]; next: string | null }
type PageQuery = { readonly limit?: number; readonly cursor?: string }
const ByName = Type.Tuple([Type.String(), Uuid])
const ByAge = Type.Tuple([Instant, Uuid])
const CLIENTS_MAX = 2_000

async function refuseUnlessFirm(app: App, ctx: Context): Promise<void> {
  const company = await app.db.tenant(ctx, (tx) => loadCompany(tx))
  if (company?.kind !== 'firm') throw new Refusal('FIRM_ONLY')
}

/** The companies that gave the firm access and that the caller works for, in the order of their names. */
export async function listClients(app: App, ctx: Context, query: PageQuery): Promise<PageOf<FirmClient>> {
  authorize(ctx, 'company.read')
  await refuseUnlessFirm(app, ctx)
  const key = decodeCursor(query.cursor, ByName)
  const limit = query.limit ?? PAGE_LIMIT
  const open = ctx.userId === null ? [] : (await accessesOf(app, ctx.userId)).map((row) => row.tenantId)
  const rows = await app.db.system((tx) => loadClients(tx, ctx.tenantId, { after: key ? { name: key[0], id: key[1] } : null, limit: limit + 1, ids: open }))
  return pageOf(rows, limit, { item: (row) => row, key: (row) => [row.name, row.id] })
}

function present(member: MemberRow, limits: readonly AssignmentRow[]): Collaborator {
  const { userId, name, email, role, customRole } = member
  const clients = limits.flatMap((row) => (row.clientId === null || row.name === null ? [] : [{ id: row.clientId, name: row.name }]))
  return { userId, name, email, role, customRole, allClients: limits.length === 0, clients }
}

/** The people of the firm and the clients each works for. */
export async function listCollaborators(app: App, ctx: Context, query: PageQuery): Promise<PageOf<Collaborator>> {
  authorize(ctx, 'member.manage')
  await refuseUnlessFirm(app, ctx)
  const key = decodeCursor(query.cursor, ByAge)
  const limit = query.limit ?? PAGE_LIMIT
  return await app.db.system(async (tx) => {
    const rows = await loadMembers(tx, ctx.tenantId, { after: key ? { since: key[0], userId: key[1] } : null, limit: limit + 1 })
    const limits = Map.groupBy(await listAssignments(tx, ctx.tenantId, rows.map((row) => row.userId)), (row) => row.userId)
    return pageOf(rows, limit, { item: (row) => present(row, limits.get(row.userId) ?? []), key: (row) => [row.since, row.userId] })
  })
}

async function collaboratorOf(app: App, ctx: Context, userId: string): Promise<{ member: MemberRow; shown: Collaborator }> {
  return await app.db.system(async (tx) => {
    const [member] = await loadMembers(tx, ctx.tenantId, { userId })
    if (!member) throw new Refusal('NOT_FOUND')
    return { member, shown: present(member, await listAssignments(tx, ctx.tenantId, [userId])) }
  })
}

/** The clients chosen, each of which must have given the firm access. Refuses NOT_FOUND. */
async function chosenClients(app: App, ctx: Context, ids: readonly string[]): Promise<string[]> {
  const wanted = ids.map((id) => id.toLowerCase())
  const found = await app.db.system((tx) => loadClients(tx, ctx.tenantId, { after: null, limit: CLIENTS_MAX, ids: wanted }))
  if (found.length !== new Set(wanted).size) throw new Refusal('NOT_FOUND')
  return found.map((client) => client.id)
}

const trace = ({ allClients, clients }: Collaborator) => (allClients ? { allClients } : { allClients, clients: clients.map((client) => client.name) })

/** Says which clients a person of the firm works for: all of them, those that come later included, or some. It takes effect at once. */
export async function assignClients(app: App, ctx: Context, input: { readonly userId: string } & Assignment): Promise<Collaborator> {
  authorize(ctx, 'member.manage')
  const { member, shown: before } = await collaboratorOf(app, ctx, input.userId)
  await refuseUnlessFirm(app, ctx)
  if (member.role === 'owner') refuseUnlessOwner(ctx)
  refuseBeyond(ctx, permissionsOfRole(member))
  const ids = input.allClients ? [] : await chosenClients(app, ctx, input.clientIds ?? [])
  const after = await app.db.transaction(async () => {
    await app.db.tenant(ctx, (tx) => (input.allClients ? clearAssignment(tx, member.userId) : saveAssignment(tx, member.userId, ids)))
    const { shown } = await collaboratorOf(app, ctx, input.userId)
    await app.db.tenant(ctx, (tx) => recordAudit(tx, ctx, { action: 'collaborator.assign', subjectKind: 'user', subjectId: member.userId, before: trace(before), after: trace(shown) }))
    return shown
  })
  await app.auth.accessChanged()
  return after
}
