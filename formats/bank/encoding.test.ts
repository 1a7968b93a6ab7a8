import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { createDecoder, decodeAll } from './encoding.ts'

const TEXT = 'Date;Libellé;Montant\n01/02/2026;Café « Chez Zoé » – été;-12,50 €\n'

function encodingOf(bytes: Uint8Array): string {
  const decoder = createDecoder()
  decoder.push(bytes)
  decoder.end()
  return decoder.encoding()
}

test('each encoding is recognised by its bytes and gives the same text', () => {
  for (const [name, bytes] of [
    ['utf-8', Buffer.from(TEXT)], ['cp1252', iconv.encode(TEXT, 'cp1252')], ['utf-16le', iconv.encode(TEXT, 'utf-16le')], ['utf-16be', iconv.encode(TEXT, 'utf-16be')],
    ['utf-8', Buffer.from(`\uFEFF${TEXT}`)], ['utf-16le', iconv.encode(TEXT, 'utf-16le', { addBOM: true })],
  ] as const) {
    expect(decodeAll(bytes)).toBe(TEXT)
    expect(encodingOf(bytes)).toBe(name)
  }
  expect(encodingOf(Buffer.from('plain'))).toBe('ascii')
})

test('an XML file is read in the encoding it declares when it is not UTF-8', () => {
  const xml = '<?xml version="1.0" encoding="ISO-8859-15"?><a>12 €</a>'
  expect(decodeAll(iconv.encode(xml, 'iso-8859-15'))).toBe(xml)
  expect(decodeAll(Buffer.from(xml))).toBe(xml)
})

test('one damaged byte in an UTF-8 file does not change the rest', () => {
  const bytes = Buffer.concat([Buffer.from('été à Noël '), Buffer.from([0xe9]), Buffer.from(' où')])
  expect(decodeAll(bytes)).toBe('été à Noël é où')
})

test('an encoding chosen by the user wins', () => {
  expect(decodeAll(iconv.encode('Libellé', 'cp850'), 'cp850')).toBe('Libellé')
})

test('the pieces in which the bytes come do not change the text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 900 }), fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 8 }), (text, cuts) => {
    const bytes = Buffer.from(`début é ${'x'.repeat(600)} ${text}`)
    const decoder = createDecoder()
    let read = ''
    let at = 0
    for (const cut of cuts) {
      read += decoder.push(bytes.subarray(at, at + cut))
      at += cut
    }
    read += decoder.push(bytes.subarray(at)) + decoder.end()
    expect(read).toBe(bytes.toString('utf8'))
  }), { numRuns: 60 })
})
