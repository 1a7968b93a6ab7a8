import type { CustomRole, NewRole, RoleList, RolePatch } from '../../../../contract/team.ts'
import { isPermission, PERMISSIONS, permissionsOf, ROLES, type Permission } from '../../../../core/access/permissions.ts'
import { problem } from '../../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { recordAudit } from '../../audit/index.ts'
import { refuseBeyond } from './role-choice.ts'
import { deleteRole as dropRole, findRole, insertRole, isNameTaken, listRoles as loadRoles, ROLES_MAX, updateRole as writeRole, type RoleRow } from './role-store.ts'

function present(row: RoleRow): CustomRole {
  return { ...row, permissions: [...row.permissions] }
}

/** Known permissions in the order of the list, each once. Refuses PERMISSION_UNKNOWN. */
function known(permissions: readonly string[]): Permission[] {
  const unknown = permissions.find((permission) => !isPermission(permission))
  if (unknown !== undefined) throw new Refusal('PERMISSION_UNKNOWN', { permission: unknown })
  return PERMISSIONS.filter((permission) => permissions.includes(permission))
}

function nameOf(text: string): string {
  const name = text.trim()
  if (name === '') throw new Refusal('REQUEST_INVALID', {}, [problem('FIELD_MIN_LENGTH', { fr: 'Ce champ ne peut pas être vide.', en: 'This field cannot be empty.' }, { field: 'name' })])
  if ((ROLES as readonly string[]).includes(name.toLowerCase())) throw new Refusal('ROLE_NAME_TAKEN', { name })
  return name
}

/** Every permission, the six roles with theirs, and the roles the company made. */
export async function listRoles(app: App, ctx: Context): Promise<RoleList> {
  authorize(ctx, 'company.read')
  const rows = await app.db.tenant(ctx, loadRoles)
  return { permissions: [...PERMISSIONS], builtIn: ROLES.map((role) => ({ role, permissions: [...permissionsOf(role)] })), items: rows.map(present) }
}

/** One role the company made. */
export async function readRole(app: App, ctx: Context, id: string): Promise<CustomRole> {
  authorize(ctx, 'company.read')
  const row = await app.db.tenant(ctx, (tx) => findRole(tx, id))
  if (!row) throw new Refusal('NOT_FOUND')
  return present(row)
}

/** Makes a role. It gives nothing its maker lacks. */
export async function createRole(app: App, ctx: Context, input: NewRole): Promise<CustomRole> {
  authorize(ctx, 'member.manage')
  const role = { id: uuidv7(), name: nameOf(input.name), permissions: known(input.permissions) }
  refuseBeyond(ctx, role.permissions)
  await app.db.tenant(ctx, async (tx) => {
    if ((await loadRoles(tx)).length >= ROLES_MAX) throw new Refusal('ROLES_TOO_MANY', { limit: String(ROLES_MAX) })
    if (!await insertRole(tx, role)) throw new Refusal('ROLE_NAME_TAKEN', { name: role.name })
    await recordAudit(tx, ctx, { action: 'role.create', subjectKind: 'role', subjectId: role.id, before: null, after: { name: role.name, permissions: role.permissions } })
  })
  return { ...role, members: 0, version: 1 }
}

/** Renames a role or changes what it gives, for those who carry it too. */
export async function changeRole(app: App, ctx: Context, input: { readonly id: string; readonly patch: RolePatch }): Promise<CustomRole> {
  authorize(ctx, 'member.manage')
  const changed = await app.db.tenant(ctx, async (tx) => {
    const before = await findRole(tx, input.id, { lock: true })
    if (!before) throw new Refusal('NOT_FOUND')
    const after = {
      id: before.id, name: input.patch.name === undefined ? before.name : nameOf(input.patch.name),
      permissions: input.patch.permissions === undefined ? before.permissions : known(input.patch.permissions),
    }
    refuseBeyond(ctx, [...before.permissions, ...after.permissions])
    if (after.name === before.name && after.permissions.join() === before.permissions.join()) return before
    if (await isNameTaken(tx, after.name, after.id)) throw new Refusal('ROLE_NAME_TAKEN', { name: after.name })
    await writeRole(tx, after)
    await recordAudit(tx, ctx, { action: 'role.change', subjectKind: 'role', subjectId: before.id, before: { name: before.name, permissions: before.permissions }, after: { name: after.name, permissions: after.permissions } })
    return { ...after, members: before.members, version: before.version + 1 }
  })
  await app.auth.accessChanged()
  return present(changed)
}

/** Removes a role that nobody carries. */
export async function deleteRole(app: App, ctx: Context, id: string): Promise<void> {
  authorize(ctx, 'member.manage')
  await app.db.tenant(ctx, async (tx) => {
    const role = await findRole(tx, id, { lock: true })
    if (!role) throw new Refusal('NOT_FOUND')
    refuseBeyond(ctx, role.permissions)
    if (role.members > 0) throw new Refusal('ROLE_IN_USE', { name: role.name, count: String(role.members) })
    await dropRole(tx, id)
    await recordAudit(tx, ctx, { action: 'role.delete', subjectKind: 'role', subjectId: id, before: { name: role.name, permissions: role.permissions }, after: null })
  })
}
