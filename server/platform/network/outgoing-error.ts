import type { Text } from '../../../core/kernel/problem.ts'

/** Why an exchange with an outside address came to nothing. */
export const OUTGOING_FAILURES = {
  form: { fr: 'L\'adresse n\'est pas utilisable.', en: 'The address cannot be used.' },
  scheme: { fr: 'Seules les adresses https sont admises.', en: 'Only https addresses are taken.' },
  private: { fr: 'L\'adresse appartient à un réseau privé ou réservé.', en: 'The address belongs to a private or reserved network.' },
  dns: { fr: 'Le nom de la machine est inconnu.', en: 'The name of the host is unknown.' },
  unreachable: { fr: 'La machine refuse la connexion ou ne peut pas être jointe.', en: 'The host refuses the connection or cannot be reached.' },
  tls: { fr: 'Le certificat ou le chiffrement de la machine n\'est pas valable.', en: 'The certificate or the encryption of the host is not valid.' },
  timeout: { fr: 'Pas de réponse dans le temps imparti.', en: 'No answer within the time allowed.' },
  closed: { fr: 'La machine a coupé la connexion avant de répondre.', en: 'The host closed the connection before it answered.' },
  malformed: { fr: 'La réponse n\'est pas du HTTP lisible.', en: 'The answer is not readable HTTP.' },
} as const satisfies Record<string, Text>
export type OutgoingFailure = keyof typeof OUTGOING_FAILURES

export class OutgoingError extends Error {
  override name = 'OutgoingError'
  readonly failure: OutgoingFailure
  readonly host: string
  constructor(failure: OutgoingFailure, host = '', cause?: unknown) {
    super(OUTGOING_FAILURES[failure].en, { cause })
    this.failure = failure
    this.host = host
  }
}

const UNREACHABLE = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM|ETIMEDOUT|EHOSTDOWN|ENETDOWN)$/
const TLS = /^(EPROTO|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/

function namedBy(code: string): OutgoingFailure {
  if (/^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/.test(code)) return 'dns'
  if (UNREACHABLE.test(code)) return 'unreachable'
  if (TLS.test(code)) return 'tls'
  if (/^(HPE_|ERR_INVALID_CHAR|ERR_HTTP)/.test(code)) return 'malformed'
  return 'closed'
}

/** Any failure of the exchange, in our words. When several addresses were tried, the first one's. */
export function failureOf(error: unknown): OutgoingError {
  if (error instanceof OutgoingError) return error
  if (error instanceof AggregateError && error.errors.length > 0) return failureOf(error.errors[0])
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return new OutgoingError(namedBy(code), '', error)
}
