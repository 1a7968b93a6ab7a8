// Looks at the dependencies: `node tools/audit.ts` (exit 1 when something is wrong). Without network its own checks still run, and what the
// registry could not say is named as not run.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Installed = { readonly license?: unknown; readonly scripts?: Readonly<Record<string, string>> }
export type LockEntry = { readonly version?: string; readonly resolved?: string; readonly integrity?: string; readonly license?: string; readonly hasInstallScript?: boolean; readonly link?: boolean }
export type LockFile = { readonly lockfileVersion?: number; readonly packages: Readonly<Record<string, LockEntry>> }

const ROOT = join(import.meta.dirname, '..')
const REGISTRY = 'https://registry.npmjs.org/'

/** Licences that ask for no more than their notice. */
const ALLOWED = new Set(['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'Zlib', 'Python-2.0'])

/** Packages under another licence, with the reason why they may stay. */
export const LICENCE_EXCEPTIONS: readonly { readonly name: RegExp; readonly licence: string; readonly because: string }[] = [
  { name: /^lightningcss(-|$)/, licence: 'MPL-2.0', because: 'builds the styles and is not part of what is delivered; the MPL covers its own files only' },
  { name: /^axe-core$|^@axe-core\//, licence: 'MPL-2.0', because: 'checks accessibility in tests and is not delivered' },
  { name: /^caniuse-lite$/, licence: 'CC-BY-4.0', because: 'data read when the web application is built; its authors are named in the package' },
  { name: /^@fontsource-variable\/inter$/, licence: 'OFL-1.1', because: 'the typeface, delivered whole and under its name, as its licence asks' },
]

/** Vulnerabilities that were looked at and do not concern us, until a day. */
export const ACCEPTED: readonly { readonly advisory: string; readonly until: string; readonly because: string }[] = []

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** SPDX: one of what stands between OR, all of what stands between AND. */
export function isAllowed(licence: string): boolean {
  const expression = licence.replaceAll(/[()]/g, '')
  return expression.split(/\s+OR\s+/).some((choice) => choice.split(/\s+AND\s+/).every((one) => ALLOWED.has(one.trim())))
}

function licenceFault(name: string, licence: string): string | undefined {
  if (isAllowed(licence)) return undefined
  return LICENCE_EXCEPTIONS.some((exception) => exception.name.test(name) && exception.licence === licence) ? undefined : `${name}: licence ${licence || 'unknown'}: choose another package, or argue an exception in tools/audit.ts`
}

/** What is wrong with the lock file and with what is installed. `installed` gives the package.json of a path, or undefined. */
export function faultsOf(lock: LockFile, installed: (path: string) => Installed | undefined): string[] {
  const faults: string[] = []
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '') continue
    const name = nameOf(path)
    if (entry.link === true) faults.push(`${name}: a link to a folder: depend on a published version`)
    if (!entry.integrity?.startsWith('sha512-')) faults.push(`${name}: no SHA-512 in the lock: run npm run lock`)
    if (entry.resolved !== undefined && !entry.resolved.startsWith(REGISTRY)) faults.push(`${name}: comes from ${entry.resolved}: take it from the public registry`)
    const manifest = installed(path)
    const script = ['preinstall', 'install', 'postinstall'].find((one) => manifest?.scripts?.[one] !== undefined)
    if (entry.hasInstallScript === true || script !== undefined) faults.push(`${name}: runs ${script ?? 'a script'} when it is installed: choose another package`)
    const licence = typeof manifest?.license === 'string' ? manifest.license : entry.license ?? ''
    const fault = licenceFault(name, licence)
    if (fault) faults.push(fault)
  }
  return faults
}

type Advisory = { readonly url?: string; readonly title?: string; readonly severity?: string }
export type NpmAudit = { readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly via: readonly (string | Advisory)[] }>>; readonly message?: string; readonly error?: unknown }
const SERIOUS = new Set(['high', 'critical'])

/** What the registry knows: `faults` stop the build, `notes` are only told. Undefined when it did not answer. */
export function vulnerabilitiesOf(report: NpmAudit, today: string): { readonly faults: string[]; readonly notes: string[] } | undefined {
  if (report.vulnerabilities === undefined) return undefined
  const faults: string[] = []
  const notes: string[] = []
  for (const [name, { via }] of Object.entries(report.vulnerabilities)) {
    for (const advisory of via) {
      if (typeof advisory === 'string') continue
      const line = `${name}: ${advisory.severity}: ${advisory.title} (${advisory.url})`
      const accepted = ACCEPTED.some((one) => advisory.url?.endsWith(one.advisory) === true && one.until >= today)
      if (SERIOUS.has(advisory.severity ?? '') && !accepted) faults.push(line)
      else notes.push(line)
    }
  }
  return { faults, notes }
}

function askRegistry(): { readonly report: NpmAudit; readonly silent: string } {
  const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: ROOT, encoding: 'utf8', timeout: 60_000 })
  try {
    const report = JSON.parse(stdout) as NpmAudit
    return { report, silent: report.message ?? 'the registry gave no list' }
  } catch {
    return { report: {}, silent: error?.message ?? 'npm gave no answer' }
  }
}

function installedAt(path: string): Installed | undefined {
  try {
    return JSON.parse(readFileSync(join(ROOT, path, 'package.json'), 'utf8')) as Installed
  } catch {
    return undefined
  }
}

if (import.meta.main) {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as LockFile
  const faults = faultsOf(lock, installedAt)
  const { report, silent } = askRegistry()
  const known = vulnerabilitiesOf(report, new Date().toISOString().slice(0, 10))
  for (const note of known?.notes ?? []) console.log(`note: ${note}`)
  for (const fault of [...faults, ...(known?.faults ?? [])]) console.error(fault)
  console.log(`${Object.keys(lock.packages).length - 1} packages: integrity, origin, install scripts, licences checked`)
  console.log(known ? 'npm audit: run' : `npm audit: not run: ${silent}`)
  if (faults.length + (known?.faults.length ?? 0) > 0) process.exitCode = 1
}
