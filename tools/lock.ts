// Completes package-lock.json after an install: `node tools/lock.ts`, or `node tools/lock.ts --check` to only tell (exit 1 when something is missing).
// npm may drop from the lock the optional packages of other platforms, and `npm ci` then refuses the lock. Addresses of private hosts leave the lock too.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type LockPackage = {
  version?: string
  resolved?: string
  integrity?: string
  optional?: boolean
  optionalDependencies?: Record<string, string>
  os?: string[]
  cpu?: string[]
  libc?: string[]
}
export type Lock = { packages: Record<string, LockPackage> }
export type Completed = { readonly lock: Lock; readonly added: readonly string[]; readonly unhosted: readonly string[]; readonly unresolved: readonly string[] }

const PUBLIC_HOST = 'https://registry.npmjs.org/'
const LIBC: Readonly<Record<string, string[]>> = { gnu: ['glibc'], musl: ['musl'], gnueabihf: ['glibc'] }
const PLATFORM = /-(android|darwin|freebsd|linux|win32)-(arm64|arm|x64|ia32|riscv64|ppc64|s390x)(?:-(\w+))?$/

/** True when a package placed at `from` finds `name` in its own node_modules or in one above, as Node resolves it. */
function isPlaced(packages: Lock['packages'], from: string, name: string): boolean {
  for (let at = from; ;) {
    if (packages[at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`]) return true
    if (at === '') return false
    const above = at.lastIndexOf('/node_modules/')
    at = above < 0 ? '' : at.slice(0, above)
  }
}

/**
 * The same lock with the missing platform packages placed, and without addresses of private hosts (integrity stays; npm then asks
 * the host that it is configured for). `unresolved` names optional packages that are missing and cannot be derived.
 */
export function completeLock(lock: Lock): Completed {
  const packages = { ...lock.packages }
  const added: string[] = []
  const unhosted: string[] = []
  const unresolved: string[] = []
  for (const [at, entry] of Object.entries(lock.packages)) {
    if (entry.resolved?.startsWith('http') && !entry.resolved.startsWith(PUBLIC_HOST)) {
      const { resolved: _, ...rest } = entry
      packages[at] = rest
      unhosted.push(at)
    }
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isPlaced(packages, at, name)) continue
      const match = PLATFORM.exec(name)
      if (!match || !/^\d+\.\d+\.\d+/.test(version)) { unresolved.push(name); continue }
      const [, os = '', cpu = '', abi = ''] = match
      const libc = os === 'linux' ? LIBC[abi] : undefined
      packages[`node_modules/${name}`] = { version, cpu: [cpu], ...(libc ? { libc } : {}), optional: true, os: [os] }
      added.push(name)
    }
  }
  const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
  return { lock: { ...lock, packages: sorted }, added, unhosted, unresolved }
}

function main(checkOnly: boolean): number {
  const path = join(import.meta.dirname, '..', 'package-lock.json')
  const { lock, added, unhosted, unresolved } = completeLock(JSON.parse(readFileSync(path, 'utf8')) as Lock)
  for (const name of unresolved) console.error(`package-lock.json: ${name} is optional, absent, and names no platform: install it by hand`)
  if (added.length === 0 && unhosted.length === 0) {
    console.log('package-lock.json is complete')
    return unresolved.length > 0 ? 1 : 0
  }
  console.log(`package-lock.json: ${added.length} platform packages ${checkOnly ? 'missing' : 'added'}, ${unhosted.length} private addresses ${checkOnly ? 'present' : 'removed'}`)
  if (checkOnly) return 1
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  return unresolved.length > 0 ? 1 : 0
}

if (import.meta.main) process.exitCode = main(process.argv.includes('--check'))
