import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The text between quotes of a line of a catalogue. */
function unquote(line: string): string {
  return JSON.parse(line.slice(line.indexOf('"'))) as string
}

/** A catalogue as a table: what the sources say, what the screen says. */
function readCatalogue(locale: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>()
  let id = ''
  let text = ''
  let place: 'id' | 'text' | undefined
  const keep = () => { if (id && text) entries.set(id, text) }
  for (const line of readFileSync(join(import.meta.dirname, '..', '..', 'web', 'locales', `${locale}.po`), 'utf8').split('\n')) {
    if (line.startsWith('msgid "')) {
      keep()
      id = unquote(line)
      text = ''
      place = 'id'
    } else if (line.startsWith('msgstr "')) {
      text = unquote(line)
      place = 'text'
    } else if (line.startsWith('"')) {
      if (place === 'id') id += unquote(line)
      else text += unquote(line)
    } else {
      place = undefined
    }
  }
  keep()
  return entries
}

const FRENCH = readCatalogue('fr')

/** What the French screen says for a sentence of the sources. A sentence that is gone fails the walk, with its name. */
export function say(english: string): string {
  const french = FRENCH.get(english)
  if (french === undefined) throw new Error(`no French for "${english}": it is not in the catalogue any more`)
  return french
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The same for a sentence with values in it, as an expression that takes any value. */
export function saying(english: string): RegExp {
  return new RegExp(`^${say(english).split(/\{[^}]*\}|<\/?\d+\/?>/).map(escaped).join('.+')}$`, 's')
}
