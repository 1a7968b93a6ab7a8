import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLineCutter } from './text-lines.ts'

function linesOf(pieces: readonly string[]): string[] {
  const found: string[] = []
  const cutter = createLineCutter({ line: (text, number) => { found.push(`${number} ${text}`) }, tooLong: (start, number) => { found.push(`${number} too long: ${start.slice(0, 3)}`) } })
  for (const piece of pieces) cutter.push(piece)
  cutter.end()
  return found
}

test('lines end with LF, CR LF or CR', () => {
  for (const end of ['\n', '\r\n', '\r']) expect(linesOf([`a${end}${end}b${end}c`])).toEqual(['1 a', '2 ', '3 b', '4 c'])
})

test('the pieces in which a text comes do not change its lines', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n', '\r'), { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (list, size) => {
    const text = list.join('')
    const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size))
    expect(linesOf(pieces)).toEqual(linesOf([text]))
  }))
})

test('a line that is too long is told once, and the next one is read', () => {
  const long = 'x'.repeat(50_000)
  expect(linesOf(['a\n', long, long, long, '\nb\n'])).toEqual(['1 a', '2 too long: xxx', '3 b'])
})
