import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** The actions of the log in words. An action that is not here yet is shown by its code: nothing is hidden. */
export const ACTIONS: Readonly<Record<string, MessageDescriptor>> = {
  'company.create': msg`Company created`,
  'company.update': msg`Company settings changed`,
  'member.add': msg`Member added`,
  'member.change': msg`Role changed`,
  'member.remove': msg`Member removed`,
  'grant.add': msg`Access given to a firm`,
  'grant.revoke': msg`Access of a firm taken back`,
  'company.archive': msg`Company archived`,
  'company.restore': msg`Company restored`,
  'invitation.create': msg`Invitation sent`,
  'invitation.resend': msg`Invitation sent again`,
  'invitation.revoke': msg`Invitation withdrawn`,
  'invitation.accept': msg`Invitation accepted`,
  'role.create': msg`Role made`,
  'role.change': msg`Role rewritten`,
  'role.delete': msg`Role removed`,
  'collaborator.assign': msg`Clients given to a person`,
  'key.create': msg`API key created`,
  'key.revoke': msg`API key revoked`,
  'webhook.create': msg`Webhook created`,
  'webhook.change': msg`Webhook changed`,
  'webhook.delete': msg`Webhook removed`,
  'webhook.rotate-secret': msg`Secret of a webhook changed`,
  'webhook.test': msg`Webhook tested`,
  'webhook.replay': msg`Webhook messages sent again`,
  'job.retry': msg`Job tried again`,
  'job.discard': msg`Job given up`,
  'workflow.start': msg`Workflow started`,
  'workflow.step-start': msg`Workflow: step begun`,
  'workflow.step-done': msg`Workflow: step done`,
  'workflow.step-fail': msg`Workflow: step failed`,
  'workflow.wait': msg`Workflow waiting for a decision`,
  'workflow.done': msg`Workflow done`,
  'workflow.fail': msg`Workflow stopped by an error`,
  'workflow.decide': msg`Workflow: decision made`,
  'workflow.retry': msg`Workflow tried again`,
  'workflow.cancel': msg`Workflow stopped`,
  'audit.export': msg`Audit trail exported`,
  'fiscal-year.create': msg`Fiscal year opened`,
  'fiscal-year.open': msg`Year carried forward`,
  'period.lock': msg`Period locked`,
  'period.unlock': msg`Period unlocked`,
  'entry.post': msg`Entries posted`,
  'entry.draft': msg`Draft entry written`,
  'entry.update': msg`Draft entry changed`,
  'entry.delete': msg`Draft entry removed`,
  'entry.validate': msg`Entry validated`,
  'entry.reverse': msg`Entry reversed`,
  'fec.export': msg`FEC exported`,
  'fec.import': msg`FEC imported`,
  'customer.create': msg`Customer added`,
  'customer.update': msg`Customer changed`,
  'customer.import': msg`Customers imported`,
  'invoice.create': msg`Draft invoice written`,
  'invoice.update': msg`Draft invoice changed`,
  'invoice.delete': msg`Draft invoice removed`,
  'invoice.issue': msg`Invoice issued`,
  'invoice.credit': msg`Credit note issued`,
  'invoice.import': msg`Invoices imported`,
  'bank-account.create': msg`Bank account added`,
  'bank-account.update': msg`Bank account changed`,
  'import.preview': msg`Bank file read`,
  'import.commit': msg`Bank file stored`,
  'bank-line.post': msg`Bank lines posted`,
  'bank-account.archive': msg`Bank account archived`,
  'bank-account.delete': msg`Bank account deleted`,
  'bank-line.create': msg`Bank line written by hand`,
  'bank-line.note': msg`Note written on a bank line`,
  'bank-line.hold': msg`Question asked about a bank line`,
  'bank-line.answer': msg`Question about a bank line answered`,
  'bank-line.release': msg`Bank line taken up again`,
  'bank-line.remove': msg`Bank line removed`,
  'bank-line.decide': msg`Doubtful bank lines decided`,
  'bank-line.export': msg`Bank lines exported`,
  'import.undo': msg`Bank file undone`,
  'import.deliver': msg`Bank lines delivered by a service`,
  'import-profile.save': msg`CSV profile saved`,
  'import-profile.delete': msg`CSV profile deleted`,
  'institution.create': msg`Bank added`,
  'transfer.create': msg`Internal transfer paired`,
  'transfer.undo': msg`Internal transfer taken apart`,
  'match.create': msg`Bank line reconciled`,
  'match.undo': msg`Reconciliation undone`,
  'match.refuse': msg`Suggestion refused`,
}

export type Change = { readonly path: string; readonly before: unknown; readonly after: unknown }

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What differs between two states, field by field; lists are compared whole. */
export function changesOf(before: unknown, after: unknown, path = ''): readonly Change[] {
  if (isRecord(before) || isRecord(after)) {
    const left = isRecord(before) ? before : {}
    const right = isRecord(after) ? after : {}
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])]
    return names.flatMap((name) => changesOf(left[name], right[name], path ? `${path}.${name}` : name))
  }
  return JSON.stringify(before ?? null) === JSON.stringify(after ?? null) ? [] : [{ path, before: before ?? null, after: after ?? null }]
}

const SUBJECTS: Readonly<Record<string, MessageDescriptor>> = {
  'company': msg`Company`, 'user': msg`Person`, 'grant': msg`Firm access`, 'fiscal-year': msg`Fiscal year`, 'period': msg`Period`, 'entry': msg`Entry`, 'customer': msg`Customer`,
  'invoice': msg`Invoice`, 'bank-account': msg`Bank account`, 'import': msg`Bank file`, 'bank-line': msg`Bank line`, 'match': msg`Reconciliation`, 'key': msg`API key`, 'api-key': msg`API key`,
  'role': msg`Role`, 'invitation': msg`Invitation`, 'webhook': msg`Webhook`, 'job': msg`Job`, 'workflow': msg`Workflow`, 'audit': msg`Audit trail`, 'fec': msg`FEC`,
}

/** What kind of thing a line is about, in words; its code when there are none yet. */
export function subjectWords(kind: string, say: (words: MessageDescriptor) => string): string {
  const known = SUBJECTS[kind]
  return known ? say(known) : kind
}
