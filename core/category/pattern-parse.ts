import type { Text } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { fold } from '../matching/normalise.ts'

/** A pattern as a tree. Characters are compared with folded text: capitals without accents. */
export type PatternNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'char'; readonly accepts: (code: number) => boolean }
  | { readonly kind: 'assert'; readonly at: 'start' | 'end' | 'word' }
  | { readonly kind: 'all' | 'any'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly node: PatternNode; readonly min: number; readonly max: number | null }

class Unreadable extends Error {
  readonly said: Text
  constructor(fr: string, en: string) {
    super(en)
    this.said = { fr, en }
  }
}

const between = (from: number, to: number) => (code: number): boolean => code >= from && code <= to
const DIGIT = between(48, 57)
const WORD = (code: number): boolean => DIGIT(code) || between(65, 90)(code) || code === 95
const SPACE = (code: number): boolean => code === 32 || code === 9 || code === 160
const not = (accepts: (code: number) => boolean) => (code: number): boolean => !accepts(code)
const ESCAPED: Readonly<Record<string, (code: number) => boolean>> = { d: DIGIT, D: not(DIGIT), w: WORD, W: not(WORD), s: SPACE, S: not(SPACE) }
const COUNT_MAX = 1_000
const DEPTH_MAX = 50

/** The source and the place in it that is read next. */
type Reading = { readonly source: string; at: number; depth: number }

function literal(character: string): PatternNode {
  const nodes = [...fold(character)].map((one): PatternNode => { const wanted = one.charCodeAt(0); return { kind: 'char', accepts: (code) => code === wanted } })
  return nodes.length === 1 ? nodes[0]! : { kind: 'all', nodes }
}

function readClass(reading: Reading): PatternNode {
  const { source } = reading
  const negated = source[reading.at] === '^'
  if (negated) reading.at += 1
  const parts: ((code: number) => boolean)[] = []
  const one = (): string | ((code: number) => boolean) => {
    const character = source[reading.at++]!
    if (character !== '\\') return character
    const escaped = source[reading.at++]
    if (escaped === undefined) throw new Unreadable('elle finit par une barre oblique', 'it ends with a backslash')
    return ESCAPED[escaped] ?? escaped
  }
  for (let first = true; source[reading.at] !== ']' || first; first = false) {
    if (reading.at >= source.length) throw new Unreadable('un crochet n\'est pas fermé', 'a bracket is not closed')
    const from = one()
    if (typeof from !== 'string') { parts.push(from); continue }
    const isRange = source[reading.at] === '-' && source[reading.at + 1] !== ']' && reading.at + 1 < source.length
    if (isRange) reading.at += 1
    const to = isRange ? one() : from
    if (typeof to !== 'string' || to < from) throw new Unreadable('un intervalle entre crochets est à l\'envers', 'a range between brackets is the wrong way round')
    parts.push(between(fold(from).charCodeAt(0), fold(to).charCodeAt(0)))
  }
  reading.at += 1
  const accepts = (code: number): boolean => parts.some((part) => part(code))
  return { kind: 'char', accepts: negated ? not(accepts) : accepts }
}

function readEscape(reading: Reading): PatternNode {
  const escaped = reading.source[reading.at++]
  if (escaped === undefined) throw new Unreadable('elle finit par une barre oblique', 'it ends with a backslash')
  if (escaped === 'b') return { kind: 'assert', at: 'word' }
  const accepts = ESCAPED[escaped]
  if (accepts) return { kind: 'char', accepts }
  if (/[0-9A-Za-z]/.test(escaped)) throw new Unreadable(`« \\${escaped} » n'est pas connu ici`, `"\\${escaped}" is not known here`)
  return literal(escaped)
}

function readGroup(reading: Reading): PatternNode {
  if (reading.source.startsWith('?', reading.at) && !reading.source.startsWith('?:', reading.at)) throw new Unreadable('« (? » n\'est pas connu ici', '"(?" is not known here')
  if (reading.source.startsWith('?:', reading.at)) reading.at += 2
  reading.depth += 1
  if (reading.depth > DEPTH_MAX) throw new Unreadable('trop de parenthèses sont emboîtées', 'too many parentheses are nested')
  const node = readAlternatives(reading)
  reading.depth -= 1
  if (reading.source[reading.at] !== ')') throw new Unreadable('une parenthèse n\'est pas fermée', 'a parenthesis is not closed')
  reading.at += 1
  return node
}

function readAtom(reading: Reading): PatternNode {
  const character = [...reading.source.slice(reading.at, reading.at + 2)][0]!
  reading.at += character.length
  switch (character) {
    case '\\': return readEscape(reading)
    case '[': return readClass(reading)
    case '(': return readGroup(reading)
    case '.': return { kind: 'char', accepts: () => true }
    case '^': return { kind: 'assert', at: 'start' }
    case '$': return { kind: 'assert', at: 'end' }
    case '*': case '+': case '?': throw new Unreadable(`« ${character} » ne répète rien`, `"${character}" repeats nothing`)
    default: return literal(character)
  }
}

function countAt(reading: Reading): { min: number; max: number | null; length: number } | undefined {
  const sign = reading.source[reading.at]
  if (sign === '*') return { min: 0, max: null, length: 1 }
  if (sign === '+') return { min: 1, max: null, length: 1 }
  if (sign === '?') return { min: 0, max: 1, length: 1 }
  const counted = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(reading.source.slice(reading.at, reading.at + 12))
  if (!counted) return undefined
  const min = Number(counted[1])
  const max = counted[2] === undefined ? min : counted[3] ? Number(counted[3]) : null
  if (min > COUNT_MAX || (max !== null && (max > COUNT_MAX || max < min))) throw new Unreadable('une répétition est trop grande ou à l\'envers', 'a repetition is too large or the wrong way round')
  return { min, max, length: counted[0].length }
}

function readSequence(reading: Reading): PatternNode {
  const nodes: PatternNode[] = []
  while (reading.at < reading.source.length && !'|)'.includes(reading.source[reading.at]!)) {
    let node = readAtom(reading)
    for (let count = countAt(reading); count; count = countAt(reading)) {
      reading.at += count.length
      // A sign after a repetition only says "as little as possible", which changes no answer.
      if (reading.source[reading.at] === '?') reading.at += 1
      node = { kind: 'repeat', node, min: count.min, max: count.max }
    }
    nodes.push(node)
  }
  return nodes.length === 0 ? { kind: 'empty' } : { kind: 'all', nodes }
}

function readAlternatives(reading: Reading): PatternNode {
  const nodes = [readSequence(reading)]
  while (reading.source[reading.at] === '|') {
    reading.at += 1
    nodes.push(readSequence(reading))
  }
  return nodes.length === 1 ? nodes[0]! : { kind: 'any', nodes }
}

/** Reads the text of a pattern as a tree, or says in words why it cannot be read. */
export function parsePattern(source: string): Result<PatternNode, { readonly message: Text }> {
  const reading: Reading = { source, at: 0, depth: 0 }
  try {
    const node = readAlternatives(reading)
    if (reading.at < source.length) throw new Unreadable('une parenthèse n\'est pas ouverte', 'a parenthesis is not opened')
    return ok(node)
  } catch (error) {
    if (error instanceof Unreadable) return fail({ message: error.said })
    throw error
  }
}
