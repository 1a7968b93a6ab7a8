// Plain JavaScript that Node 20 can run: called before `npm start` and `npm test`, it installs and builds what is missing,
// says in one line what it is doing, and is silent when there is nothing to do.
//   node tools/prepare.mjs start|test    install and build when needed
//   node tools/prepare.mjs build         build the web application in any case
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NEEDED = 24
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (...parts) => join(root, ...parts)
const INSTALLED = at('node_modules', '.cache', 'quittance', 'installed-lock')
const BUILT = at('dist', 'web-sources')
/** What the web application is made of; its tests are not. */
const SOURCES = ['web', 'core', 'contract', 'vite.config.ts', 'lingui.config.ts', 'package-lock.json']
const PREPARED = at('node_modules', '.cache', 'quittance', 'prepared-cluster')
/** What a new database is made of. */
const MIGRATED = ['server/migrations', 'server/platform/db', 'server/platform/jobs', 'package-lock.json']

const say = (fr, en) => { process.stderr.write(`${fr} / ${en}\n`) }
const sha256 = (data) => createHash('sha256').update(data).digest('hex')
const read = (path) => { try { return readFileSync(path, 'utf8') } catch { return undefined } }

function stamp(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function stop(fr, en, output = '') {
  if (output) process.stderr.write(`${output.trimEnd()}\n`)
  say(fr, en)
  process.exit(1)
}

/** The Node 24 that the lock file brings, or the one running this if it is recent enough. */
function node24() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const bundled = at('node_modules', `node-${platform}-${process.arch}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(bundled)) return bundled
  return Number(process.versions.node.split('.')[0]) >= NEEDED ? process.execPath : undefined
}

/**
 * True when what stands in node_modules is what the lock names. npm keeps its own record of what it installed; comparing contents
 * rather than times survives a clone or a change of branch. Optional packages of other platforms are rightly absent, and so are
 * development packages after `npm ci --omit=dev` as long as nothing has to be built or tested.
 */
function isInstalled(lock, needsDevelopment) {
  const digest = sha256(lock) + (needsDevelopment ? ' all' : ' run')
  if (read(INSTALLED) === digest) return true
  const record = read(at('node_modules', '.package-lock.json'))
  if (!record) return false
  const have = JSON.parse(record).packages
  for (const [path, wanted] of Object.entries(JSON.parse(lock).packages)) {
    if (path === '') continue
    const found = have[path]
    if (found ? found.version !== wanted.version : !wanted.optional && !wanted.devOptional && (!wanted.dev || needsDevelopment)) return false
  }
  stamp(INSTALLED, digest)
  return true
}

function install() {
  say('Installation des dépendances (une minute environ)…', 'Installing the dependencies (about a minute)…')
  // The npm that called us knows its own Node: the one in node_modules is about to be removed and brought back.
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  const flags = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, shell: false }
  const done = npm && node && /\.c?js$/.test(npm) ? spawnSync(node, [npm, ...flags], options)
    : spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', flags, { ...options, shell: process.platform === 'win32' })
  if (done.status !== 0) {
    stop('L\'installation a échoué. Corrigez ce qui précède puis relancez.', 'The installation failed. Mend what is said above, then try again.', `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`)
  }
}

function filesUnder(path) {
  if (!existsSync(path)) return []
  let entries
  try { entries = readdirSync(path, { withFileTypes: true }) } catch { return [path] }
  return entries.flatMap((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]))
}

/** One digest of every file of these folders; tests aside. */
function digestOf(sources) {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const file of filesUnder(at(source)).sort()) {
      if (/\.test\.tsx?$|tsconfig\.json$/.test(file)) continue
      hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

function build(digest) {
  say('Construction de l\'application web…', 'Building the web application…')
  const node = node24()
  const vite = at('node_modules', 'vite', 'bin', 'vite.js')
  if (!node) stop(`Node ${NEEDED} est introuvable : installez-le.`, `Node ${NEEDED} was not found: install it.`)
  const path = `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`
  const done = spawnSync(node, [vite, 'build'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, PATH: path, NODE_ENV: 'production' } })
  if (done.status !== 0) stop('La construction a échoué.', 'The build failed.', `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`)
  stamp(BUILT, digest)
}

/** The migrated, empty database a first start copies: making it takes seconds, so it is made here, once for each set of migrations. */
function prepareCluster() {
  if (!existsSync(at('node_modules', '@electric-sql', 'pglite'))) return
  const digest = digestOf(MIGRATED)
  if (read(PREPARED) === digest) return
  say('Préparation de la base embarquée…', 'Preparing the embedded database…')
  const done = spawnSync(node24() ?? process.execPath, [at('tools', 'cluster.ts')], { cwd: root, encoding: 'utf8' })
  // Without it a first start is slower and nothing else: it is not worth stopping for.
  if (done.status === 0) stamp(PREPARED, digest)
  else say('La base embarquée sera préparée au premier démarrage.', 'The embedded database will be prepared at the first start.')
}

const mode = process.argv[2]
if (!['start', 'test', 'build'].includes(mode)) {
  process.stderr.write('node tools/prepare.mjs start|test|build\n')
  process.exit(2)
}
const lock = readFileSync(at('package-lock.json'), 'utf8')
const digest = digestOf(SOURCES)
const stale = mode === 'build' || !existsSync(at('dist', 'web', 'index.html')) || read(BUILT) !== digest
if (!isInstalled(lock, stale || mode === 'test')) install()
if (stale) build(digest)
if (mode !== 'build') prepareCluster()
