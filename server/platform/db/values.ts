// How values cross the seam, written once so that both engines give the same JavaScript value for the same SQL value.

type Parse = (text: string) => unknown

/** What a caller wants back: `product` is this code base, `library` is a dependency that expects the usual PostgreSQL driver (int8 as text, instants as Date). */
export type Shape = 'product' | 'library'

const INSTANT = /^(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00(?::00)?)?$/

/** 'YYYY-MM-DD hh:mm:ss.ffffff' with or without a zone, into ISO 8601 with six decimals, so that texts sort like the instants they are. */
function isoText(text: string, suffix: string): string {
  const parts = INSTANT.exec(text)
  if (!parts) return text
  return `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}.${(parts[5] ?? '').padEnd(6, '0')}${suffix}`
}

/** A session in another time zone writes another offset: the six decimals are kept and the rest is moved to UTC. */
function instantText(text: string): string {
  if (INSTANT.test(text)) return isoText(text, 'Z')
  const parts = /^(\S+) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?([+-]\d\d)(?::?(\d\d))?$/.exec(text)
  if (!parts) return text
  const moved = new Date(`${parts[1]}T${parts[2]}${parts[4]}:${parts[5] ?? '00'}`)
  return Number.isNaN(moved.getTime()) ? text : `${moved.toISOString().slice(0, 19)}.${(parts[3] ?? '').padEnd(6, '0')}Z`
}

/** The usual driver's reading of an instant; 'infinity' stays text. */
function instantDate(text: string): unknown {
  const iso = instantText(text)
  return iso.endsWith('Z') ? new Date(iso) : text
}

function bytes(text: string): Uint8Array {
  return Buffer.from(text.slice(2), 'hex')
}

const asIs: Parse = (text) => text
const json: Parse = (text) => JSON.parse(text) as unknown

/** Element type, its array type, and how its text is read. Object identifiers are those of PostgreSQL's catalogue and never change. */
function table(shape: Shape): readonly (readonly [oid: number, arrayOid: number, parse: Parse])[] {
  return [
    [16, 1000, (text) => text === 't'], [17, 1001, bytes], [20, 1016, shape === 'product' ? BigInt : asIs],
    [21, 1005, Number], [23, 1007, Number], [26, 1028, Number], [700, 1021, Number], [701, 1022, Number],
    [114, 199, json], [3802, 3807, json],
    [1082, 1182, asIs], [1083, 1183, asIs], [1114, 1115, (text) => isoText(text, '')], [1184, 1185, shape === 'product' ? instantText : instantDate],
    [1700, 1231, asIs], [2950, 2951, asIs],
    [18, 1002, asIs], [19, 1003, asIs], [25, 1009, asIs], [1042, 1014, asIs], [1043, 1015, asIs], [1186, 1187, asIs], [1266, 1270, asIs], [869, 1041, asIs],
  ]
}

/** One array in PostgreSQL's text form, nested arrays included. */
export function parseArray(text: string, parse: Parse): unknown[] {
  // An array whose first index is not 1 is written '[2:3]={...}'.
  let at = text.indexOf('{')
  const element = (): unknown => {
    if (text[at] === '{') return list()
    if (text[at] !== '"') {
      const start = at
      while (at < text.length && text[at] !== ',' && text[at] !== '}') at += 1
      const word = text.slice(start, at)
      return word === 'NULL' ? null : parse(word)
    }
    let word = ''
    for (at += 1; text[at] !== '"'; at += 1) {
      if (text[at] === '\\') at += 1
      word += text[at]
    }
    at += 1
    return parse(word)
  }
  const list = (): unknown[] => {
    const items: unknown[] = []
    at += 1
    while (text[at] !== '}') {
      items.push(element())
      if (text[at] === ',') at += 1
    }
    at += 1
    return items
  }
  return list()
}

function parsersFor(shape: Shape): Readonly<Record<number, Parse>> {
  const parsers: Record<number, Parse> = {}
  for (const [oid, arrayOid, parse] of table(shape)) {
    parsers[oid] = parse
    parsers[arrayOid] = (text) => parseArray(text, parse)
  }
  return parsers
}

/** How to read each column type, by object identifier. A type that is not named is given as PostgreSQL's own text. */
export const PARSERS: Readonly<Record<Shape, Readonly<Record<number, Parse>>>> = { product: parsersFor('product'), library: parsersFor('library') }

/** One element. Numbers and truth values need no quotes; a text is always quoted, so that NULL, blanks and braces are only text. */
function elementText(item: unknown): string {
  switch (typeof item) {
    case 'string': return item.includes('\\') || item.includes('"') ? `"${item.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : `"${item}"`
    case 'bigint': case 'number': case 'boolean': return String(item)
    default:
      if (item === null || item === undefined) return 'NULL'
      if (Array.isArray(item)) return arrayText(item)
      if (item instanceof Uint8Array) return `"\\\\x${(Buffer.isBuffer(item) ? item : Buffer.from(item.buffer, item.byteOffset, item.byteLength)).toString('hex')}"`
      return elementText(encode(item))
  }
}

/** Batches send tens of thousands of elements: they are added one after the other to one text. */
function arrayText(items: readonly unknown[]): string {
  if (items.length === 0) return '{}'
  let text = `{${elementText(items[0])}`
  for (let at = 1; at < items.length; at += 1) text += `,${elementText(items[at])}`
  return `${text}}`
}

/** A parameter as it is sent: text, bytes or null. Arrays become PostgreSQL arrays; a jsonb value is stringified by the caller. */
export function encode(value: unknown): string | Uint8Array | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return arrayText(value)
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}
