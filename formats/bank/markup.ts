import { entityOf, type Guess, REFERENCE, type Tag, tagEnd, tagOf } from './markup-tags.ts'

export type { Tag }

/** What may be wrong with the markup. `doctype` ends the reading: a declaration is where entity bombs are written. */
export type Damage = { readonly kind: 'doctype' | 'entity' | 'syntax' | 'too-long' } | { readonly kind: 'unclosed' | 'unmatched'; readonly name: string }

export type MarkupEvents = {
  open(tag: Tag): void
  close(name: string): void
  /** An element that holds text only, in XML: its opening, its text and its closing at once. */
  leaf(tag: Tag, text: string): void
  /** Text with its entities replaced, in one or several pieces. Blank text between tags is not told. */
  text(text: string): void
  damage(damage: Damage): void
}

/** `strict` is XML: every tag is closed. `loose` is the SGML of OFX 1: tags may stay open and a lone `<` is a character. */
export type MarkupStyle = 'strict' | 'loose'

export type Markup = { push(text: string): void; end(): void; readonly line: () => number }

/** A piece of text or a tag longer than this is no message of a bank. */
const TOKEN_MAX = 1_048_576
/** Characters of a new text that are read together with what was left of the one before. */
const SEAM = 1_024
const TAGS_KNOWN_MAX = 2_000
const WRITTEN_KNOWN_MAX = 200
const LESS = 60
const SLASH = 47
const BANG = 33
const QUESTION = 63

/** Whether a text stands at this place. For the few letters of a tag a loop is quicker than a call. */
function standsAt(buffer: string, at: number, expected: Uint16Array): boolean {
  const { length } = expected
  if (at + length > buffer.length) return false
  for (let index = 0; index < length; index += 1) if (buffer.charCodeAt(at + index) !== expected[index]) return false
  return true
}

type Scan = {
  readonly isStrict: boolean
  readonly events: MarkupEvents
  /** Tags by what stands between their angle brackets. */
  readonly known: Map<string, Tag>
  /** Closing tags met in SGML, where nothing tells which one comes next. */
  readonly closings: Map<string, string>
  /** Tags to be closed, in XML. */
  readonly open: Tag[]
  buffer: string
  at: number
  line: number
  /** The next line end, and the next `&` at or behind the place where it was last looked for. */
  newline: number
  ampersand: number
  guess: Guess
  isStopped: boolean
}

/** Replaces the entities of XML and character references. Any other stays as it is written and is told: nothing is ever expanded. */
function decodeEntities(scan: Scan, text: string): string {
  return text.replace(REFERENCE, (whole: string, reference: string | undefined) => {
    const found = reference === undefined ? undefined : entityOf(reference)
    if (found === undefined && scan.isStrict) scan.events.damage({ kind: 'entity' })
    return found ?? whole
  })
}

/** The text from here to `to`. Most texts have no `&`, and are not looked through for it. */
function textTo(scan: Scan, to: number): string {
  const text = scan.buffer.slice(scan.at, to)
  if (scan.ampersand < scan.at) {
    const next = scan.buffer.indexOf('&', scan.at)
    scan.ampersand = next < 0 ? Infinity : next
  }
  return scan.ampersand < to ? decodeEntities(scan, text) : text
}

function addText(scan: Scan, to: number): void {
  if (scan.buffer.charCodeAt(scan.at) <= 32 && scan.buffer.slice(scan.at, to).trim() === '') return
  scan.events.text(textTo(scan, to))
}

/**
 * What stands between the angle bracket at `lt` and the `>` that closes it, and where that is. `end` is -1 when it has not come, -2 when
 * another `<` comes before it: no tag holds one, and looking no further keeps a file of nothing but `<` from taking for ever.
 */
function insideAt(scan: Scan, lt: number): { readonly inside: string; readonly end: number } {
  const next = scan.buffer.indexOf('<', lt + 1)
  const inside = scan.buffer.slice(lt + 1, next < 0 ? undefined : next)
  // In SGML a quote is a character like any other.
  const end = scan.isStrict ? tagEnd(inside) : inside.indexOf('>')
  return end >= 0 ? { inside: inside.slice(0, end), end: lt + 1 + end } : { inside, end: next < 0 ? -1 : -2 }
}

