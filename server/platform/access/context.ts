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
}

/** The first line of every use-case: refuses when the role lacks the permission. */
export function authorize(ctx: Context, permission: Permission): void {
  if (!may(ctx.role, permission)) throw new Refusal('PERMISSION_MISSING', { permission })
}
