import Type from 'typebox'
import type { Text } from '../../../core/kernel/problem.ts'

/** What each setting says about itself: what it is for, and what a readable value looks like. */
type Told = { readonly about: Text; readonly expected: Text; readonly example?: string }

/**
 * Every setting of the server. `.env.example` and docs/reference/settings.md are generated from this schema;
 * the environment is read with it. A setting without a default may be left out.
 */
export const Settings = Type.Object({
  HOST: Type.String({
    default: '127.0.0.1', pattern: '^[A-Za-z0-9.:_-]{1,253}$',
    about: { fr: 'Adresse d\'écoute. 127.0.0.1 n\'accepte que cette machine ; 0.0.0.0 accepte le réseau.', en: 'Address to listen on. 127.0.0.1 only accepts this machine; 0.0.0.0 accepts the network.' },
    expected: { fr: 'une adresse IP ou un nom de machine, par exemple 127.0.0.1', en: 'an IP address or a host name, for example 127.0.0.1' },
  } satisfies Told & Record<string, unknown>),
  PORT: Type.Integer({
    default: 3000, minimum: 0, maximum: 65_535,
    about: { fr: 'Port d\'écoute ; 0 prend un port libre.', en: 'Port to listen on; 0 takes a free one.' },
    expected: { fr: 'un nombre entier de 0 à 65535, par exemple 3000', en: 'a whole number from 0 to 65535, for example 3000' },
  } satisfies Told & Record<string, unknown>),
  PUBLIC_URL: Type.Optional(Type.String({
    pattern: '^https?://[^/?#@\\s]+/?$', example: 'https://compta.exemple.fr',
    about: { fr: 'Adresse que les personnes tapent dans leur navigateur, derrière un proxy. Par défaut : http://HOST:PORT.', en: 'Address people type in their browser, behind a proxy. By default: http://HOST:PORT.' },
    expected: { fr: 'une adresse http ou https sans chemin, par exemple https://compta.exemple.fr', en: 'an http or https address without a path, for example https://books.example.com' },
  } satisfies Told & Record<string, unknown>)),
  QUITTANCE_DATA: Type.String({
    default: './data', pattern: '^[^\\u0000]+$',
    about: { fr: 'Dossier des données : base embarquée, fichiers déposés, clé secrète. Sauvegardez-le.', en: 'Data folder: embedded database, uploaded files, secret key. Back it up.' },
    expected: { fr: 'un dossier où Quittance peut écrire, par exemple ./data', en: 'a folder that Quittance can write to, for example ./data' },
  } satisfies Told & Record<string, unknown>),
  DATABASE_URL: Type.Optional(Type.String({
    pattern: '^postgres(ql)?://\\S+$', example: 'postgres://quittance:motdepasse@127.0.0.1:5432/quittance',
    about: { fr: 'PostgreSQL 15 ou plus récent. Vide : base embarquée, pour essayer ou pour une seule personne.', en: 'PostgreSQL 15 or later. Empty: embedded database, to try or for one person.' },
    expected: { fr: 'une adresse postgres://utilisateur:motdepasse@machine:5432/base', en: 'an address postgres://user:password@host:5432/database' },
  } satisfies Told & Record<string, unknown>)),
  QUITTANCE_SECRET: Type.Optional(Type.String({
    minLength: 32,
    about: { fr: 'Clé qui signe les sessions, 32 caractères ou plus. Obligatoire avec DATABASE_URL ; sinon créée dans le dossier des données. En changer déconnecte tout le monde.', en: 'Key that signs sessions, 32 characters or more. Required with DATABASE_URL; otherwise made in the data folder. Changing it signs everyone out.' },
    expected: { fr: 'au moins 32 caractères au hasard, par exemple la sortie de « openssl rand -base64 48 »', en: 'at least 32 random characters, for example the output of "openssl rand -base64 48"' },
  } satisfies Told & Record<string, unknown>)),
  LOG_LEVEL: Type.Unsafe<'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'>({
    type: 'string', default: 'info', enum: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
    about: { fr: 'Détail du journal technique.', en: 'Detail of the technical log.' },
    expected: { fr: 'fatal, error, warn, info, debug, trace ou silent', en: 'fatal, error, warn, info, debug, trace or silent' },
  } satisfies Told & Record<string, unknown>),
  QUITTANCE_DEMO: Type.Boolean({
    default: true,
    about: { fr: 'Crée les sociétés de démonstration au premier démarrage d\'une base vide.', en: 'Makes the demonstration companies at the first start of an empty database.' },
    expected: { fr: 'true ou false', en: 'true or false' },
  } satisfies Told & Record<string, unknown>),
})

export type SettingName = keyof typeof Settings.properties
export const SETTING_NAMES = Object.keys(Settings.properties) as SettingName[]

/** One setting as the schema describes it. */
export type Setting = Told & { readonly type: string; readonly default?: string | number | boolean }

export function settingOf(name: SettingName): Setting {
  return Settings.properties[name] as unknown as Setting
}