function tagOfText(scan: Scan, inside: string): Tag | undefined {
  const found = scan.known.get(inside)
  if (found) return found
  const made = tagOf(inside)
  if (made && inside.length <= WRITTEN_KNOWN_MAX && scan.known.size < TAGS_KNOWN_MAX) scan.known.set(inside, made)
  return made
}

function opened(scan: Scan, tag: Tag): void {
  scan.guess.tag = tag
  scan.guess = tag.isEmpty ? tag.after : tag.inside
  scan.events.open(tag)
  if (tag.isEmpty) scan.events.close(tag.name)
  else if (scan.isStrict) scan.open.push(tag)
}

function closed(scan: Scan, tag: Tag): void {
  scan.open.pop()
  scan.guess = tag.after
  scan.events.close(tag.name)
}

/** A closing tag that is not the one awaited: in XML it closes what is open inside it, or nothing. */
function closeNamed(scan: Scan, written: string): void {
  const name = written.trim()
  const local = name.slice(name.indexOf(':') + 1)
  if (!scan.isStrict) {
    if (scan.closings.size < TAGS_KNOWN_MAX) scan.closings.set(written, local)
    scan.events.close(local)
    return
  }
  const depth = scan.open.findLastIndex((tag) => tag.closing === `/${name}>`)
  scan.events.damage({ kind: depth < 0 ? 'unmatched' : 'unclosed', name: depth < 0 ? local : scan.open.at(-1)!.name })
  while (depth >= 0 && scan.open.length > depth) closed(scan, scan.open.at(-1)!)
}

/** `</…>` that is not simply what was awaited. False when it has not come whole. */
function takeClose(scan: Scan, lt: number): boolean {
  const { inside, end } = insideAt(scan, lt)
  if (end === -1) return false
  const written = end < 0 ? '' : inside.slice(1)
  const expected = scan.open.at(-1)
  const name = scan.closings.get(written)
  scan.at = end < 0 ? lt + 1 : end + 1
  if (name !== undefined) scan.events.close(name)
  else if (expected && written.trimEnd() === expected.closing.slice(1, -1)) closed(scan, expected)
  else if (/^[\w.:-]+\s*$/.test(written)) closeNamed(scan, written)
  else if (scan.isStrict) scan.events.damage({ kind: 'syntax' })
  else scan.at = lt + 1
  return true
}

