/** A tag as it was met: its local name and its attributes. One object for every occurrence written the same way. */
export type Tag = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** What stands between `<` and the end of the tag, `>` included. */
  readonly written: string
  /** How it must be closed, from the slash on. */
  readonly closing: string
  /** The same two as codes: comparing numbers is what reading a tag mostly costs. */
  readonly writtenCodes: Uint16Array
  readonly closingCodes: Uint16Array
  readonly isEmpty: boolean
  /** What was opened last time just inside it, and just after it. */
  readonly inside: Guess
  readonly after: Guess
}

/** Files repeat themselves: a guess that holds costs less than a look-up. */
export type Guess = { tag: Tag | null }

const ENTITIES: ReadonlyMap<string, string> = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', '\''], ['nbsp', ' ']])
const NAME = /^[A-Za-z_][\w.:-]*/
/** A reference between `&` and `;`, or a lone `&`. */
export const REFERENCE = /&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{0,31});|&/gi

/** What one reference stands for: `#233`, `#xe9` or a name of the list. Undefined when it is unknown. */
export function entityOf(reference: string): string | undefined {
  if (!reference.startsWith('#')) return ENTITIES.get(reference)
  const isHex = /^#x/i.test(reference)
  const code = parseInt(reference.slice(isHex ? 2 : 1), isHex ? 16 : 10)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [, name, double, single] of text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) attributes[name!.slice(name!.indexOf(':') + 1)] = double ?? single ?? ''
  return attributes
}

/** Where the first `>` outside of quotes stands, -1 when there is none. In double quotes an apostrophe is a letter, and the other way round. */
export function tagEnd(text: string): number {
  let quote = ''
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '>') return at
    else if (character === '"' || character === '\'') quote = character
  }
  return -1
}

const codesOf = (text: string): Uint16Array => Uint16Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))

/** Reads what stands between `<` and `>`. Undefined when it is no tag. */
export function tagOf(inside: string): Tag | undefined {
  const name = NAME.exec(inside)?.[0]
  if (name === undefined) return undefined
  const isEmpty = inside.endsWith('/')
  const rest = inside.slice(name.length, isEmpty ? -1 : undefined)
  if (rest !== '' && !/^\s/.test(rest)) return undefined
  // The key of an object is a string the engine knows by its address: names are then compared at once, whoever reads them.
  const local = Object.keys({ [name.slice(name.indexOf(':') + 1)]: 0 })[0]!
  return { name: local, attributes: rest.trim() === '' ? {} : attributesOf(rest), written: `${inside}>`, closing: `/${name}>`, isEmpty, writtenCodes: codesOf(`${inside}>`), closingCodes: codesOf(`/${name}>`), inside: { tag: null }, after: { tag: null } }
}
