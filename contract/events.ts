import { type Static, type TSchema, Type } from 'typebox'
import type { Permission } from '../core/access/permissions.ts'
import { Instant, Money, nullable, oneOf, Uuid } from './common.ts'

/** What one kind of event says of itself: who may see it, whether an outgoing webhook can ask for it, its words and its data. */
type EventKindRow = { readonly permission: Permission; readonly webhook: boolean; readonly fr: string; readonly en: string; readonly data: TSchema }

const invoice = Type.Object({ number: Type.String(), kind: oneOf(['invoice', 'credit_note']), total: Money, issuedOn: Type.String() })
const settlement = Type.Object({ number: Type.String(), total: Money, open: Money })
const member = Type.Object({ role: Type.String() })
const grant = Type.Object({ firmId: Uuid, role: Type.String() })
const match = Type.Object({ lineId: Uuid, invoices: Type.Array(Uuid), automatic: Type.Boolean() })

/** Every kind of event. `subject` is the id of the thing named by the first word of the kind. Data holds ids, figures and states, never a person's address. */
export const EVENTS = {
  'company.created': { permission: 'company.read', webhook: true, fr: 'Société créée', en: 'Company created', data: Type.Object({}) },
  'company.changed': { permission: 'company.read', webhook: true, fr: 'Société modifiée', en: 'Company changed', data: Type.Object({}) },
  'member.added': { permission: 'company.read', webhook: true, fr: 'Membre ajouté', en: 'Member added', data: member },
  'member.changed': { permission: 'company.read', webhook: true, fr: 'Rôle d\'un membre changé', en: 'Role of a member changed', data: member },
  'member.removed': { permission: 'company.read', webhook: true, fr: 'Membre retiré', en: 'Member removed', data: member },
  'grant.added': { permission: 'company.read', webhook: true, fr: 'Accès donné à un cabinet', en: 'Access given to a firm', data: grant },
  'grant.revoked': { permission: 'company.read', webhook: true, fr: 'Accès retiré à un cabinet', en: 'Access taken back from a firm', data: grant },
  'invoice.changed': { permission: 'invoice.read', webhook: false, fr: 'Brouillon de facture modifié', en: 'Draft invoice changed', data: Type.Object({}) },
  'invoice.issued': { permission: 'invoice.read', webhook: true, fr: 'Facture finalisée', en: 'Invoice issued', data: invoice },
  'invoice.credited': { permission: 'invoice.read', webhook: true, fr: 'Avoir émis', en: 'Credit note issued', data: invoice },
  'invoice.part_paid': { permission: 'invoice.read', webhook: true, fr: 'Facture payée en partie', en: 'Invoice partly paid', data: settlement },
  'invoice.paid': { permission: 'invoice.read', webhook: true, fr: 'Facture payée', en: 'Invoice paid', data: settlement },
  'invoice.reopened': { permission: 'invoice.read', webhook: true, fr: 'Paiement d\'une facture annulé', en: 'Payment of an invoice undone', data: settlement },
  'invoice.imported': { permission: 'invoice.read', webhook: true, fr: 'Factures importées', en: 'Invoices imported', data: Type.Object({ count: Type.Integer() }) },
  'import.committed': { permission: 'bank.read', webhook: true, fr: 'Relevé bancaire enregistré', en: 'Bank statement stored', data: Type.Object({ new: Type.Integer(), known: Type.Integer(), suspicious: Type.Integer() }) },
  'lines.posted': { permission: 'bank.read', webhook: true, fr: 'Opérations passées en écriture', en: 'Bank lines posted', data: Type.Object({ count: Type.Integer() }) },
  'match.accepted': { permission: 'match.read', webhook: true, fr: 'Rapprochement accepté', en: 'Match accepted', data: match },
  'match.undone': { permission: 'match.read', webhook: true, fr: 'Rapprochement annulé', en: 'Match undone', data: match },
  'job.progress': { permission: 'company.read', webhook: false, fr: 'Avancement d\'un traitement', en: 'Progress of a job', data: Type.Object({ job: Type.String(), done: Type.Integer(), total: Type.Integer() }) },
  'workflow.changed': { permission: 'company.read', webhook: true, fr: 'Tâche de fond : nouvelle étape', en: 'Background task: new step', data: Type.Object({ workflow: Type.String(), status: Type.String() }) },
  'webhook.changed': { permission: 'webhook.manage', webhook: false, fr: 'Webhook modifié', en: 'Webhook changed', data: Type.Object({}) },
  'webhook.tested': { permission: 'webhook.manage', webhook: false, fr: 'Essai d\'un webhook', en: 'Webhook test', data: Type.Object({}) },
  'webhook.failed': { permission: 'webhook.manage', webhook: false, fr: 'Envoi d\'un webhook abandonné', en: 'Webhook delivery given up', data: Type.Object({ endpointId: Uuid, kind: Type.String() }) },
} as const satisfies Record<string, EventKindRow>

export type EventKind = keyof typeof EVENTS
export const EVENT_KINDS = Object.keys(EVENTS) as EventKind[]
export const WEBHOOK_KINDS = EVENT_KINDS.filter((kind) => EVENTS[kind].webhook)
export type EventData<Kind extends EventKind> = Static<(typeof EVENTS)[Kind]['data']>

/** One thing that happened in a company. `seq` grows by one with each event and never skips. */
export const CompanyEvent = Type.Object({
  seq: Type.String({ pattern: '^\\d{1,18}$', description: 'Its rank in the company: what Last-Event-ID and `after` take.' }),
  id: Uuid,
  at: Instant,
  kind: oneOf(EVENT_KINDS),
  subject: nullable(Type.String({ description: 'The id of what it is about.' })),
  data: Type.Record(Type.String(), Type.Unknown(), { description: 'Depends on the kind.' }),
})
export type CompanyEvent = Static<typeof CompanyEvent>

export const EventPage = Type.Object({
  items: Type.Array(CompanyEvent),
  last: Type.String({ description: 'What to give as `after` next time.' }),
  reset: Type.Boolean({ description: 'Events after the one named are no longer kept: read again everything you hold.' }),
})
export type EventPage = Static<typeof EventPage>
export const EventQuery = Type.Object({
  after: Type.Optional(Type.String({ pattern: '^\\d{1,18}$', description: 'The `seq` of the last event known; from now on when absent.' })),
  kinds: Type.Optional(Type.String({ maxLength: 600, description: 'Kinds wanted, separated by commas; all when absent.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 100 })),
})
export type EventQuery = Static<typeof EventQuery>
