import { moduleOf } from './walls.ts'
import { exportedFunctions } from './style.ts'
import { childrenOf, nameOf, walk, type Finding, type Node, type Project, type Source } from './source.ts'

/** How a use-case is recognised: an exported function of a module, outside these files, that takes a context and opens its own transaction. One that is given a transaction works for a use-case that asked already. */
export const USE_CASE = { context: 'ctx', transaction: 'tx', guard: 'authorize', otherFiles: /\/(index|routes|store|jobs|views|types|schema)(-[a-z0-9-]+)?\.ts$|-(store|routes|jobs)\.ts$/ }

function calls(node: Node, name: string): boolean {
  if (node.type === 'CallExpression' && nameOf(node['callee']) === name) return true
  return !/Function/.test(node.type) && childrenOf(node).some((child) => calls(child, name))
}

/** A use-case begins with authorize(). */
export function useCases(project: Project): Finding[] {
  return project.sources.filter((source) => moduleOf(source.file) && !source.isTest && !USE_CASE.otherFiles.test(source.file)).flatMap((source) =>
    exportedFunctions(source).flatMap(({ name, fn }) => {
      const parameters = (fn['params'] as readonly Node[]).map(nameOf)
      if (!parameters.includes(USE_CASE.context) || parameters.includes(USE_CASE.transaction)) return []
      const body = fn['body'] as Node
      const opening = body.type === 'BlockStatement' ? (body['body'] as readonly Node[])[0] : body
      if (opening && calls(opening, USE_CASE.guard)) return []
      return [{ file: source.file, line: source.lineOf(fn.start), rule: 'authorize', say: `begin ${name} with ${USE_CASE.guard}(${USE_CASE.context}, 'resource.verb'), so that every way in asks for the same permission` }]
    }))
}

const MIGRATION = /^server\/migrations\/(\d{4})_([a-z]+)_[a-z0-9_]+\.sql$/
const CREATED = /^\s*create table (?:if not exists )?(\w+)\.(\w+)/gim

/** Tables of schema app with the module that owns them: the word after the number of the migration that creates them. */
export function tableOwners(project: Project): Map<string, string> {
  const owners = new Map<string, string>()
  for (const file of project.files) {
    const owner = MIGRATION.exec(file)?.[2]
    if (!owner) continue
    for (const [, schema, table] of project.read(file).matchAll(CREATED)) if (schema === 'app' && table) owners.set(table, owner)
  }
  return owners
}

const WRITES = /\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?(?:app\.)?"?([a-z_]+)"?/gi
const BUILDER = /^(insertInto|updateTable|deleteFrom|mergeInto)$/

function textsOf(node: Node): string | undefined {
  if (node.type === 'Literal') return nameOf(node)
  if (node.type !== 'TemplateLiteral') return undefined
  return (node['quasis'] as readonly Node[]).map((quasi) => String((quasi['value'] as { cooked?: string }).cooked ?? '')).join(' $ ')
}

function written(node: Node): string[] {
  if (node.type === 'CallExpression') {
    const callee = node['callee'] as Node
    const table = nameOf((node['arguments'] as readonly Node[])[0])
    return table && BUILDER.test(nameOf(callee['property']) ?? '') ? [table.split(/[.\s]/).filter((part) => part !== 'app')[0] ?? ''] : []
  }
  return [...(textsOf(node) ?? '').matchAll(WRITES)].map((match) => match[1] ?? '')
}

function mayWrite(file: string, owner: string): boolean {
  if (owner === 'platform') return file.startsWith('server/platform/')
  return new RegExp(`^server/(modules|platform)/${owner}/(.*/)?(store(-[a-z0-9-]+)?|[a-z0-9-]+-store)\\.ts$`).test(file)
}

function ownershipOf(source: Source, owners: ReadonlyMap<string, string>): Finding[] {
  const findings: Finding[] = []
  walk(source.program, (node) => {
    for (const table of written(node)) {
      const owner = owners.get(table)
      if (owner === undefined || mayWrite(source.file, owner)) continue
      findings.push({ file: source.file, line: source.lineOf(node.start), rule: 'table-owner', say: `app.${table} belongs to ${owner}: call a use-case of ${owner}, or write it in a store of its own (store.ts, x-store.ts)` })
    }
  })
  return findings
}

/** Only its owner's store writes a table. */
export function ownership(project: Project): Finding[] {
  const owners = tableOwners(project)
  return project.sources.filter((source) => source.file.startsWith('server/') && !source.isTest).flatMap((source) => ownershipOf(source, owners))
}
