import { type Static, Type } from 'typebox'
import { Instant, nullable, oneOf, page, PageQuery, Uuid } from './common.ts'

const Email = Type.String({ format: 'email', maxLength: 254, examples: ['claire@example.org'] })
const NewPassword = Type.String({ minLength: 10, maxLength: 200, description: 'From 10 to 200 characters; neither a common password nor one made of your name or e-mail.' })
/** A password that is checked, never chosen: whatever its length was. */
const KnownPassword = Type.String({ minLength: 1, maxLength: 200, description: 'The present password.' })
const TotpCode = Type.String({ pattern: '^\\s*\\d{3}\\s?\\d{3}\\s*$', description: 'The six digits that the authenticator application shows.', examples: ['123456'] })
const RecoveryCode = Type.String({ minLength: 12, maxLength: 40, description: 'One of the recovery codes. Dashes, spaces and case do not matter.', examples: ['7K2M-QX4P-9TBD'] })

export const SignedInUser = Type.Object({ id: Uuid, name: Type.String(), email: Type.String() })

/** The answer of a sign-in by password: done, or a code is asked for (and the answer sets a cookie for five minutes). */
export const SignInAnswer = Type.Object({
  next: oneOf(['done', 'two-factor'], '`two-factor`: give a code to POST /api/auth/two-factor/verify within five minutes.'),
  user: nullable(SignedInUser),
})
export type SignInAnswer = Static<typeof SignInAnswer>

/** Second factor: a code of six digits that changes every thirty seconds (RFC 6238). */
export const TwoFactor = Type.Object({
  enabled: Type.Boolean(),
  enabledAt: nullable(Instant),
  recoveryCodesLeft: Type.Integer(),
})
export type TwoFactor = Static<typeof TwoFactor>
export const TwoFactorEnrol = Type.Object({ password: KnownPassword })
export const TwoFactorEnrolment = Type.Object({
  secret: Type.String({ description: 'The seed in base 32, to type when the picture cannot be read.', examples: ['JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'] }),
  uri: Type.String({ description: 'The otpauth address to show as a QR code.' }),
})
export type TwoFactorEnrolment = Static<typeof TwoFactorEnrolment>
export const TwoFactorConfirm = Type.Object({ code: TotpCode })
export const TwoFactorVerify = Type.Object({ code: Type.Optional(TotpCode), recoveryCode: Type.Optional(RecoveryCode) }, { description: 'Either a code or a recovery code.' })
export const TwoFactorPassword = Type.Object({ password: KnownPassword })
export const RecoveryCodes = Type.Object({ recoveryCodes: Type.Array(Type.String(), { description: 'Ten codes, each good once. They are shown this one time.' }) })
export type RecoveryCodes = Static<typeof RecoveryCodes>

/** A passkey of mine. */
export const Passkey = Type.Object({
  id: Uuid,
  name: Type.String(),
  createdAt: Instant,
  lastUsedAt: nullable(Instant),
  synced: Type.Boolean({ description: 'Kept by the account of a phone or a browser, and not by one device alone.' }),
})
export type Passkey = Static<typeof Passkey>
export const PasskeyList = Type.Object({
  available: Type.Boolean({ description: 'False when the address of this installation is one that browsers refuse passkeys for: an IP address, or plain http elsewhere than localhost.' }),
  items: Type.Array(Passkey),
})
export type PasskeyList = Static<typeof PasskeyList>
const CeremonyOptions = Type.Object({}, { additionalProperties: true, description: 'As WebAuthn writes them in JSON: give them to PublicKeyCredential.parseCreationOptionsFromJSON or parseRequestOptionsFromJSON.' })
export const PasskeyCreationOptions = CeremonyOptions
export const PasskeyRequestOptions = CeremonyOptions
const CredentialJson = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 2_000 }),
  rawId: Type.String({ minLength: 1, maxLength: 2_000 }),
  type: oneOf(['public-key']),
  response: Type.Record(Type.String(), Type.Unknown()),
}, { additionalProperties: true, description: 'What `PublicKeyCredential.toJSON()` gives.' })
const PasskeyName = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })
export const PasskeyRegistration = Type.Object({ password: KnownPassword })
export const NewPasskey = Type.Object({ name: PasskeyName, credential: CredentialJson })
export const PasskeyPatch = Type.Object({ name: PasskeyName })
export const PasskeySignIn = Type.Object({ credential: CredentialJson })

