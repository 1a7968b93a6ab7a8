import { may, type Permission, type Role } from '../../../core/access/permissions.ts'
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
}

/** What a grant never gives, whatever its role: a firm could otherwise make itself a member and outlive its revocation. */
const MEMBERS_ONLY: readonly Permission[] = ['member.manage', 'grant.manage']

/** Whether this access gives a permission. */
export function allows(access: Pick<Context, 'role' | 'viaFirm'>, permission: Permission): boolean {
  return may(access.role, permission) && !(access.viaFirm && MEMBERS_ONLY.includes(permission))
}

/** The first line of every use-case: refuses when the role lacks the permission. */
export function authorize(ctx: Context, permission: Permission): void {
  if (!allows(ctx, permission)) throw new Refusal('PERMISSION_MISSING', { permission })
}
