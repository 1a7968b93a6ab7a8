import type { Locale, Text } from '../../../../core/kernel/problem.ts'

/** A message ready to send. */
export type Letter = { readonly subject: string; readonly text: string; readonly html: string }

/** What a message says: paragraphs, one of which may be a link. */
type Words = { readonly subject: string; readonly lines: readonly string[]; readonly link?: string; readonly end: string }

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** What someone typed, on one line: it never adds a header or a paragraph to a message. */
const plain = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()

function letter(locale: Locale, { subject, lines, link, end }: Words): Letter {
  const address = link === undefined ? [] : [link]
  const html = [...lines.map(escaped), ...address.map((url) => `<a href="${escaped(url)}">${escaped(url)}</a>`), escaped(end)]
  return {
    subject, text: `${[...lines, ...address, end, 'Quittance'].join('\n\n')}\n`,
    html: `<!doctype html><html lang="${locale}"><meta charset="utf-8"><title>${escaped(subject)}</title><body>${html.map((one) => `<p>${one}</p>`).join('')}<p>Quittance</p></body></html>`,
  }
}

/** "21 novembre 2026 à 16:40 UTC" */
function moment(at: Date, locale: Locale): string {
  return `${new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`
}

const NOT_YOU: Text = {
  fr: 'Si ce n’était pas vous, changez votre mot de passe et fermez vos autres sessions, dans Réglages, Sécurité.',
  en: 'If it was not you, change your password and end your other sessions, under Settings, Security.',
}

/** The link that replaces a forgotten password. The token stands after the `#`: it reaches the page and no server. */
export function passwordResetMail(locale: Locale, { publicUrl, token, minutes }: { readonly publicUrl: string; readonly token: string; readonly minutes: number }): Letter {
  const link = `${publicUrl}/reinitialiser#${token}`
  return letter(locale, locale === 'fr' ? {
    subject: 'Choisir un nouveau mot de passe', link,
    lines: ['Bonjour,', `Quelqu’un, sans doute vous, demande un nouveau mot de passe pour Quittance. Ouvrez ce lien dans les ${minutes}\u00a0minutes\u00a0; il ne sert qu’une fois\u00a0:`],
    end: 'Si vous n’avez rien demandé, ignorez ce message\u00a0: votre mot de passe ne change pas.',
  } : {
    subject: 'Choose a new password', link,
    lines: ['Hello,', `Someone, no doubt you, asked for a new password for Quittance. Open this link within ${minutes} minutes; it works once:`],
    end: 'If you asked for nothing, ignore this message: your password does not change.',
  })
}

/** A sign-in from a device that this person had not used. */
export function newDeviceMail(locale: Locale, { device, address, at }: { readonly device: string; readonly address: string; readonly at: Date }): Letter {
  return letter(locale, locale === 'fr' ? {
    subject: 'Nouvelle connexion à votre compte',
    lines: ['Bonjour,', `Votre compte Quittance vient d’être ouvert depuis un appareil nouveau\u00a0: ${plain(device)}, adresse ${plain(address)}, le ${moment(at, locale)}.`],
    end: `Si c’était vous, il n’y a rien à faire. ${NOT_YOU.fr}`,
  } : {
    subject: 'New sign-in to your account',
    lines: ['Hello,', `Your Quittance account was just opened from a new device: ${plain(device)}, address ${plain(address)}, on ${moment(at, locale)}.`],
    end: `If it was you, there is nothing to do. ${NOT_YOU.en}`,
  })
}

/** What changed in how a person signs in, each with its sentence. */
const CHANGES = {
  'password-changed': {
    fr: ['Votre mot de passe a changé', 'Votre mot de passe Quittance vient d’être changé. Vos autres sessions sont fermées.'],
    en: ['Your password has changed', 'Your Quittance password was just changed. Your other sessions have ended.'],
  },
  'two-factor-on': {
    fr: ['Second facteur activé', 'Un code de votre application est désormais demandé à chaque connexion par mot de passe.'],
    en: ['Second factor turned on', 'A code of your application is now asked for at each sign-in by password.'],
  },
  'two-factor-off': {
    fr: ['Second facteur désactivé', 'Votre mot de passe suffit de nouveau pour ouvrir votre compte.'],
    en: ['Second factor turned off', 'Your password is again enough to open your account.'],
  },
  'recovery-codes': {
    fr: ['Nouveaux codes de secours', 'De nouveaux codes de secours ont été donnés. Les anciens ne servent plus.'],
    en: ['New recovery codes', 'New recovery codes were given. The former ones no longer work.'],
  },
  'recovery-code-used': {
    fr: ['Un code de secours a servi', 'Un de vos codes de secours vient de servir à une connexion.'],
    en: ['A recovery code was used', 'One of your recovery codes was just used to sign in.'],
  },
  'passkey-added': {
    fr: ['Clé d’accès ajoutée', 'Une clé d’accès vient d’être ajoutée à votre compte\u00a0: {name}.'],
    en: ['Passkey added', 'A passkey was just added to your account: {name}.'],
  },
  'passkey-removed': {
    fr: ['Clé d’accès supprimée', 'Une clé d’accès vient d’être retirée de votre compte\u00a0: {name}.'],
    en: ['Passkey removed', 'A passkey was just removed from your account: {name}.'],
  },
} as const satisfies Record<string, Record<Locale, readonly [string, string]>>

export type SecurityChange = keyof typeof CHANGES

export function securityChangeMail(locale: Locale, change: SecurityChange, name = ''): Letter {
  const [subject, sentence] = CHANGES[change][locale]
  return letter(locale, { subject, lines: [locale === 'fr' ? 'Bonjour,' : 'Hello,', sentence.replace('{name}', () => plain(name))], end: NOT_YOU[locale] })
}
