import { type Static, Type } from 'typebox'
import { Instant, nullable, page, PageQuery, Uuid } from './common.ts'

export const AuditRow = Type.Object({
  seq: Type.String({ description: 'Position in the chain.' }),
  at: Instant,
  userId: nullable(Uuid),
  actor: Type.String(),
  action: Type.String({ examples: ['invoice.issue'] }),
  subjectKind: Type.String(),
  subjectId: Type.String(),
  before: Type.Unknown(),
  after: Type.Unknown(),
  address: nullable(Type.String()),
})
export type AuditRow = Static<typeof AuditRow>
export const AuditPage = page(AuditRow)
export const AuditQuery = Type.Object({ ...PageQuery, action: Type.Optional(Type.String({ maxLength: 60 })), subjectId: Type.Optional(Type.String({ maxLength: 60 })) })
export type AuditQuery = Static<typeof AuditQuery>
export const ChainCheck = Type.Object({ rows: Type.Integer(), intact: Type.Boolean(), brokenAt: nullable(Type.String()) })
