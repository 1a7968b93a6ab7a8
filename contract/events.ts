import { type Static, type TSchema, Type } from 'typebox'
import type { Permission } from '../core/access/permissions.ts'
import { Instant, Money, nullable, oneOf, Uuid } from './common.ts'

/** What one kind of event says of itself: who may see it, whether an outgoing webhook can ask for it, its words and its data. */
type EventKindRow = { readonly permission: Permission; readonly webhook: boolean; readonly fr: string; readonly en: string; readonly data: TSchema }

const invoice = Type.Object({ number: Type.String(), kind: oneOf(['invoice', 'credit_note']), total: Money, issuedOn: Type.String() })
const settlement = Type.Object({ number: Type.String(), total: Money, open: Money })
const member = Type.Object({ role: Type.String() })
const grant = Type.Object({ firmId: Uuid, role: Type.String() })
const overrun = Type.Object({ budgetId: Uuid, threshold: Type.Integer(), from: Type.String(), to: Type.String(), spent: Money, available: Money })
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
  'import.undone': { permission: 'bank.read', webhook: true, fr: 'Relevé bancaire annulé', en: 'Bank statement undone', data: Type.Object({ lines: Type.Integer() }) },
  'line.removed': { permission: 'bank.read', webhook: true, fr: 'Opération retirée', en: 'Bank line removed', data: Type.Object({}) },
  'line.held': { permission: 'bank.read', webhook: true, fr: 'Question posée sur une opération', en: 'Question asked about a line', data: Type.Object({ askedOf: nullable(Uuid) }) },
  'line.answered': { permission: 'bank.read', webhook: false, fr: 'Réponse à une question sur une opération', en: 'Question about a line answered', data: Type.Object({}) },
  'line.released': { permission: 'bank.read', webhook: false, fr: 'Opération reprise', en: 'Line taken up again', data: Type.Object({}) },
  'transfer.paired': { permission: 'bank.read', webhook: true, fr: 'Virement interne reconnu', en: 'Internal transfer paired', data: Type.Object({ outLineId: Uuid, inLineId: Uuid, automatic: Type.Boolean() }) },
  'transfer.undone': { permission: 'bank.read', webhook: true, fr: 'Virement interne défait', en: 'Internal transfer undone', data: Type.Object({ outLineId: Uuid, inLineId: Uuid }) },
  'lines.posted': { permission: 'bank.read', webhook: true, fr: 'Opérations passées en écriture', en: 'Bank lines posted', data: Type.Object({ count: Type.Integer() }) },
  'lines.enriched': { permission: 'bank.read', webhook: false, fr: 'Libellés d\'opérations lus', en: 'Labels of bank lines read', data: Type.Object({ count: Type.Integer() }) },
  'merchant.changed': { permission: 'bank.read', webhook: false, fr: 'Commerçant modifié', en: 'Merchant changed', data: Type.Object({}) },
  'connection.changed': { permission: 'bank.read', webhook: false, fr: 'Connexion bancaire modifiée', en: 'Bank connection changed', data: Type.Object({}) },
  'notification.received': { permission: 'bank.read', webhook: false, fr: 'Notification d\'un service bancaire', en: 'Notification of a bank service', data: Type.Object({ connectionId: Uuid, state: Type.String() }) },
  'sync.finished': { permission: 'bank.read', webhook: true, fr: 'Synchronisation bancaire terminée', en: 'Bank synchronisation finished', data: Type.Object({ connectionId: nullable(Uuid), state: Type.String(), new: Type.Integer(), known: Type.Integer(), updated: Type.Integer(), refused: Type.Integer() }) },
  'lines.categorised': { permission: 'category.read', webhook: true, fr: 'Opérations classées', en: 'Bank lines categorised', data: Type.Object({ count: Type.Integer(), source: oneOf(['manual', 'rule', 'automatic']) }) },
  'category.changed': { permission: 'category.read', webhook: false, fr: 'Catégorie ou règle modifiée', en: 'Category or rule changed', data: Type.Object({}) },
  'match.accepted': { permission: 'match.read', webhook: true, fr: 'Rapprochement accepté', en: 'Match accepted', data: match },
  'match.undone': { permission: 'match.read', webhook: true, fr: 'Rapprochement annulé', en: 'Match undone', data: match },
  'budget.changed': { permission: 'budget.read', webhook: false, fr: 'Budget modifié', en: 'Budget changed', data: Type.Object({}) },
  'budget.overrun': { permission: 'budget.read', webhook: true, fr: 'Seuil de budget franchi', en: 'Budget threshold crossed', data: overrun },
  'goal.changed': { permission: 'budget.read', webhook: false, fr: 'Objectif d\'épargne modifié', en: 'Savings goal changed', data: Type.Object({}) },
  'goal.reached': { permission: 'budget.read', webhook: true, fr: 'Objectif d\'épargne atteint', en: 'Savings goal reached', data: Type.Object({ target: Money, saved: Money }) },
  'recurring.changed': { permission: 'bank.read', webhook: true, fr: 'Opérations récurrentes mises à jour', en: 'Recurring transactions updated', data: Type.Object({ active: Type.Integer(), priceRises: Type.Integer(), missed: Type.Integer() }) },
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
