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
  QUITTANCE_SECRET_PREVIOUS: Type.Optional(Type.String({
    pattern: '^\\s*[^,]{32,}(,[^,]{32,})*\\s*$', example: 'une-ancienne-cle-de-32-caracteres-ou-plus',
    about: { fr: 'Clés précédentes, séparées par des virgules, le temps de « quittance secrets rotate » : elles ouvrent encore ce qu\'elles ont scellé.', en: 'Earlier keys, separated by commas, until "quittance secrets rotate" was run: they still open what they sealed.' },
    expected: { fr: 'des clés de 32 caractères ou plus, sans virgule, séparées par des virgules', en: 'keys of 32 characters or more, without a comma, separated by commas' },
  } satisfies Told & Record<string, unknown>)),
  TRUST_PROXY: Type.String({
    default: 'loopback', pattern: '^(loopback|linklocal|uniquelocal|[0-9A-Fa-f.:]+(/\\d{1,3})?)(\\s*,\\s*(loopback|linklocal|uniquelocal|[0-9A-Fa-f.:]+(/\\d{1,3})?))*$',
    about: { fr: 'Proxys crus sur parole (X-Forwarded-For, X-Forwarded-Proto), séparés par des virgules. loopback : cette machine.', en: 'Proxies taken at their word (X-Forwarded-For, X-Forwarded-Proto), separated by commas. loopback: this machine.' },
    expected: { fr: 'des adresses ou réseaux séparés par des virgules, par exemple loopback,10.0.0.0/8', en: 'addresses or networks separated by commas, for example loopback,10.0.0.0/8' },
  } satisfies Told & Record<string, unknown>),
  ALLOWED_ORIGIN: Type.Optional(Type.String({
    pattern: '^https?://[^/?#@,*\\s]+/?(\\s*,\\s*https?://[^/?#@,*\\s]+/?)*$', example: 'https://outil.exemple.fr',
    about: { fr: 'Autres sites dont les pages peuvent appeler l\'API avec une clé, séparés par des virgules. Vide : aucun.', en: 'Other sites whose pages may call the API with a key, separated by commas. Empty: none.' },
    expected: { fr: 'des adresses http ou https sans chemin ni étoile, par exemple https://outil.exemple.fr', en: 'http or https addresses without a path or a star, for example https://tool.example.com' },
  } satisfies Told & Record<string, unknown>)),
  SMTP_URL: Type.Optional(Type.String({
    pattern: '^smtps?://\\S+$', example: 'smtps://compta%40exemple.fr:motdepasse@smtp.exemple.fr:465',
    about: { fr: 'Serveur d\'envoi des courriels. Sans lui ni SMTP_HOST, les messages attendent dans la page « Messages en attente ».', en: 'Server that sends e-mail. Without it or SMTP_HOST, messages wait in the page "Outbox".' },
    expected: { fr: 'une adresse smtp://utilisateur:motdepasse@machine:587 ou smtps://…:465', en: 'an address smtp://user:password@host:587 or smtps://…:465' },
  } satisfies Told & Record<string, unknown>)),
  SMTP_HOST: Type.Optional(Type.String({
    pattern: '^[A-Za-z0-9.:_-]{1,253}$', example: 'smtp.exemple.fr',
    about: { fr: 'Le même serveur, par morceaux : SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD. SMTP_URL l\'emporte.', en: 'The same server, in parts: SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD. SMTP_URL wins.' },
    expected: { fr: 'un nom de machine ou une adresse IP', en: 'a host name or an IP address' },
  } satisfies Told & Record<string, unknown>)),
  SMTP_PORT: Type.Integer({
    default: 587, minimum: 1, maximum: 65_535,
    about: { fr: 'Port du serveur d\'envoi ; 465 chiffre dès la connexion, les autres dès que le serveur le propose.', en: 'Port of the mail server; 465 encrypts from the start, others as soon as the server offers it.' },
    expected: { fr: 'un nombre entier de 1 à 65535, par exemple 587', en: 'a whole number from 1 to 65535, for example 587' },
  } satisfies Told & Record<string, unknown>),
  SMTP_USER: Type.Optional(Type.String({
    maxLength: 320,
    about: { fr: 'Identifiant au serveur d\'envoi.', en: 'User name on the mail server.' },
    expected: { fr: 'au plus 320 caractères', en: 'at most 320 characters' },
  } satisfies Told & Record<string, unknown>)),
  SMTP_PASSWORD: Type.Optional(Type.String({
    maxLength: 1_000,
    about: { fr: 'Mot de passe au serveur d\'envoi.', en: 'Password on the mail server.' },
    expected: { fr: 'au plus 1000 caractères', en: 'at most 1000 characters' },
  } satisfies Told & Record<string, unknown>)),
  SMTP_FROM: Type.Optional(Type.String({
    pattern: '^[^@\\r\\n]*[^@\\s<]+@[^@\\s>]+>?$', example: 'Quittance <compta@exemple.fr>',
    about: { fr: 'Expéditeur des messages. Par défaut : no-reply@ suivi du nom de PUBLIC_URL.', en: 'Sender of the messages. By default: no-reply@ and the name of PUBLIC_URL.' },
    expected: { fr: 'une adresse électronique, avec ou sans nom : Quittance <compta@exemple.fr>', en: 'an e-mail address, with or without a name: Quittance <books@example.com>' },
  } satisfies Told & Record<string, unknown>)),
  LOG_LEVEL: Type.Unsafe<'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'>({
    type: 'string', default: 'info', enum: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
    about: { fr: 'Détail du journal technique.', en: 'Detail of the technical log.' },
    expected: { fr: 'fatal, error, warn, info, debug, trace ou silent', en: 'fatal, error, warn, info, debug, trace or silent' },
  } satisfies Told & Record<string, unknown>),
  ENVIRONMENT: Type.Unsafe<'production' | 'development' | 'test'>({
    type: 'string', default: 'production', enum: ['production', 'development', 'test'],
    about: { fr: 'Usage de cette installation, écrit sur les traces et les sauvegardes.', en: 'What this installation is for, written on traces and backups.' },
    expected: { fr: 'production, development ou test', en: 'production, development or test' },
  } satisfies Told & Record<string, unknown>),
  DATABASE_OWNER_URL: Type.Optional(Type.String({
    pattern: '^postgres(ql)?://\\S+$', example: 'postgres://proprietaire:motdepasse@127.0.0.1:5432/quittance',
    about: { fr: 'PostgreSQL : rôle propriétaire des tables, pour migrer. Par défaut : DATABASE_URL.', en: 'PostgreSQL: role that owns the tables, to migrate. By default: DATABASE_URL.' },
    expected: { fr: 'une adresse postgres://utilisateur:motdepasse@machine:5432/base', en: 'an address postgres://user:password@host:5432/database' },
  } satisfies Told & Record<string, unknown>)),
  DB_POOL_MIN: Type.Integer({
    default: 0, minimum: 0, maximum: 200,
    about: { fr: 'PostgreSQL : connexions gardées ouvertes même sans travail.', en: 'PostgreSQL: connections kept open even without work.' },
    expected: { fr: 'un nombre entier de 0 à 200, au plus DB_POOL_MAX', en: 'a whole number from 0 to 200, at most DB_POOL_MAX' },
  } satisfies Told & Record<string, unknown>),
  DB_POOL_MAX: Type.Integer({
    default: 10, minimum: 2, maximum: 200,
    about: { fr: 'PostgreSQL : connexions ouvertes au plus par processus.', en: 'PostgreSQL: connections opened at most by one process.' },
    expected: { fr: 'un nombre entier de 2 à 200', en: 'a whole number from 2 to 200' },
  } satisfies Told & Record<string, unknown>),
  DB_STATEMENT_TIMEOUT_SECONDS: Type.Integer({
    default: 120, minimum: 0, maximum: 86_400,
    about: { fr: 'PostgreSQL : durée au bout de laquelle une requête est abandonnée ; 0 n\'abandonne jamais.', en: 'PostgreSQL: time after which a statement is given up; 0 never gives up.' },
    expected: { fr: 'un nombre entier de secondes, de 0 à 86400', en: 'a whole number of seconds, from 0 to 86400' },
  } satisfies Told & Record<string, unknown>),
  BACKUP_FOLDER: Type.Optional(Type.String({
    pattern: '^[^\\u0000]+$', example: '/var/backups/quittance',
    about: { fr: 'Dossier des sauvegardes, de préférence sur un autre disque. Par défaut : « backups » dans QUITTANCE_DATA.', en: 'Folder of the backups, best on another disk. By default: "backups" inside QUITTANCE_DATA.' },
    expected: { fr: 'un dossier où Quittance peut écrire', en: 'a folder that Quittance can write to' },
  } satisfies Told & Record<string, unknown>)),
  BACKUP_KEEP: Type.Integer({
    default: 7, minimum: 1, maximum: 1_000,
    about: { fr: 'Sauvegardes quotidiennes gardées ; les plus anciennes sont supprimées.', en: 'Daily backups kept; older ones are removed.' },
    expected: { fr: 'un nombre entier de 1 à 1000', en: 'a whole number from 1 to 1000' },
  } satisfies Told & Record<string, unknown>),
  BACKUP_TIME: Type.String({
    default: '02:30', pattern: '^(off|([01]\\d|2[0-3]):[0-5]\\d)$',
    about: { fr: 'Heure de la sauvegarde quotidienne de la base embarquée (Paris), ou off.', en: 'Time of the daily backup of the embedded database (Paris), or off.' },
    expected: { fr: 'une heure comme 02:30, ou off', en: 'a time such as 02:30, or off' },
  } satisfies Told & Record<string, unknown>),
  BACKUP_PASSPHRASE: Type.Optional(Type.String({
    minLength: 12,
    about: { fr: 'Phrase qui chiffre les sauvegardes. Gardez-la ailleurs : sans elle, aucune restauration.', en: 'Phrase that encrypts the backups. Keep it elsewhere: without it nothing can be restored.' },
    expected: { fr: 'une phrase d\'au moins 12 caractères', en: 'a phrase of at least 12 characters' },
  } satisfies Told & Record<string, unknown>)),
  METRICS_TOKEN: Type.Optional(Type.String({
    minLength: 16, pattern: '^[\\x21-\\x7e]+$',
    about: { fr: 'Jeton que le collecteur envoie à /metrics. Sans lui, seule cette machine peut les lire.', en: 'Token that the collector sends to /metrics. Without it only this machine can read them.' },
    expected: { fr: 'au moins 16 caractères sans espace', en: 'at least 16 characters without a space' },
  } satisfies Told & Record<string, unknown>)),
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(Type.String({
    pattern: '^https?://\\S+$', example: 'http://127.0.0.1:4318',
    about: { fr: 'Collecteur OpenTelemetry (OTLP sur HTTP) qui reçoit les traces. Vide : aucune trace.', en: 'OpenTelemetry collector (OTLP over HTTP) that receives the traces. Empty: no traces.' },
    expected: { fr: 'une adresse http ou https, par exemple http://127.0.0.1:4318', en: 'an http or https address, for example http://127.0.0.1:4318' },
  } satisfies Told & Record<string, unknown>)),
  REDIS_URL: Type.Optional(Type.String({
    pattern: '^rediss?://\\S+$', example: 'redis://127.0.0.1:6379',
    about: { fr: 'Redis qui partage les limites de débit entre plusieurs processus. Vide : chaque processus compte pour lui.', en: 'Redis that shares the rate limits between processes. Empty: each process counts for itself.' },
    expected: { fr: 'une adresse redis:// ou rediss://', en: 'an address redis:// or rediss://' },
  } satisfies Told & Record<string, unknown>)),
  RATE_LIMIT_SIGN_IN: Type.Integer({
    default: 60, minimum: 0, maximum: 1_000_000,
    about: { fr: 'Demandes de connexion par minute et par adresse ; 0 retire la limite.', en: 'Sign-in requests per minute and address; 0 removes the limit.' },
    expected: { fr: 'un nombre entier de 0 à 1000000', en: 'a whole number from 0 to 1000000' },
  } satisfies Told & Record<string, unknown>),
  RATE_LIMIT_WRITES: Type.Integer({
    default: 600, minimum: 0, maximum: 1_000_000,
    about: { fr: 'Écritures par l\'API par minute, pour une clé ou une personne ; 0 retire la limite.', en: 'Changes through the API per minute, for a key or a person; 0 removes the limit.' },
    expected: { fr: 'un nombre entier de 0 à 1000000', en: 'a whole number from 0 to 1000000' },
  } satisfies Told & Record<string, unknown>),
  RATE_LIMIT_READS: Type.Integer({
    default: 3_000, minimum: 0, maximum: 1_000_000,
    about: { fr: 'Lectures par l\'API par minute, pour une clé ou une personne ; 0 retire la limite.', en: 'Readings through the API per minute, for a key or a person; 0 removes the limit.' },
    expected: { fr: 'un nombre entier de 0 à 1000000', en: 'a whole number from 0 to 1000000' },
  } satisfies Told & Record<string, unknown>),
  RATE_LIMIT_EXPORTS: Type.Integer({
    default: 60, minimum: 0, maximum: 1_000_000,
    about: { fr: 'Exports par minute, pour une clé ou une personne ; 0 retire la limite.', en: 'Exports per minute, for a key or a person; 0 removes the limit.' },
    expected: { fr: 'un nombre entier de 0 à 1000000', en: 'a whole number from 0 to 1000000' },
  } satisfies Told & Record<string, unknown>),
  RATE_LIMIT_ADDRESS: Type.Integer({
    default: 6_000, minimum: 0, maximum: 10_000_000,
    about: { fr: 'Demandes à l\'API par minute depuis une même adresse, toutes personnes comprises ; 0 retire la limite.', en: 'Requests to the API per minute from one address, everyone included; 0 removes the limit.' },
    expected: { fr: 'un nombre entier de 0 à 10000000', en: 'a whole number from 0 to 10000000' },
  } satisfies Told & Record<string, unknown>),
  OUTGOING_ALLOW: Type.Optional(Type.String({
    pattern: '^[0-9A-Fa-f.:/, ]+$', example: '10.0.0.0/8, 127.0.0.1',
    about: { fr: 'Réseaux privés que Quittance peut appeler (webhooks, connecteurs), séparés par des virgules. Vide : le réseau public seulement.', en: 'Private networks that Quittance may call (webhooks, connectors), separated by commas. Empty: the public network only.' },
    expected: { fr: 'des adresses ou des réseaux, par exemple 10.0.0.0/8, 127.0.0.1', en: 'addresses or networks, for example 10.0.0.0/8, 127.0.0.1' },
  } satisfies Told & Record<string, unknown>)),
  OUTGOING_HTTP: Type.Boolean({
    default: false,
    about: { fr: 'Accepte d\'appeler aussi des adresses http, sans chiffrement. À réserver aux essais et au réseau local.', en: 'Also calls http addresses, without encryption. For tests and the local network only.' },
    expected: { fr: 'true ou false', en: 'true or false' },
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
