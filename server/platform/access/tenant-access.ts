import type { Permission, Role } from '../../../core/access/permissions.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import type { TenantId, UserId } from '../../../core/kernel/id.ts'
import type { Locale } from '../../../core/kernel/problem.ts'

/** One company that one person can open, and as what. */
export type TenantAccess = {
  readonly tenantId: TenantId
  readonly role: Role
  /** What a role of the company's own making gives, instead of what `role` would. */
  readonly permissions?: readonly Permission[]
  /** The firm whose grant opens the company, when the person is not a member of it. */
  readonly firmName: string | null
  readonly currency: Currency
  readonly timeZone: string
  readonly locale: Locale
}

/** Finds the access of a person to a company; undefined when there is none, or no such company. */
export type FindAccess = (userId: UserId, tenantId: string) => Promise<TenantAccess | undefined>