/** One open session of mine: a browser, or a program that was given tokens. */
export const SessionRow = Type.Object({
  id: Uuid,
  kind: oneOf(['browser', 'program']),
  method: oneOf(['password', 'two-factor', 'recovery-code', 'passkey', 'sign-up']),
  device: Type.String({ description: 'In words, such as "Firefox, Linux".' }),
  address: nullable(Type.String()),
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
  current: Type.Boolean({ description: 'The session of this request.' }),
})
export type SessionRow = Static<typeof SessionRow>
export const SessionList = Type.Object({ items: Type.Array(SessionRow) })
export type SessionList = Static<typeof SessionList>
export const SessionsRevoked = Type.Object({ revoked: Type.Integer() })

export const PasswordChange = Type.Object({ current: KnownPassword, password: NewPassword })
export const PasswordResetRequest = Type.Object({ email: Email })
export const PasswordResetAsked = Type.Object({ minutes: Type.Integer({ description: 'How long the link works. The answer is the same whether the address has an account or not.' }) })
export const PasswordReset = Type.Object({ token: Type.String({ minLength: 20, maxLength: 200 }), password: NewPassword })

/** For programs. From the session of this request when no e-mail is given, else from an e-mail and its password. */
export const TokenRequest = Type.Object({
  email: Type.Optional(Email),
  password: Type.Optional(KnownPassword),
  code: Type.Optional(TotpCode),
  recoveryCode: Type.Optional(RecoveryCode),
})
export type TokenRequest = Static<typeof TokenRequest>
export const RefreshRequest = Type.Object({ refreshToken: Type.String({ minLength: 20, maxLength: 200 }) })
export const Tokens = Type.Object({
  accessToken: Type.String({ description: 'A JWT for the header `Authorization: Bearer`. Its key is at /.well-known/jwks.json.' }),
  tokenType: oneOf(['Bearer']),
  expiresIn: Type.Integer({ description: 'Seconds.', examples: [900] }),
  refreshToken: Type.String({ description: 'Good once: each refresh gives the next one. Used twice, every token it led to is revoked.' }),
  refreshExpiresIn: Type.Integer({ description: 'Seconds.' }),
})
export type Tokens = Static<typeof Tokens>
export const KeySet = Type.Object({ keys: Type.Array(Type.Object({ kty: Type.String(), crv: Type.String(), x: Type.String(), kid: Type.String(), alg: Type.String(), use: Type.String() })) })

/** A message of the outbox. Its text is gone once it was sent. */
export const OutboxMessage = Type.Object({
  id: Uuid,
  to: Type.String(),
  subject: Type.String(),
  text: nullable(Type.String()),
  html: nullable(Type.String()),
  state: oneOf(['waiting', 'sent', 'failed']),
  attempts: Type.Integer(),
  error: nullable(Type.String()),
  createdAt: Instant,
  sentAt: nullable(Instant),
})
export type OutboxMessage = Static<typeof OutboxMessage>
export const OutboxPage = Type.Object({
  ...page(OutboxMessage).properties,
  delivery: oneOf(['smtp', 'outbox'], '`outbox`: no mail server is set, messages wait here to be read.'),
})
export type OutboxPage = Static<typeof OutboxPage>
export const OutboxQuery = Type.Object({ ...PageQuery })
export type OutboxQuery = Static<typeof OutboxQuery>
