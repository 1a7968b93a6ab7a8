import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMarkup, type MarkupStyle } from './markup.ts'

/** What a text is cut into: neighbouring pieces of text are put together, and a leaf is told like its three parts. */
function tokens(style: MarkupStyle, pieces: readonly string[]): string[] {
  const found: string[] = []
  const addText = (text: string): void => {
    if (found.at(-1)?.startsWith('=')) found[found.length - 1] += text
    else if (text.trim() !== '') found.push(`=${text}`)
  }
  const markup = createMarkup(style, {
    open: (tag) => { found.push(`<${tag.name}${Object.entries(tag.attributes).map(([name, value]) => ` ${name}=${value}`).join('')}>`) },
    close: (name) => { found.push(`</${name}>`) },
    leaf: (tag, text) => {
      found.push(`<${tag.name}${Object.entries(tag.attributes).map(([name, value]) => ` ${name}=${value}`).join('')}>`)
      addText(text)
      found.push(`</${tag.name}>`)
    },
    text: addText,
    damage: (damage) => { found.push(`!${damage.kind}`) },
  })
  for (const piece of pieces) markup.push(piece)
  markup.end()
  return found
}

test('XML is cut into tags, attributes and text; prefixes, comments, data and instructions are no obstacle', () => {
  expect(tokens('strict', ['<?xml version="1.0"?><a:R xmlns:a="u"><!-- <b> --><a:Amt Ccy="EUR" note=\'>\'>1.00</a:Amt><E/><a:T>x &amp; y<![CDATA[ & <z>]]></a:T >\n</a:R>'])).toEqual([
    '<R a=u>', '<Amt Ccy=EUR note=>>', '=1.00', '</Amt>', '<E>', '</E>', '<T>', '=x & y & <z>', '</T>', '</R>',
  ])
})

test('a doctype without declarations is passed over; one with declarations, or an entity of its own, ends the reading', () => {
  expect(tokens('strict', ['<!DOCTYPE R><R>x</R>'])).toEqual(['<R>', '=x', '</R>'])
  for (const text of ['<!DOCTYPE R [<!ENTITY a "b">]><R>&a;</R>', '<!ENTITY a "b"><R>&a;</R>']) expect(tokens('strict', [text])).toEqual(['!doctype'])
})

test('only the entities of XML and character references are replaced; names of the language\'s own objects are not entities', () => {
  expect(tokens('strict', ['<a>&lt;&#233;&#xE9;&gt;</a>'])).toEqual(['<a>', '=<éé>', '</a>'])
  expect(tokens('strict', ['<a>&constructor; &toString;</a>'])).toEqual(['<a>', '!entity', '!entity', '=&constructor; &toString;', '</a>'])
  expect(tokens('loose', ['<a>&constructor; R&D &#0;</a>'])).toEqual(['<a>', '=&constructor; R&D &#0;', '</a>'])
})

test('tags that do not fit are told: never closed, never opened, closed too late', () => {
  expect(tokens('strict', ['<a><b>x</a>'])).toEqual(['<a>', '<b>', '=x', '!unclosed', '</b>', '</a>'])
  expect(tokens('strict', ['<a>x</b></a>'])).toEqual(['<a>', '=x', '!unmatched', '</a>'])
  expect(tokens('strict', ['<a>x'])).toEqual(['<a>', '!unclosed'])
  expect(tokens('strict', ['<a><1></a>'])).toEqual(['<a>', '!syntax', '=1>', '</a>'])
})

test('SGML leaves tags open, and a lone angle bracket is a character', () => {
  expect(tokens('loose', ['<OFX><NAME>A < B & C\r\n<MEMO>d</OFX>'])).toEqual(['<OFX>', '<NAME>', '=A < B & C\r\n', '<MEMO>', '=d', '</OFX>'])
})

test('the pieces in which a text comes do not change what it is cut into', () => {
  const words = fc.array(fc.constantFrom('<a>', '</a>', '<b x="1">', '</b>', '<c/>', 'text', ' ', '\n', '&amp;', '&#233;', '<![CDATA[<x>]]>', '<!-- y -->', '<', '>', '&', 'a < b', '<?p?>', '<N:d>v</N:d>'), { maxLength: 40 })
  for (const style of ['strict', 'loose'] as const) {
    fc.assert(fc.property(words, fc.integer({ min: 1, max: 9 }), (list, size) => {
      const text = list.join('')
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size))
      expect(tokens(style, pieces)).toEqual(tokens(style, [text]))
    }), { numRuns: 150 })
  }
})
