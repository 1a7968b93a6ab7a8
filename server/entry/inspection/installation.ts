import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from '../../platform/app.ts'
import { diskSpace, listBackups } from '../../platform/backup/folder.ts'
import { backupFolderOf, operationsOf } from '../../platform/config/operations.ts'
import type { Environment } from '../../platform/config/config.ts'
import { unknownSettings } from '../../platform/config/unknown.ts'
import { MigrationRefused, pendingMigrations } from '../../platform/db/migrate.ts'
import { DEAD_LETTER_QUEUE } from '../../platform/jobs/jobs.ts'
import { countJobs, countOrphans } from '../../platform/metrics/jobs-store.ts'
import { type Finding, fine, wrong } from './finding.ts'
import { clockDrift, databaseVersion, findExcessRights, findUnprotected, loginRights, oldestIdleTransaction } from './inspection-store.ts'

const NODE_MIN = 24
const POSTGRES_MIN = 150_000
const DRIFT_SECONDS_MAX = 5
const IDLE_TRANSACTION_SECONDS_MAX = 300
const MEGABYTE = 1_048_576
const FREE_BYTES_MIN = 200 * MEGABYTE
const FREE_BYTES_WISHED = 2_000 * MEGABYTE
const BACKUP_HOURS_MAX = 50
/** Eight different characters in thirty-two are a repeated word, not chance. */
const SECRET_VARIETY_MIN = 12

export function checkSettings(environment: Environment): Finding[] {
  const unknown = unknownSettings(environment)
  if (unknown.length === 0) return [fine('settings', { fr: 'Tous les réglages sont lus.', en: 'Every setting is read.' })]
  return unknown.map(({ name, sentence }) => wrong('settings', { level: 'warning', say: sentence, mend: { fr: `Corrigez ${name} dans l'environnement ou dans .env.`, en: `Correct ${name} in the environment or in .env.` } }))
}

export function checkSecret(secret: string): Finding {
  const weak = new Set(secret).size < SECRET_VARIETY_MIN || /change.?me|secret|password|example|quittance/i.test(secret)
  if (!weak) return fine('secret', { fr: 'La clé secrète est solide.', en: 'The secret key is strong.' })
  return wrong('secret', {
    level: 'warning', say: { fr: 'La clé secrète est facile à deviner.', en: 'The secret key is easy to guess.' },
    mend: { fr: 'Remplacez QUITTANCE_SECRET par la sortie de « openssl rand -base64 48 » ; chacun devra se reconnecter.', en: 'Replace QUITTANCE_SECRET with the output of "openssl rand -base64 48"; everyone will have to sign in again.' },
  })
}

async function checkVersions(app: App): Promise<Finding> {
  const node = Number(process.versions.node.split('.')[0])
  const database = await databaseVersion(app.db)
  const shown = `Node ${process.versions.node}, PostgreSQL ${Math.trunc(database / 10_000)}.${database % 10_000}`
  if (node >= NODE_MIN && database >= POSTGRES_MIN) return fine('versions', { fr: `${shown}.`, en: `${shown}.` })
  return wrong('versions', {
    level: 'failure', say: { fr: `${shown} : trop ancien.`, en: `${shown}: too old.` },
    mend: { fr: `Installez Node ${NODE_MIN} et PostgreSQL 15, ou plus récents.`, en: `Install Node ${NODE_MIN} and PostgreSQL 15, or later.` },
  })
}

async function checkMigrations(app: App): Promise<Finding> {
  try {
    const missing = await pendingMigrations(app.db)
    if (missing.length === 0) return fine('migrations', { fr: 'La base de données est à jour.', en: 'The database is up to date.' })
    return wrong('migrations', {
      level: 'failure', say: { fr: `Migrations à appliquer : ${missing.length}.`, en: `Migrations to apply: ${missing.length}.` },
      mend: { fr: 'Lancez « npm run migrate », puis redémarrez.', en: 'Run "npm run migrate", then start again.' },
    })
  } catch (error) {
    if (!(error instanceof MigrationRefused)) throw error
    return wrong('migrations', { level: 'failure', say: error.sentence, mend: { fr: 'Installez la version qui correspond à la base, ou restaurez une sauvegarde.', en: 'Install the version that fits the database, or restore a backup.' } })
  }
}

