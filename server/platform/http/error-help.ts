import { ERRORS, errorField, isPassing, type ErrorCode } from '../../../contract/errors.ts'
import type { Text } from '../../../core/kernel/problem.ts'

/** What a status means of a request, and what its sender does about it. */
type StatusHelp = { readonly name: Text; readonly means: Text; readonly then: Text }

const STATUS_HELP: Readonly<Record<number, StatusHelp>> = {
  400: {
    name: { fr: 'Demande mal formée', en: 'Bad request' },
    means: { fr: 'La demande n\'a pas été comprise : rien n\'a été fait.', en: 'The request was not understood: nothing was done.' },
    then: { fr: 'Corrigez la demande. La renvoyer telle quelle donnera la même réponse. La liste « problems » nomme chaque champ en cause.', en: 'Correct the request. Sending it again unchanged gives the same answer. The list "problems" names each field at fault.' },
  },
  401: {
    name: { fr: 'Personne non reconnue', en: 'Not signed in' },
    means: { fr: 'La demande ne dit pas, ou dit mal, de qui elle vient.', en: 'The request does not say, or wrongly says, who it comes from.' },
    then: { fr: 'Connectez-vous, ou joignez une clé d\'API ou un jeton en vigueur dans l\'en-tête Authorization, puis renvoyez la demande.', en: 'Sign in, or join an API key or a token in force in the Authorization header, then send the request again.' },
  },
  403: {
    name: { fr: 'Droit manquant', en: 'Not allowed' },
    means: { fr: 'L\'auteur de la demande est connu, mais n\'a pas le droit de la faire.', en: 'Who asks is known, and is not allowed to.' },
    then: { fr: 'Demandez ce droit à un propriétaire ou à un administrateur de la société, ou employez un autre compte. Renvoyer la demande n\'y change rien.', en: 'Ask an owner or an administrator of the company for it, or use another account. Sending the request again changes nothing.' },
  },
  404: {
    name: { fr: 'Introuvable', en: 'Not found' },
    means: { fr: 'L\'élément n\'existe pas, ou n\'est pas visible pour vous : la réponse est la même dans les deux cas.', en: 'The item does not exist, or you may not see it: the answer is the same in both cases.' },
    then: { fr: 'Vérifiez l\'adresse et l\'en-tête Quittance-Tenant.', en: 'Check the address and the Quittance-Tenant header.' },
  },
  408: {
    name: { fr: 'Demande trop lente', en: 'Request timeout' },
    means: { fr: 'La demande n\'est pas arrivée en entier.', en: 'The request did not arrive whole.' },
    then: { fr: 'Renvoyez-la.', en: 'Send it again.' },
  },
  409: {
    name: { fr: 'En désaccord avec l\'état actuel', en: 'Conflict' },
    means: { fr: 'La demande est bien formée, mais l\'état des données ne la permet pas. Rien n\'a été modifié.', en: 'The request is well formed, but the state of the data does not allow it. Nothing was changed.' },
    then: { fr: 'Lisez l\'état actuel, puis décidez : la phrase dit ce qui s\'y oppose.', en: 'Read the present state, then decide: the sentence says what stands in the way.' },
  },
  412: {
    name: { fr: 'Version dépassée', en: 'Precondition failed' },
    means: { fr: 'L\'en-tête If-Match nomme une version qui n\'est plus celle d\'aujourd\'hui. Rien n\'a été modifié.', en: 'The If-Match header names a version that is no longer the one of now. Nothing was changed.' },
    then: { fr: 'Relisez l\'élément, reportez votre changement sur sa version actuelle et renvoyez-le avec son nouvel ETag.', en: 'Read the item again, make your change on its present version and send it with its new ETag.' },
  },
  413: {
    name: { fr: 'Trop volumineux', en: 'Content too large' },
    means: { fr: 'Le corps de la demande dépasse la taille permise ; il n\'a pas été lu.', en: 'The request body exceeds the size allowed; it was not read.' },
    then: { fr: 'Découpez le fichier, par exemple par période.', en: 'Split the file, by period for example.' },
  },
  415: {
    name: { fr: 'Type de contenu refusé', en: 'Unsupported media type' },
    means: { fr: 'L\'en-tête Content-Type n\'est pas de ceux que cette adresse lit.', en: 'The Content-Type header is not one that this address reads.' },
    then: { fr: 'Envoyez application/json, ou multipart/form-data pour un fichier.', en: 'Send application/json, or multipart/form-data for a file.' },
  },
  422: {
    name: { fr: 'Contenu refusé', en: 'Unprocessable content' },
    means: { fr: 'La demande est bien formée, mais une règle du métier ou de la loi s\'y oppose. Rien n\'a été enregistré.', en: 'The request is well formed, but a rule of the business or of the law refuses it. Nothing was stored.' },
    then: { fr: 'Corrigez ce que la phrase et la liste « problems » nomment.', en: 'Correct what the sentence and the list "problems" name.' },
  },
  429: {
    name: { fr: 'Trop de demandes', en: 'Too many requests' },
    means: { fr: 'La limite de débit est atteinte. Rien n\'a été fait.', en: 'The rate limit is reached. Nothing was done.' },
    then: { fr: 'Attendez le nombre de secondes de l\'en-tête Retry-After. Les en-têtes RateLimit-* disent d\'avance ce qui reste.', en: 'Wait the number of seconds of the Retry-After header. The RateLimit-* headers tell in advance what is left.' },
  },
  431: {
    name: { fr: 'En-têtes trop longs', en: 'Request header fields too large' },
    means: { fr: 'L\'adresse et les en-têtes dépassent ce que le serveur lit.', en: 'The address and the headers exceed what the server reads.' },
    then: { fr: 'Raccourcissez-les ; passez les listes longues dans le corps.', en: 'Shorten them; put long lists in the body.' },
  },
  500: {
    name: { fr: 'Erreur de notre fait', en: 'Internal error' },
    means: { fr: 'Quelque chose que nous n\'avions pas prévu. La transaction est annulée : rien n\'a été enregistré.', en: 'Something we did not foresee. The transaction is undone: nothing was stored.' },
    then: { fr: 'Renvoyez la demande une fois, avec la même clé Idempotency-Key. Si l\'erreur demeure, citez le numéro « instance ».', en: 'Send the request once more, with the same Idempotency-Key. If the error stays, quote the number "instance".' },
  },
  502: {
    name: { fr: 'Service extérieur en défaut', en: 'Bad gateway' },
    means: { fr: 'Un service extérieur n\'a pas répondu comme il le devait.', en: 'An outside service did not answer as it should.' },
    then: { fr: 'Réessayez plus tard ; vérifiez les réglages de ce service.', en: 'Try again later; check the settings of that service.' },
  },
  503: {
    name: { fr: 'Momentanément indisponible', en: 'Unavailable for now' },
    means: { fr: 'Le service démarre, s\'arrête, ou attend sa base de données.', en: 'The service is starting, stopping, or waiting for its database.' },
    then: { fr: 'Renvoyez la demande après le nombre de secondes de Retry-After, avec la même clé Idempotency-Key.', en: 'Send the request again after the number of seconds of Retry-After, with the same Idempotency-Key.' },
  },
}

