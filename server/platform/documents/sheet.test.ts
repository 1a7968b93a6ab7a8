import { expect, test } from 'vitest'
import { readXlsx } from 'hucre/xlsx'
import { csvLine, figure, sheetOf } from './sheet.ts'

// The characters are those of OWASP's page on CSV injection.
test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('a text that a spreadsheet would run stays a text: %j', (text) => {
  const cell = csvLine([text]).slice(0, -2)
  expect(cell.startsWith('"') ? cell[1] : cell[0]).toBe('\'')
  expect(cell).toContain(text)
})

// RFC 4180, section 2: quotes around a cell with a comma, a quote or a line break; a quote inside is doubled.
test('commas, quotes and line breaks are quoted as the format asks, and plain text stays as it is', () => {
  expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', '', null])).toBe('a,"b,c","d""e","f\ng",,\r\n')
})

test('a figure is a number in both forms, a negative one too, and to the digit in CSV', async () => {
  const rows = [['Libellé', 'Montant'], ['=cmd', figure('-12345678901234.56')]]
  expect((await sheetOf('csv', { name: 'Essai', rows })).toString()).toBe('\uFEFFLibellé,Montant\r\n\'=cmd,-12345678901234.56\r\n')
  const { sheets } = await readXlsx(await sheetOf('xlsx', { name: 'Essai', rows }))
  expect(sheets[0]?.rows).toEqual([['Libellé', 'Montant'], ['\'=cmd', -12345678901234.56]])
})
