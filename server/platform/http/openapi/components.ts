import type { Schema, SchemaNames } from './names.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Document = { openapi: string; info: Json; paths: Record<string, Record<string, Operation>>; components: Record<string, Record<string, Json>>; tags?: Json; [key: string]: unknown }
export type Operation = { operationId: string; tags?: string[]; security?: Json; parameters?: { name: string; in: string; [key: string]: Json }[]; requestBody?: { content: Record<string, { schema: Json; example?: Json }> }; responses: Record<string, { description?: string; headers?: Json; content?: Record<string, { schema: Json; example?: Json }>; $ref?: string }>; [key: string]: unknown }

const TEXTS = new WeakMap<object, string>()

function written(value: object): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`
  return `{${Object.entries(value).filter(([, item]) => item !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => `${JSON.stringify(key)}:${textOf(item)}`).join(',')}}`
}

/** A schema written the same way whatever the order of its words. */
function textOf(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const known = TEXTS.get(value)
  if (known !== undefined) return known
  const text = written(value)
  TEXTS.set(value, text)
  return text
}

type Known = { readonly name: string; readonly schema: Schema }

/** Writes each schema of the contract once, under components, and names it wherever it stands. */
export function nameSchemas(paths: Json, names: SchemaNames): { paths: Json; schemas: Record<string, Json> } {
  const byText = new Map<string, Known>()
  for (const [name, schema] of names.schemas) {
    const text = textOf(schema)
    // Of two names for one shape the shorter serves where nothing tells them apart; a title does at the top of a body.
    const known = byText.get(text)
    if (!known || name.length < known.name.length) byText.set(text, { name, schema })
    byText.set(textOf({ ...schema, title: name }), { name, schema })
  }
  const used = new Map<string, Json>()
  const walk = (node: Json, own?: string): Json => {
    if (Array.isArray(node)) return node.map((item) => walk(item))
    if (node === null || typeof node !== 'object') return node
    const known = 'type' in node || 'anyOf' in node || 'allOf' in node ? byText.get(textOf(node)) : undefined
    if (known && known.name !== own) {
      if (!used.has(known.name)) {
        // Noted before its parts are looked at, so that a schema that holds itself ends.
        used.set(known.name, null)
        used.set(known.name, { title: known.name, ...walk(known.schema as Json, known.name) as Record<string, Json> })
      }
      return { $ref: `#/components/schemas/${known.name}` }
    }
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, key === 'example' || key === 'examples' || key === 'enum' || key === 'default' ? item : walk(item)]))
  }
  const named = walk(paths)
  return { paths: named, schemas: Object.fromEntries([...used].sort(([a], [b]) => (a < b ? -1 : 1))) }
}
