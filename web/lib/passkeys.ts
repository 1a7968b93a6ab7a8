import { locale } from './locale.ts'
import { ApiProblem } from './problem.ts'

const STOPPED = {
  fr: 'Rien n\'a été fait : la demande a été annulée, ou elle a attendu trop longtemps.',
  en: 'Nothing was done: the request was cancelled, or it waited too long.',
}
const KNOWN = { fr: 'Cet appareil a déjà une clé d\'accès pour ce compte.', en: 'This device already holds a passkey for this account.' }

/** Whether this browser can make and read passkeys in the JSON form of WebAuthn level 3. */
export function canUsePasskeys(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential && 'parseCreationOptionsFromJSON' in PublicKeyCredential
}

/** The browser says why it stopped in its own language and to developers: a person is told in theirs. */
function problemOf(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error
  return new ApiProblem({ status: 0, code: 'PASSKEY_STOPPED', detail: (error.name === 'InvalidStateError' ? KNOWN : STOPPED)[locale()] })
}

async function ceremony(run: () => Promise<Credential | null>): Promise<never> {
  let credential: Credential | null
  try {
    credential = await run()
  } catch (error) {
    throw problemOf(error)
  }
  if (!credential) throw new ApiProblem({ status: 0, code: 'PASSKEY_STOPPED', detail: STOPPED[locale()] })
  // The contract takes what the browser writes: its shape is the browser's, and the server checks it.
  return (credential as PublicKeyCredential).toJSON() as never
}

/** Asks the device to make a passkey; `options` are the server's, as it wrote them. */
export function makePasskey(options: unknown): Promise<never> {
  return ceremony(() => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON) }))
}

/** Asks the person to show a passkey of theirs. */
export function readPasskey(options: unknown): Promise<never> {
  return ceremony(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON) }))
}
