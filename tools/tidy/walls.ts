import { posix } from 'node:path'
import type { Finding, Import, Project, Source } from './source.ts'

/** A module of the server calls only those on its left. */
export const MODULES = ['audit', 'identity', 'ledger', 'party', 'timesheet', 'delivery', 'invoicing', 'banking', 'sync', 'merchants', 'reconciliation', 'categories', 'budgets', 'analytics', 'dunning', 'tax', 'reporting', 'forecast', 'assistant', 'webhooks', 'operations', 'demo']

/** `to`: folders (ending with a slash) or files that a folder may import besides itself. `packages`: npm packages, undefined when any. */
type Wall = { readonly from: string; readonly to: readonly string[]; readonly packages?: readonly string[]; readonly typesFrom?: readonly string[] }

/** The first wall whose folder holds a file is its wall; files of no wall (tests, tools, bench, configuration) import anything. */
const WALLS: readonly Wall[] = [
  { from: 'core/', to: [], packages: [] },
  { from: 'formats/', to: ['core/'], packages: ['iconv-lite', 'saxes', 'papaparse'] },
  { from: 'contract/', to: [], packages: ['typebox'], typesFrom: ['core/'] },
  { from: 'connectors/', to: ['core/', 'formats/', 'contract/'] },
  { from: 'server/platform/', to: ['core/kernel/', 'core/access/', 'contract/', 'connectors/port.ts'] },
  { from: 'server/modules/', to: ['core/', 'formats/', 'contract/', 'server/platform/'] },
  { from: 'server/entry/', to: ['core/', 'formats/', 'contract/', 'server/platform/', 'server/modules/', 'connectors/registry.ts', 'package.json'] },
  { from: 'web/ui/', to: ['core/', 'contract/', 'web/lib/', 'web/locales/'] },
  { from: 'client/', to: [], packages: [] },
  { from: 'web/lib/', to: ['core/', 'contract/', 'client/', 'web/locales/'] },
  { from: 'web/locales/', to: ['core/', 'contract/', 'web/lib/'] },
  { from: 'web/features/', to: ['core/', 'contract/', 'web/ui/', 'web/lib/', 'web/locales/'] },
  { from: 'web/', to: ['core/', 'contract/'] },
]

/** The file that a relative import names, as a path from the root; undefined for a package. */
export function target(file: string, from: string): string | undefined {
  return from.startsWith('.') ? posix.join(posix.dirname(file), from) : undefined
}

function packageOf(from: string): string {
  return from.split('/').slice(0, from.startsWith('@') ? 2 : 1).join('/')
}

/** 'server/modules/ledger/store.ts' -> 'ledger'; undefined elsewhere. */
export function moduleOf(file: string): string | undefined {
  return /^server\/modules\/([^/]+)\//.exec(file)?.[1]
}

const within = (path: string, folders: readonly string[]): boolean => folders.some((folder) => (folder.endsWith('/') ? path.startsWith(folder) : path === folder))

function betweenModules(file: string, to: string): string | undefined {
  const [caller, called] = [moduleOf(file), moduleOf(to)]
  if (caller === undefined || called === undefined || caller === called) return undefined
  const [left, right] = [MODULES.indexOf(called), MODULES.indexOf(caller)]
  if (right < 0) return `add the module ${caller} to the order of modules in tools/tidy/walls.ts`
  if (left < 0) return `add the module ${called} to the order of modules in tools/tidy/walls.ts`
  if (left > right) return `${caller} may not call ${called}, which is above it: write an event row in the same transaction and let a job of ${called} react`
  return to === `server/modules/${called}/index.ts` ? undefined : `import ${called} through server/modules/${called}/index.ts`
}

function refusal(source: Source, wall: Wall, seen: Import): string | undefined {
  const to = target(source.file, seen.from)
  if (to === undefined) {
    if (seen.from.startsWith('node:')) return wall.packages || wall.from.startsWith('web/') ? `${wall.from} has no access to ${seen.from}: pass what it gives as a parameter` : undefined
    const name = packageOf(seen.from)
    return !wall.packages || wall.packages.includes(name) ? undefined : `${wall.from} may not import the package ${name}: pass what it gives as a parameter, or move the code outwards`
  }
  const between = betweenModules(source.file, to)
  if (between) return between
  if (moduleOf(source.file) && moduleOf(to)) return undefined
  const own = /^((?:connectors|web\/features)\/[^/]+\/)/.exec(source.file)?.[1] ?? wall.from
  if (to.startsWith(own) || within(to, wall.to)) return undefined
  if (wall.from === 'connectors/' && (to === 'connectors/port.ts' || source.file === 'connectors/registry.ts')) return undefined
  if (wall.typesFrom && within(to, wall.typesFrom)) return seen.typeOnly ? undefined : `${wall.from} takes only types from ${to}: write "import type"`
  const reached = [...wall.to, ...(wall.typesFrom ?? [])].join(', ')
  return `${own} may not import ${to}: it reaches ${reached || 'only itself'}`
}

/** Who may import whom. */
export function walls(project: Project): Finding[] {
  return project.sources.filter((source) => !source.isTest).flatMap((source) => {
    const wall = WALLS.find(({ from }) => source.file.startsWith(from))
    if (!wall || /\.config\.ts$/.test(source.file)) return []
    return source.imports.flatMap((seen) => {
      const say = refusal(source, wall, seen)
      return say ? [{ file: source.file, line: seen.line, rule: 'import-wall', say }] : []
    })
  })
}

/** Files that import each other when they are loaded. Types are erased and lazy imports wait, so neither counts. */
export function cycles(project: Project): Finding[] {
  const graph = new Map(project.sources.map((source) => [source.file, source.imports.flatMap((seen) => {
    const to = target(source.file, seen.from)
    return to && !seen.typeOnly && !seen.lazy ? [{ to, line: seen.line }] : []
  })]))
  const state = new Map<string, 'open' | 'done'>()
  const path: string[] = []
  const findings: Finding[] = []
  const visit = (file: string): void => {
    state.set(file, 'open')
    path.push(file)
    for (const { to, line } of graph.get(file) ?? []) {
      if (state.get(to) === 'open') {
        findings.push({ file, line, rule: 'cycle', say: `${[...path.slice(path.indexOf(to)), to].join(' -> ')}: move what both need into a file of its own` })
      } else if (graph.has(to) && !state.has(to)) visit(to)
    }
    path.pop()
    state.set(file, 'done')
  }
  for (const file of graph.keys()) if (!state.has(file)) visit(file)
  return findings
}
