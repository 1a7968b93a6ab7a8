import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { WebhookEndpoint } from '../../../contract/webhooks.ts'

export type WebhookKind = WebhookEndpoint['kinds'][number]

/** The events a company can send out, in words and by subject. A kind without words is shown by its code. */
export const KIND_GROUPS: readonly { readonly id: string; readonly label: MessageDescriptor; readonly kinds: readonly { readonly kind: WebhookKind; readonly label: MessageDescriptor }[] }[] = [
  {
    id: 'invoice', label: msg`Invoices`, kinds: [
      { kind: 'invoice.issued', label: msg`Invoice issued` }, { kind: 'invoice.credited', label: msg`Credit note issued` }, { kind: 'invoice.part_paid', label: msg`Invoice partly paid` },
      { kind: 'invoice.paid', label: msg`Invoice paid` }, { kind: 'invoice.reopened', label: msg`Payment of an invoice undone` }, { kind: 'invoice.imported', label: msg`Invoices imported` },
    ],
  },
  {
    id: 'bank', label: msg`Bank`, kinds: [
      { kind: 'import.committed', label: msg`Bank statement stored` }, { kind: 'lines.posted', label: msg`Bank lines posted` },
      { kind: 'match.accepted', label: msg`Match accepted` }, { kind: 'match.undone', label: msg`Match undone` },
      { kind: 'import.undone', label: msg`Bank statement taken back` }, { kind: 'line.removed', label: msg`Bank line removed` }, { kind: 'line.held', label: msg`Bank line set aside with a question` },
      { kind: 'transfer.paired', label: msg`Internal transfer paired` }, { kind: 'transfer.undone', label: msg`Internal transfer undone` }, { kind: 'sync.finished', label: msg`Bank synchronisation finished` },
      { kind: 'lines.categorised', label: msg`Bank lines categorised` }, { kind: 'budget.overrun', label: msg`Budget threshold crossed` }, { kind: 'goal.reached', label: msg`Savings goal reached` }, { kind: 'recurring.changed', label: msg`Recurring transactions updated` },
    ],
  },
  {
    id: 'company', label: msg`Company`, kinds: [
      { kind: 'company.created', label: msg`Company created` }, { kind: 'company.changed', label: msg`Company changed` },
      { kind: 'member.added', label: msg`Member added` }, { kind: 'member.changed', label: msg`Role of a member changed` }, { kind: 'member.removed', label: msg`Member removed` },
      { kind: 'grant.added', label: msg`Access given to a firm` }, { kind: 'grant.revoked', label: msg`Access taken back from a firm` },
      { kind: 'workflow.changed', label: msg`Workflow: new step` },
    ],
  },
]

const WORDS: ReadonlyMap<string, MessageDescriptor> = new Map(KIND_GROUPS.flatMap(({ kinds }) => kinds.map(({ kind, label }) => [kind as string, label] as const)))

export function kindWords(kind: string): MessageDescriptor | undefined {
  return WORDS.get(kind)
}