const OTHER: StatusHelp = {
  name: { fr: 'Refus', en: 'Refusal' }, means: { fr: 'La demande n\'a pas abouti.', en: 'The request did not succeed.' },
  then: { fr: 'Lisez la phrase de la réponse : elle dit quoi faire.', en: 'Read the sentence of the answer: it says what to do.' },
}

const AGAIN: Text = {
  fr: 'La même demande peut réussir dans un instant : renvoyez-la telle quelle, avec la même clé Idempotency-Key, après le délai de Retry-After quand il est donné.',
  en: 'The same request may succeed in a moment: send it again unchanged, with the same Idempotency-Key, after the delay of Retry-After when it is given.',
}

export type ErrorPage = { readonly code: ErrorCode; readonly status: number; readonly statusName: Text; readonly sentence: Text; readonly means: Text; readonly then: readonly Text[]; readonly field: string | undefined }

export const ERROR_CODES = Object.keys(ERRORS) as ErrorCode[]

/** Everything the page of a code says. */
export function explain(code: ErrorCode): ErrorPage {
  const row: { readonly status: number; readonly help?: Text } & Text = ERRORS[code]
  const help = STATUS_HELP[row.status] ?? OTHER
  const then = [...(row.help ? [row.help] : []), ...(isPassing(code) ? [AGAIN] : [help.then])]
  return { code, status: row.status, statusName: help.name, sentence: { fr: row.fr, en: row.en }, means: help.means, then, field: errorField(code) }
}

/** The reference docs/reference/errors.md: one table, in the order of the codes. */
export function errorsPage(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('{', '‹').replaceAll('}', '›')
  const rows = [...ERROR_CODES].sort().map((code) => {
    const { status, sentence, field } = explain(code)
    return `| \`${code}\` | ${status} | ${cell(sentence.fr)}<br>${cell(sentence.en)} | ${field === undefined ? '' : `\`${field}\``} | ${isPassing(code) ? 'oui / yes' : ''} |`
  })
  const statuses = [...new Set(ERROR_CODES.map((code) => ERRORS[code].status))].sort((a, b) => a - b).map((status) => {
    const { name, means, then } = STATUS_HELP[status] ?? OTHER
    return `| ${status} | ${name.fr}<br>${name.en} | ${means.fr} ${then.fr}<br>${means.en} ${then.en} |`
  })
  return '# Codes d\'erreur / Error codes\n\n'
    + 'Un refus est un problème (RFC 9457) : `code` est stable, `detail` est une phrase dans la langue de `Accept-Language`, `type` est l\'adresse de la page du code (`/docs/errors/CODE`), `instance` est le numéro à citer, `problems` nomme les champs ou les lignes en cause. Ce qui est entre ‹ › est rempli par la réponse.\n\n'
    + 'A refusal is a problem (RFC 9457): `code` is stable, `detail` is a sentence in the language of `Accept-Language`, `type` is the address of the page of the code (`/docs/errors/CODE`), `instance` is the number to quote, `problems` names the fields or lines at fault. What stands between ‹ › is filled by the answer.\n\n'
    + `## Statuts / Statuses\n\n| Statut / Status | | Que faire / What to do |\n| --- | --- | --- |\n${statuses.join('\n')}\n\n`
    + `## Codes\n\n| Code | Statut / Status | Phrase / Sentence | Champ / Field | Passager / Passing |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n\n`
    + 'Cette page est générée par `node tools/openapi.ts`. / This page is generated by `node tools/openapi.ts`.\n'
}
