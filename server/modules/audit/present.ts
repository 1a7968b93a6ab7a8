import type { AuditRow } from '../../../contract/audit.ts'
import type { ChainRow } from './chain.ts'

export function presentRow(row: ChainRow): AuditRow {
  return {
    seq: row.seq.toString(), at: row.at, userId: row.userId, actor: row.actor, action: row.action,
    subjectKind: row.subjectKind, subjectId: row.subjectId, before: row.before, after: row.after, address: row.address,
  }
}