async function checkLocks(app: App): Promise<Finding> {
  if (app.db.engine === 'embedded') {
    const left = ['switch.json', 'database.making'].filter((name) => existsSync(join(app.config.dataFolder, name)))
    if (left.length === 0) return fine('locks', { fr: 'Aucune opération interrompue dans le dossier des données.', en: 'No interrupted operation in the data folder.' })
    return wrong('locks', {
      level: 'warning', say: { fr: `Une opération interrompue a laissé ${left.join(', ')}.`, en: `An interrupted operation left ${left.join(', ')}.` },
      mend: { fr: 'Redémarrez Quittance : l\'opération est alors terminée ou annulée.', en: 'Start Quittance again: the operation is then ended or undone.' },
    })
  }
  const seconds = await oldestIdleTransaction(app.db)
  if (seconds <= IDLE_TRANSACTION_SECONDS_MAX) return fine('locks', { fr: 'Aucune transaction abandonnée ne garde de verrou.', en: 'No abandoned transaction holds a lock.' })
  return wrong('locks', {
    level: 'warning', say: { fr: `Une transaction ouverte depuis ${seconds} secondes garde ses verrous sans travailler.`, en: `A transaction has held its locks for ${seconds} seconds without working.` },
    mend: { fr: 'Trouvez-la dans pg_stat_activity (state = « idle in transaction ») et terminez-la avec pg_terminate_backend.', en: 'Find it in pg_stat_activity (state = \'idle in transaction\') and end it with pg_terminate_backend.' },
  })
}

/** Room on the disk of the data folder. Where the system does not say, nothing is claimed. */
export async function checkDisk(folder: string, space: typeof diskSpace = diskSpace): Promise<Finding> {
  const found = await space(folder).catch(() => undefined)
  if (found === undefined) return fine('disk', { fr: 'Le système ne dit pas l\'espace disque.', en: 'The system does not tell the disk space.' })
  const shown = Math.trunc(found.free / MEGABYTE)
  if (found.free >= FREE_BYTES_WISHED) return fine('disk', { fr: `Espace libre : ${shown} Mo.`, en: `Free space: ${shown} MB.` })
  return wrong('disk', {
    level: found.free < FREE_BYTES_MIN ? 'failure' : 'warning', say: { fr: `Il ne reste que ${shown} Mo sur le disque des données.`, en: `Only ${shown} MB are left on the disk of the data.` },
    mend: { fr: 'Libérez de la place, ou placez les sauvegardes sur un autre disque (BACKUP_FOLDER).', en: 'Free some room, or put the backups on another disk (BACKUP_FOLDER).' },
  })
}

async function checkClock(app: App): Promise<Finding> {
  const drift = await clockDrift(app.db, app.clock.now())
  const seconds = Math.round(Math.abs(drift))
  if (Math.abs(drift) <= DRIFT_SECONDS_MAX) return fine('clock', { fr: 'L\'horloge de la base et celle du serveur s\'accordent.', en: 'The clocks of the database and of the server agree.' })
  return wrong('clock', {
    level: 'warning', say: { fr: `L'horloge de la base et celle du serveur diffèrent de ${seconds} secondes.`, en: `The clocks of the database and of the server are ${seconds} seconds apart.` },
    mend: { fr: 'Mettez les deux machines à l\'heure (chrony ou systemd-timesyncd).', en: 'Set both machines to the right time (chrony or systemd-timesyncd).' },
  })
}

async function checkJobs(app: App): Promise<Finding[]> {
  const orphans = await countOrphans(app.db)
  const dead = await countJobs(app.db, DEAD_LETTER_QUEUE, 'created')
  return [
    orphans === 0 ? fine('orphan-jobs', { fr: 'Aucun travail abandonné.', en: 'No abandoned job.' }) : wrong('orphan-jobs', {
      level: 'warning', say: { fr: `${orphans} travaux ont été pris et jamais rendus.`, en: `${orphans} jobs were taken and never given back.` },
      mend: { fr: 'Vérifiez qu\'un processus traite les travaux : ils sont alors repris d\'eux-mêmes.', en: 'Check that a process does the jobs: they are then taken up again by themselves.' },
    }),
    dead === 0 ? fine('dead-letters', { fr: 'Aucun travail n\'a échoué pour de bon.', en: 'No job has failed for good.' }) : wrong('dead-letters', {
      level: 'warning', say: { fr: `${dead} travaux ont échoué pour de bon.`, en: `${dead} jobs have failed for good.` },
      mend: { fr: 'Ouvrez la page Exploitation, lisez leur erreur, puis relancez-les ou retirez-les.', en: 'Open the Operations page, read their error, then retry or remove them.' },
    }),
  ]
}

