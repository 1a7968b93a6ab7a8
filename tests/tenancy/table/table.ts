import type { Permission } from '../../../core/access/permissions.ts'
import type { CallOptions, TestApp, TestCompany } from '../../support/server.ts'

/** What a valid call of one route needs: the ids of its path, its query, its body or its file. */
export type RouteCall = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: string
  readonly body?: unknown
  readonly file?: CallOptions['file']
}

export type TenancyRow = {
  /** What a role must have; the test calls the route as each role. */
  readonly permission: Permission
  /** A call that would succeed in `company`, made of things that belong to it. Left out when the route needs nothing. */
  readonly call?: (t: TestApp, company: TestCompany) => Promise<RouteCall>
  /** The body names things by id, as a path does: with the ids of another company the route must answer 404 too. */
  readonly idsInBody?: true
  /** Refused to all but owners, whatever their permissions, and to API keys. */
  readonly ownerOnly?: true
  /** The path names no row but a word that every company uses, such as an account number. */
  readonly wordsInPath?: true
}

/** Every route by its operationId: `public`, `person` (a session and no company), or what a company's route needs. */
export type TenancyTable = Readonly<Record<string, 'public' | 'person' | TenancyRow>>
