import type { RoleChoice } from '../../../../contract/identity.ts'
import { permissionsOf, type Permission, type Role } from '../../../../core/access/permissions.ts'
import { problem } from '../../../../core/kernel/problem.ts'
import { allows, authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import { findRole } from './role-store.ts'
import type { NamedRole } from '../store.ts'

/** A role as it is given to someone: one of the six, or one the company made. With the latter, `role` is viewer and says nothing. */
export type GivenRole = { readonly role: Role; readonly customRole: NamedRole | null; readonly permissions: readonly Permission[] }

/** What a person may do by their role alone, before what a grant never gives. */
export function permissionsOfRole(of: { readonly role: Role; readonly permissions: readonly Permission[] | null }): readonly Permission[] {
  return of.permissions ?? permissionsOf(of.role)
}

/** How a role shows in the log: its name. */
export function roleName(of: { readonly role: Role; readonly customRole: NamedRole | null }): string {
  return of.customRole?.name ?? of.role
}

/** Nobody gives a right they lack, nor takes one from someone who has more than they. */
export function refuseBeyond(by: Context, permissions: readonly Permission[]): void {
  const lacking = permissions.find((permission) => !allows(by, permission))
  if (lacking !== undefined) throw new Refusal('ROLE_EXCEEDS_YOURS', { permission: lacking })
}

/** Only an owner names one. */
export function refuseUnlessOwner(by: Context): void {
  if (by.role !== 'owner') throw new Refusal('OWNER_ONLY')
}

/** The role a request asks for, checked against what the caller may give. Refuses two roles or none, OWNER_ONLY, ROLE_EXCEEDS_YOURS, NOT_FOUND. */
export async function chooseRole(app: App, ctx: Context, choice: RoleChoice): Promise<GivenRole> {
  authorize(ctx, 'member.manage')
  const { role, roleId } = choice
  if ((role === undefined) === (roleId === undefined)) {
    throw new Refusal('REQUEST_INVALID', {}, [problem('ROLE_CHOICE', { fr: 'Indiquez soit un rôle, soit l\'identifiant d\'un rôle de la société.', en: 'Give either a role or the id of a role of the company.' }, { field: 'role' })])
  }
  if (role !== undefined) {
    if (role === 'owner') refuseUnlessOwner(ctx)
    const given: GivenRole = { role, customRole: null, permissions: permissionsOf(role) }
    refuseBeyond(ctx, given.permissions)
    return given
  }
  const custom = await app.db.tenant(ctx, (tx) => findRole(tx, roleId ?? ''))
  if (!custom) throw new Refusal('NOT_FOUND')
  refuseBeyond(ctx, custom.permissions)
  return { role: 'viewer', customRole: { id: custom.id, name: custom.name }, permissions: custom.permissions }
}
