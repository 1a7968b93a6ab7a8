/** As the database will give it back: it keeps neither a NUL character nor half of a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '\ufffd')
}

/** A value as JSON with the keys of every object in order, so that the same content always gives the same text. Undefined fields are left out; bigint is written as a text. */
export function canonicalJson(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'bigint') return JSON.stringify(value.toString())
  if (value instanceof Date) return JSON.stringify(value.toISOString())
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object') {
    const fields = Object.entries(value).filter(([, item]) => item !== undefined).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${fields.map(([key, item]) => `${JSON.stringify(storable(key))}:${canonicalJson(item)}`).join(',')}}`
  }
  return JSON.stringify(typeof value === 'string' ? storable(value) : value)
}
