import type { WebhookCheck } from '../../../contract/sync.ts'
import type { Locale, Text } from '../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import { CONNECTIONS_MAX, listConnections } from './connection-store.ts'
import { countKeys } from './key-store.ts'
import type { ConnectionView } from './types.ts'

type Check = { readonly code: WebhookCheck['connections'][number]['checks'][number]['code']; readonly ok: boolean; readonly text: Text }

function addressCheck(publicUrl: string): Check {
  const { protocol, hostname } = new URL(publicUrl)
  const ok = protocol === 'https:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return { code: 'address', ok, text: ok
    ? { fr: `Les services appellent ${publicUrl}.`, en: `Services call ${publicUrl}.` }
    : { fr: `L'adresse publique (${publicUrl}) n'est pas en https ou reste sur cette machine : aucun service ne peut l'appeler. Réglez PUBLIC_URL.`, en: `The public address (${publicUrl}) is not https or stays on this machine: no service can call it. Set PUBLIC_URL.` } }
}

function signingCheck({ provider, signingHint, hasPlaid }: ConnectionView): Check {
  const ok = provider === 'plaid' ? hasPlaid : signingHint !== null
  return { code: 'signing', ok, text: ok
    ? { fr: 'Les notifications sont vérifiées.', en: 'Notifications are verified.' }
    : { fr: 'Il manque de quoi vérifier les notifications : toutes sont refusées. Complétez la connexion.', en: 'What proves notifications is missing: all are refused. Complete the connection.' } }
}

function trafficChecks({ lastEventAt, refused, lastRefusedAt, failed }: ConnectionView): Check[] {
  const stillRefused = lastRefusedAt !== null && (lastEventAt === null || lastRefusedAt > lastEventAt)
  return [
    { code: 'received', ok: lastEventAt !== null, text: lastEventAt === null
      ? { fr: 'Aucune notification reçue encore. Envoyez un essai depuis le service.', en: 'No notification received yet. Send a test from the service.' }
      : { fr: `Dernière notification reçue le ${lastEventAt}.`, en: `Last notification received on ${lastEventAt}.` } },
    { code: 'refused', ok: !stillRefused, text: refused === 0
      ? { fr: 'Aucune notification refusée.', en: 'No notification refused.' }
      : { fr: `${refused} notifications refusées (signature, date). Si elles viennent du service, vérifiez le secret et l'heure de cette machine.`, en: `${refused} notifications refused (signature, time). If they come from the service, check the secret and the clock of this machine.` } },
    { code: 'failed', ok: failed === 0, text: failed === 0
      ? { fr: 'Aucune notification en échec.', en: 'No notification failed.' }
      : { fr: `${failed} notifications en échec attendent d'être rejouées.`, en: `${failed} failed notifications wait to be replayed.` } },
  ]
}

function keysCheck(count: number): Check {
  return { code: 'keys', ok: true, text: count > 0
    ? { fr: `${count} clés de Plaid connues.`, en: `${count} keys of Plaid known.` } : { fr: 'Les clés de Plaid seront demandées à la première notification.', en: 'Plaid\'s keys will be asked for at the first notification.' } }
}

const said = (checks: readonly Check[], locale: Locale) => checks.map(({ code, ok, text }) => ({ code, ok, message: text[locale] }))

/** Whether each connection is ready to receive: what can be known from here, without calling anyone. */
export async function checkConnections(app: App, ctx: Context): Promise<WebhookCheck> {
  authorize(ctx, 'bank.read')
  return await app.db.tenant(ctx, async (tx) => {
    const address = addressCheck(app.config.publicUrl)
    const connections = []
    for (const connection of await listConnections(tx, { id: null, provider: null, limit: CONNECTIONS_MAX })) {
      const signing = signingCheck(connection)
      const keys = connection.provider === 'plaid' ? [keysCheck(await countKeys(tx, connection.id))] : []
      connections.push({
        connectionId: connection.id, name: connection.name, provider: connection.provider, ready: address.ok && signing.ok,
        checks: said([address, signing, ...keys, ...trafficChecks(connection)], ctx.locale),
      })
    }
    return { ready: connections.length > 0 && connections.every(({ ready }) => ready), connections }
  })
}