/** Comments, CDATA, declarations and instructions. False when more text is needed. */
function takeSpecial(scan: Scan, lt: number): boolean {
  const { buffer } = scan
  const isComment = buffer.startsWith('<!--', lt)
  const isData = buffer.startsWith('<![CDATA[', lt)
  const mark = isComment ? '-->' : isData ? ']]>' : buffer.charCodeAt(lt + 1) === QUESTION ? '?>' : '>'
  // Too little has come to tell a comment from a declaration.
  if (buffer.length - lt < 9 && buffer.indexOf('>', lt) < 0) return false
  const end = buffer.indexOf(mark, lt)
  if (end < 0) return false
  if (isData) scan.events.text(buffer.slice(lt + 9, end))
  else if (mark === '>' && /^<!ENTITY|\[/i.test(buffer.slice(lt, end))) {
    scan.isStopped = true
    scan.events.damage({ kind: 'doctype' })
  }
  scan.at = end + mark.length
  return true
}

/** `<…>` that was not guessed. False when it has not come whole. */
function takeOpen(scan: Scan, lt: number): boolean {
  const { inside, end } = insideAt(scan, lt)
  if (end === -1) return false
  const tag = end < 0 ? undefined : tagOfText(scan, inside)
  if (tag) {
    scan.at = end + 1
    opened(scan, tag)
    return true
  }
  // A `<` that opens nothing: a mistake in XML, a character in SGML.
  if (scan.isStrict) scan.events.damage({ kind: 'syntax' })
  else scan.events.text('<')
  scan.at = lt + 1
  return true
}

/** An element that closes right behind its text. False when it holds anything else, or has not come whole. */
function takeLeaf(scan: Scan, tag: Tag): boolean {
  const end = scan.buffer.charCodeAt(scan.at) === LESS ? scan.at : scan.buffer.indexOf('<', scan.at)
  if (end < 0 || !standsAt(scan.buffer, end + 1, tag.closingCodes)) return false
  scan.events.leaf(tag, textTo(scan, end))
  scan.at = end + 1 + tag.closing.length
  scan.guess.tag = tag
  scan.guess = tag.after
  return true
}

/** The hot loop: tags that were guessed right are taken here, everything else by the functions above. */
function takeTokens(scan: Scan): void {
  const text = scan.buffer
  while (!scan.isStopped) {
    const lt = text.charCodeAt(scan.at) === LESS ? scan.at : text.indexOf('<', scan.at)
    if (lt < 0 || lt + 1 >= text.length) return
    if (lt > scan.at) addText(scan, lt)
    scan.at = lt
    const code = text.charCodeAt(lt + 1)
    if (code === SLASH) {
      const expected = scan.open[scan.open.length - 1]
      if (expected !== undefined && standsAt(text, lt + 1, expected.closingCodes)) {
        scan.at = lt + 1 + expected.closing.length
        closed(scan, expected)
      } else if (!takeClose(scan, lt)) return
    } else if (code === BANG || code === QUESTION) {
      if (!takeSpecial(scan, lt)) return
    } else {
      const { tag } = scan.guess
      if (tag !== null && standsAt(text, lt + 1, tag.writtenCodes)) {
        scan.at = lt + 1 + tag.written.length
        if (!scan.isStrict || tag.isEmpty || !takeLeaf(scan, tag)) opened(scan, tag)
      } else if (!takeOpen(scan, lt)) return
    }
  }
}

function countLines(scan: Scan): void {
  while (scan.newline >= 0 && scan.newline < scan.at) {
    scan.line += 1
    scan.newline = scan.buffer.indexOf('\n', scan.newline + 1)
  }
}

function readFrom(scan: Scan, text: string, from: number): void {
  if (scan.isStopped) return
  countLines(scan)
  scan.buffer = text
  scan.at = from
  scan.newline = text.indexOf('\n', from)
  scan.ampersand = -1
  takeTokens(scan)
}

/** Two texts put together are slow to walk through: only the token between them is read so, then the new text by itself. */
function readOn(scan: Scan, text: string): void {
  const seam = scan.buffer.length === scan.at ? 0 : Math.min(text.length, SEAM)
  if (seam === 0) {
    readFrom(scan, text, 0)
    return
  }
  readFrom(scan, scan.buffer.slice(scan.at) + text.slice(0, seam), 0)
  const left = scan.buffer.length - scan.at
  if (left <= seam) readFrom(scan, text, seam - left)
  else if (seam < text.length) readFrom(scan, scan.buffer.slice(scan.at) + text.slice(seam), 0)
}

/**
 * Cuts XML or SGML into tags and text as it comes. Small on purpose: what it cannot read is told and passed over, memory is that of one
 * token, nothing is fetched, declared or expanded.
 */
export function createMarkup(style: MarkupStyle, events: MarkupEvents): Markup {
  const scan: Scan = {
    isStrict: style === 'strict', events, known: new Map(), closings: new Map(), open: [], buffer: '', at: 0, line: 1, newline: -1, ampersand: -1,
    guess: { tag: null }, isStopped: false,
  }
  return {
    push(text) {
      if (scan.isStopped || text === '') return
      readOn(scan, text)
      if (!scan.isStopped && scan.buffer.length - scan.at > TOKEN_MAX) {
        scan.isStopped = true
        events.damage({ kind: 'too-long' })
      }
      if (scan.isStopped) scan.buffer = ''
    },
    end() {
      if (scan.isStopped) return
      const isCut = scan.buffer.indexOf('<', scan.at) >= 0
      scan.at = scan.buffer.length
      countLines(scan)
      if (scan.isStrict && (isCut || scan.open.length > 0)) events.damage(scan.open.length > 0 ? { kind: 'unclosed', name: scan.open.at(-1)!.name } : { kind: 'syntax' })
    },
    line: () => {
      countLines(scan)
      return scan.line
    },
  }
}
