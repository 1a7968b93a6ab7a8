import { expect, test } from 'vitest'
import { continuityOf } from '../../../core/bank/continuity.ts'
import { readPdf } from '../../../formats/bank/pdf/read-layer.ts'
import { pdfOf, type Placed, row } from '../../../tests/support/statement-pdf.ts'
import { isPdf, pdfText } from './pdf-text.ts'

const [D, L, DEBIT, CREDIT] = [{ x: 40 }, { x: 140 }, { end: 450 }, { end: 540 }]
const STATEMENT: Placed[][] = [[
  { text: 'RELEVÉ DE COMPTE en €', x: 40, y: 60, size: 14 }, { text: 'IBAN FR14 2004 1010 0505 0001 3M02 606', x: 40, y: 90 }, ...row(120, [['Date', D], ['Libellé', L], ['Débit', DEBIT], ['Crédit', CREDIT]]),
  ...row(140, [['ANCIEN SOLDE AU 28/02/2026', L], ['1 000,00', CREDIT]]), ...row(160, [['02/03', D], ['VIR SEPA DUPUIS (FACTURE 12)', L], ['1 500,00', CREDIT]]),
], [
  ...row(60, [['Date', D], ['Libellé', L], ['Débit', DEBIT], ['Crédit', CREDIT]]), ...row(80, [['15/03', D], ['PRLV ASSURANCE', L], ['49,99', DEBIT]]), ...row(150, [['NOUVEAU SOLDE AU 31/03/2026', L], ['2 450,01', CREDIT]]),
]]

test('a PDF gives its words with their places, and its statement is proven', async () => {
  const bytes = pdfOf(STATEMENT)
  expect(isPdf(bytes)).toBe(true)
  const layer = await pdfText(bytes)
  if (layer.kind !== 'pages') throw new Error(layer.kind)
  expect(layer.pages.map((page) => [page.number, page.width, page.height])).toEqual([[1, 595, 842], [2, 595, 842]])
  const amount = layer.pages[0]!.texts.find(({ text }) => text === '1 500,00')!
  // Written on a line 160 points below the top, in letters of 9 points, ending at 540.
  expect(amount.y + amount.height).toBeCloseTo(160, 1)
  expect(amount.x + amount.width).toBeCloseTo(540, 1)
  const { format, statements, problems } = readPdf(layer)
  expect({ format, problems }).toEqual({ format: 'pdf', problems: [] })
  expect(statements[0]).toMatchObject({ account: { iban: 'FR1420041010050500013M02606' }, currency: 'EUR', lines: [{ bookedOn: '2026-03-02', minor: 150000n, label: 'VIR SEPA DUPUIS (FACTURE 12)' }, { bookedOn: '2026-03-15', minor: -4999n }] })
  expect(statements.map(continuityOf)).toEqual(['proven'])
  expect(statements[0]!.lines[1]!.evidence?.map(({ field, place, confidence }) => [field, place.page, confidence])).toEqual([['bookedOn', 2, 0.97], ['amount', 2, 0.99], ['label', 2, 0.95]])
})

test('a PDF without text, a damaged one and one that is too large are told apart, and none of them throws', async () => {
  const layer = await pdfText(pdfOf([[]]))
  expect(readPdf(layer as Parameters<typeof readPdf>[0]).problems.map((found) => found.code)).toEqual(['PDF_WITHOUT_TEXT'])
  expect(await pdfText(Buffer.from('%PDF-1.7\nrien de plus'))).toEqual({ kind: 'damaged' })
  expect(await pdfText(Buffer.alloc(33_554_433))).toEqual({ kind: 'too-large' })
  expect(await pdfText(pdfOf(new Array<Placed[]>(501).fill([])))).toEqual({ kind: 'too-large' })
})

test('a PDF that takes too long is ended', async () => {
  expect(await pdfText(pdfOf(STATEMENT), { secondsMax: 0.001 })).toEqual({ kind: 'too-slow' })
})
