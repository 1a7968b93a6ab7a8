import { may, MEMBERS_ONLY, type Permission, type Role } from '../../../core/access/permissions.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import type { TenantId, UserId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { Locale } from '../../../core/kernel/problem.ts'
import { Refusal } from './refusal.ts'

/** Who acts, in which company, in which language, on which day. Every use-case receives one. */
export type Context = {
  readonly tenantId: TenantId
  /** Null for the product's own jobs. */
  readonly userId: UserId | null
  /** The name the audit log shows. */
  readonly actor: string
  readonly role: Role
  readonly locale: Locale
  /** Today in the company's time zone. */
  readonly today: LocalDate
  readonly currency: Currency
  /** Network address of the request; null for jobs. */
  readonly address: string | null
  /** The access comes from a grant to an accounting firm, which the company can take back. */
  readonly viaFirm?: boolean
  /** What a role of the company's own making, or an API key, gives instead of what `role` would; absent for the six roles. */
  readonly permissions?: readonly Permission[]
  /** The API key the request came with; absent for a person and for jobs. */
  readonly keyId?: string
}

/** Whether this access gives a permission. */
export function allows(access: Pick<Context, 'role' | 'viaFirm' | 'permissions'>, permission: Permission): boolean {
  const given = access.permissions ? access.permissions.includes(permission) : may(access.role, permission)
  return given && !(access.viaFirm && MEMBERS_ONLY.includes(permission))
}

/** The first line of every use-case: refuses when the role lacks the permission. */
export function authorize(ctx: Context, permission: Permission): void {
  if (!allows(ctx, permission)) throw new Refusal('PERMISSION_MISSING', { permission })
}
