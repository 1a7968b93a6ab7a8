import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export type Schema = { readonly [key: string]: unknown }

/** The schemas that the contract exports, by their name there: the same names serve in the description and in the client. */
export type SchemaNames = {
  /** The name of this very object. */
  readonly ofObject: ReadonlyMap<object, string>
  /** The schema of each name, as plain data. */
  readonly schemas: ReadonlyMap<string, Schema>
}

const CONTRACT = join(import.meta.dirname, '..', '..', '..', '..', 'contract')
/** Words of a field rather than things: written where they stand. */
const INLINE = /(?:Query|Params)$/

function isSchema(value: unknown): value is Schema {
  return value !== null && typeof value === 'object' && ('type' in value || 'anyOf' in value || 'allOf' in value)
}

let names: Promise<SchemaNames> | undefined

async function load(): Promise<SchemaNames> {
  const ofObject = new Map<object, string>()
  const schemas = new Map<string, Schema>()
  for (const file of readdirSync(CONTRACT).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort()) {
    const exported = await import(pathToFileURL(join(CONTRACT, file)).href) as Record<string, unknown>
    for (const name of Object.keys(exported).sort()) {
      const value = exported[name]
      if (!isSchema(value) || !/^[A-Z]/.test(name) || INLINE.test(name) || ofObject.has(value)) continue
      const unique = schemas.has(name) ? `${name}Of${file.replace(/\.ts$/, '').replaceAll(/(?:^|-)(\w)/g, (_whole, letter: string) => letter.toUpperCase())}` : name
      ofObject.set(value, unique)
      schemas.set(unique, JSON.parse(JSON.stringify(value)) as Schema)
    }
  }
  return { ofObject, schemas }
}

/** Read once, when someone first asks for the description. */
export function contractNames(): Promise<SchemaNames> {
  return names ??= load()
}
