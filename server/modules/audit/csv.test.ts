import { expect, test } from 'vitest'
import { csvCell, csvLine } from './csv.ts'

// The characters are those of OWASP's page on CSV injection.
test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('a cell that a spreadsheet would run is turned into text: %j', (text) => {
  const cell = csvCell(text)
  expect(cell.startsWith('"') ? cell[1] : cell[0]).toBe('\'')
  expect(cell).toContain(text)
})

// RFC 4180, section 2: quotes around a cell with a comma, a quote or a line break; a quote inside is doubled.
test('commas, quotes and line breaks are quoted as the format asks, and plain text stays as it is', () => {
  expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', ''])).toBe('a,"b,c","d""e","f\ng",\r\n')
})