async function checkWalls(app: App): Promise<Finding[]> {
  const [open, excess, login] = [await findUnprotected(app.db), await findExcessRights(app.db), await loginRights(app.db)]
  const tooStrong = app.db.engine === 'postgres' && login !== undefined && (login.superuser || login.bypasses)
  return [
    open.length === 0 ? fine('row-security', { fr: 'Chaque table des sociétés est fermée aux autres sociétés.', en: 'Every table of the companies is closed to the other companies.' }) : wrong('row-security', {
      level: 'failure', say: { fr: `Tables ouvertes d'une société à l'autre : ${open.join(', ')}.`, en: `Tables open from one company to another: ${open.join(', ')}.` },
      mend: { fr: 'En tant que propriétaire des tables : alter table app.<table> enable row level security, force row level security. Si la règle « tenant_only » manque, restaurez une sauvegarde.', en: 'As the owner of the tables: alter table app.<table> enable row level security, force row level security. If the policy "tenant_only" is missing, restore a backup.' },
    }),
    excess.length === 0 ? fine('roles', { fr: 'Les rôles du produit n\'ont que leurs droits.', en: 'The roles of the product have their rights and no more.' }) : wrong('roles', {
      level: 'failure', say: { fr: `Droits en trop : ${excess.join(', ')}.`, en: `Rights in excess: ${excess.join(', ')}.` },
      mend: { fr: 'Retirez ces droits (alter role, revoke), puis relancez « quittance doctor ».', en: 'Take these rights away (alter role, revoke), then run "quittance doctor" again.' },
    }),
    ...(tooStrong ? [wrong('login', {
      level: 'warning', say: { fr: `Le serveur se connecte en tant que ${login.name}, que les règles de la base n'arrêtent pas.`, en: `The server logs in as ${login.name}, whom the rules of the database do not stop.` },
      mend: { fr: 'Donnez à DATABASE_URL un rôle ordinaire et gardez celui-ci dans DATABASE_OWNER_URL.', en: 'Give DATABASE_URL an ordinary role and keep this one in DATABASE_OWNER_URL.' },
    })] : []),
  ]
}

export async function checkBackups(app: App): Promise<Finding> {
  const newest = (await listBackups(backupFolderOf(app.config)))[0]
  const hours = newest === undefined ? Infinity : (app.clock.now().getTime() - newest.at.getTime()) / 3_600_000
  if (newest !== undefined && hours <= BACKUP_HOURS_MAX) return fine('backup', { fr: `Dernière sauvegarde : ${newest.name}.`, en: `Last backup: ${newest.name}.` })
  const mend = app.db.engine === 'embedded' && operationsOf(app.config).backup.time !== null
    ? { fr: 'Laissez Quittance ouvert un moment, ou lancez « quittance backup ».', en: 'Leave Quittance running for a while, or run "quittance backup".' }
    : { fr: 'Planifiez « quittance backup », ou les sauvegardes de votre serveur PostgreSQL.', en: 'Schedule "quittance backup", or the backups of your PostgreSQL server.' }
  return wrong('backup', {
    level: 'warning', mend,
    say: newest === undefined ? { fr: 'Aucune sauvegarde dans le dossier des sauvegardes.', en: 'No backup in the backup folder.' } : { fr: `La dernière sauvegarde date de ${Math.round(hours)} heures.`, en: `The last backup is ${Math.round(hours)} hours old.` },
  })
}

/** Everything about the installation that is not the books. */
export async function inspectInstallation(app: App, environment: Environment): Promise<Finding[]> {
  return [
    ...checkSettings(environment), checkSecret(app.config.secret), await checkVersions(app), await checkMigrations(app), await checkLocks(app), await checkDisk(app.config.dataFolder),
    await checkClock(app), ...await checkJobs(app), ...await checkWalls(app), await checkBackups(app),
  ]
}
