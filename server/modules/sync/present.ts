import type { Connection as ConnectionJson, ConnectionSecrets, IncomingEvent as EventJson, IncomingEventDetail, SyncRun } from '../../../contract/sync.ts'
import type { Locale, Text } from '../../../core/kernel/problem.ts'
import { presentProblem } from '../../platform/http/present-problem.ts'
import type { ConnectionOpened } from './connections.ts'
import { stateOf } from './state.ts'
import type { ConnectionView, IncomingEvent, IncomingEventWhole, Outcome, RunView } from './types.ts'

export function presentConnection(connection: ConnectionView, now: Date): ConnectionJson {
  const { stateAsOf: _asOf, hasPlaid, signingHint, lastRefusedAt: _refusedAt, ...shown } = connection
  return { ...shown, state: stateOf(connection, now), signing: connection.provider === 'plaid' ? (hasPlaid ? 'plaid_key' : 'missing') : signingHint === null ? 'missing' : 'hmac', secretHint: signingHint, accounts: [...connection.accounts] }
}

/** The address to give the provider, its key included. */
export function presentOpened({ connection, token, signingSecret }: ConnectionOpened, { publicUrl, now }: { readonly publicUrl: string; readonly now: Date }): ConnectionSecrets {
  return { connection: presentConnection(connection, now), address: `${publicUrl}/api/webhooks/${connection.provider}?connection=${token}`, signingSecret }
}

function outcomeText(outcome: Outcome): Text {
  switch (outcome.code) {
    case 'delivered': return { fr: `${outcome.new} nouvelles, ${outcome.known} connues, ${outcome.updated} mises à jour, ${outcome.refused} refusées`, en: `${outcome.new} new, ${outcome.known} known, ${outcome.updated} updated, ${outcome.refused} refused` }
    case 'to_sync': return { fr: 'Des opérations sont à chercher auprès du service', en: 'There are transactions to fetch from the service' }
    case 'state': return { fr: `État de la connexion : ${outcome.state}`, en: `State of the connection: ${outcome.state}` }
    case 'consent': return { fr: `L'accord donné à la banque prend fin le ${outcome.until.slice(0, 10)}`, en: `The consent given at the bank ends on ${outcome.until.slice(0, 10)}` }
    case 'nothing': return { fr: 'Rien à faire pour ce type de notification', en: 'Nothing to do for this kind of notification' }
    case 'other_connection': return { fr: 'Elle concerne une autre connexion', en: 'It is about another connection' }
    case 'late': return { fr: 'Un état plus récent est déjà connu', en: 'A later state is known already' }
    case 'removed': return { fr: 'La connexion a été supprimée', en: 'The connection was removed' }
    case 'unreadable': return { fr: 'Le contenu n\'est pas du JSON lisible', en: 'The content is not readable JSON' }
    case 'error': return { fr: 'Le traitement a échoué ; rejouez-la, ou consultez le journal technique', en: 'Handling it failed; replay it, or look at the technical log' }
    case 'unlinked': return { fr: `Reliez d'abord ces comptes du service à vos comptes : ${outcome.accounts.join(', ')}`, en: `Link these accounts of the service to yours first: ${outcome.accounts.join(', ')}` }
  }
}

export function presentEvent({ replayed: _replayed, outcome, ...event }: IncomingEvent, locale: Locale): EventJson {
  return { ...event, outcome: outcome === null ? null : outcomeText(outcome)[locale] }
}

export function presentEventWhole({ headers, body, ...event }: IncomingEventWhole, locale: Locale): IncomingEventDetail {
  return { ...presentEvent(event, locale), headers: { ...headers }, body: Buffer.from(body).toString('utf8').replaceAll('\u0000', '\ufffd') }
}

export function presentRun(run: RunView, locale: Locale): SyncRun {
  const { id, connectionId, connectionName, provider, trigger, state, startedAt, endedAt } = run
  return {
    id, connectionId, connectionName, provider, trigger, state, startedAt, endedAt,
    counts: { accounts: run.accounts, new: run.new, known: run.known, updated: run.updated, categorised: run.categorised, refused: run.refused },
    problems: run.problems.map((problem) => presentProblem(problem, locale)), importIds: [...run.importIds],
  }
}
