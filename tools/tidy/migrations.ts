import { createHash } from 'node:crypto'
import type { Finding, Project } from './source.ts'

/** One line per migration that has been published: its SHA-256 and its name. */
export const SEALS = 'tools/tidy/migrations.sha256'
const FOLDER = 'server/migrations/'
const NAME = /^\d{4}_[a-z]+_[a-z0-9_]+\.sql$/
const CREATED = /^\s*create table (?:if not exists )?app\.(\w+)\s*\(/i
const RULE = 'migration'

const filesOf = (project: Project): string[] => project.files.filter((file) => file.startsWith(FOLDER) && file.endsWith('.sql'))
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

function sealsOf(project: Project): Map<string, string> {
  if (!project.files.includes(SEALS)) return new Map()
  return new Map(project.read(SEALS).split('\n').filter(Boolean).map((line) => [line.slice(66), line.slice(0, 64)]))
}

function isProtected(sql: string, table: string): boolean {
  if (new RegExp(`app\\.protect\\('${table}'`).test(sql)) return true
  return new RegExp(`alter table app\\.${table}\\s+enable row level security`, 'i').test(sql) && new RegExp(`alter table app\\.${table}\\s+force row level security`, 'i').test(sql)
}

function tablesOf(file: string, sql: string): Finding[] {
  return sql.split('\n').flatMap((text, index) => {
    const table = CREATED.exec(text)?.[1]
    if (!table) return []
    const at = { file, line: index + 1, rule: RULE }
    const rest = sql.split('\n').slice(index).join('\n')
    const body = rest.slice(0, rest.search(/^\)/m))
    const primary = /primary key\s*\(\s*(\w+)/i.exec(body)?.[1] ?? /^\s*(\w+)[^\n]*\bprimary key/im.exec(body.slice(body.indexOf('\n')))?.[1]
    return [
      ...(/^\s*tenant_id uuid/m.test(body) ? [] : [{ ...at, say: `app.${table} has no tenant_id: every row of schema app belongs to a tenant` }]),
      ...(isProtected(sql, table) ? [] : [{ ...at, say: `app.${table} is not protected: add select app.protect('${table}') in the same file` }]),
      ...(primary === 'tenant_id' ? [] : [{ ...at, say: `the primary key of app.${table} must start with tenant_id` }]),
    ]
  })
}

/** Migrations are named by number and owner, protect their tables, and never change once sealed. */
export function migrations(project: Project): Finding[] {
  const seals = sealsOf(project)
  const numbers = new Map<string, string>()
  const findings: Finding[] = []
  for (const file of filesOf(project)) {
    const name = file.slice(FOLDER.length)
    const at = { file, line: 1, rule: RULE }
    if (!NAME.test(name)) findings.push({ ...at, say: 'name it NNNN_module_what_it_does.sql' })
    const twin = numbers.get(name.slice(0, 4))
    if (twin) findings.push({ ...at, say: `takes the number of ${twin}: take the next free one` })
    numbers.set(name.slice(0, 4), name)
    const seal = seals.get(name)
    if (seal === undefined) findings.push({ ...at, say: 'not sealed yet: run node tools/tidy.ts --seal when it is final' })
    else if (seal !== digestOf(project.read(file))) findings.push({ ...at, say: 'a sealed migration was edited: put it back and write a new one' })
    findings.push(...tablesOf(file, project.read(file)))
  }
  for (const name of seals.keys()) {
    if (!project.files.includes(FOLDER + name)) findings.push({ file: SEALS, line: 1, rule: RULE, say: `${name} was removed: a sealed migration stays` })
  }
  return findings
}

/** The text of the seals with the migrations that have none yet; what is sealed keeps its seal. */
export function seal(project: Project): string {
  const seals = sealsOf(project)
  for (const file of filesOf(project)) {
    const name = file.slice(FOLDER.length)
    if (!seals.has(name)) seals.set(name, digestOf(project.read(file)))
  }
  return [...seals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, digest]) => `${digest}  ${name}\n`).join('')
}
