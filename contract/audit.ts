import { type Static, Type } from 'typebox'
import { Day, Instant, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'

export const AuditRow = Type.Object({
  seq: Type.String({ description: 'Position in the chain.' }),
  at: Instant,
  userId: nullable(Uuid),
  actor: Type.String({ description: 'The person, with the firm or the API key they acted through.' }),
  action: Type.String({ examples: ['invoice.issue'] }),
  subjectKind: Type.String(),
  subjectId: Type.String(),
  before: Type.Unknown(),
  after: Type.Unknown(),
  address: nullable(Type.String()),
})
export type AuditRow = Static<typeof AuditRow>
export const AuditPage = page(AuditRow)

const filters = {
  userId: Type.Optional(Uuid),
  actor: Type.Optional(Type.String({ maxLength: 120, description: 'Part of the name of who acted.' })),
  action: Type.Optional(Type.String({ maxLength: 60, description: 'One action (invoice.issue), or all of a kind (invoice).' })),
  subjectKind: Type.Optional(Type.String({ maxLength: 60 })),
  subjectId: Type.Optional(Type.String({ maxLength: 60 })),
  text: Type.Optional(Type.String({ maxLength: 120, description: 'Part of a value before or after the change.' })),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
}
/** `from` and `to` are days of the company's time zone, both included. */
export const AuditQuery = Type.Object({ ...PageQuery, ...filters })
export type AuditQuery = Static<typeof AuditQuery>

export const AUDIT_FORMATS = ['csv', 'jsonl'] as const
export const AuditExportQuery = Type.Object({ ...filters, format: Type.Optional(oneOf(AUDIT_FORMATS)) })
export type AuditExportQuery = Static<typeof AuditExportQuery>

/** The actions the log of this company holds, to choose from. */
export const AuditActions = Type.Object({ items: Type.Array(Type.String()) })

/** How a chain of hashes may break: a row was changed, taken out or put in, or its end no longer fits its last row. */
export const CHAIN_FAULTS = ['row-changed', 'row-missing', 'row-inserted', 'end-moved'] as const
export const ChainFault = oneOf(CHAIN_FAULTS)
export const ChainCheck = Type.Object({
  rows: Type.Integer({ description: 'Rows found right before the break, or all of them.' }),
  intact: Type.Boolean(),
  brokenAt: nullable(Type.String({ description: 'Position of the first row at fault.' })),
  fault: nullable(ChainFault),
  sentence: nullable(Type.String({ description: 'Where it breaks and why, in the language of the request.' })),
})
export type ChainCheck = Static<typeof ChainCheck>
