import fc from 'fast-check'
import { expect, test } from 'vitest'
import { continuityOf } from '../../../core/bank/continuity.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { layerOf, type Placed, row } from '../../../tests/support/statement-pdf.ts'
import { readStatements } from '../read-statements.ts'
import { readPdf } from './read-layer.ts'

function read(pages: readonly (readonly Placed[])[]) {
  return readPdf({ kind: 'pages', pages: layerOf(pages) })
}

function shown(pages: readonly (readonly Placed[])[]) {
  const { statements, problems } = read(pages)
  return {
    lines: statements.flatMap((statement) => statement.lines.map((line) => `${line.bookedOn} ${formatAmount(line.minor, line.currency)} ${line.currency} | ${line.label}`)),
    continuity: statements.map(continuityOf), problems: problems.map((found) => `${found.severity} ${found.code} ${found.where.line ?? '-'}`),
  }
}

const D = { x: 40 }
const V = { x: 90 }
const L = { x: 140 }
const DEBIT = { end: 450 }
const CREDIT = { end: 540 }
const TITLES = (y: number) => row(y, [['Date', D], ['Valeur', V], ['Libellé des opérations', L], ['Débit', DEBIT], ['Crédit', CREDIT]])

const FRENCH = (isWhole: boolean): Placed[][] => [
  [
    { text: 'RELEVÉ DE COMPTE', x: 40, y: 60, size: 14 }, { text: 'IBAN FR14 2004 1010 0505 0001 3M02 606', x: 40, y: 90 }, { text: 'Période du 01/03/2026 au 31/03/2026, en euros', x: 300, y: 90 },
    ...TITLES(120), ...row(140, [['ANCIEN SOLDE AU 28/02/2026', L], ['1 000,00', CREDIT]]),
    ...row(160, [['02/03', D], ['03/03', V], ['VIR SEPA DUPUIS SARL', L], ['1 500,00', CREDIT]]), { text: 'FACTURE 2026-14 DU 12/02', x: 140, y: 171 }, { text: 'REF 000123', x: 140, y: 182 },
    ...row(200, [['04/03', D], ['04/03', V], ['CARTE 03/03 BOULANGERIE', L], ['12,50', DEBIT]]),
    ...row(220, [['A REPORTER', L], ['12,50', DEBIT], ['2 500,00', CREDIT]]), { text: 'Page 1/2', x: 280, y: 800, size: 7 },
  ],
  [
    ...TITLES(60), ...row(80, [['REPORT', L], ['12,50', DEBIT], ['2 500,00', CREDIT]]),
    ...(isWhole ? row(100, [['15/03', D], ['16/03', V], ['PRLV ASSURANCE', L], ['49,99', DEBIT]]) : []), ...row(120, [['31/03', D], ['31/03', V], ['FRAIS TENUE DE COMPTE', L], ['8,00', DEBIT]]),
    ...row(150, [['TOTAL DES MOUVEMENTS', L], ['70,49', DEBIT], ['1 500,00', CREDIT]]), ...row(170, [['NOUVEAU SOLDE AU 31/03/2026', L], ['2 429,51', CREDIT]]),
    { text: 'RÉCAPITULATIF DES FRAIS', x: 140, y: 220 }, ...row(240, [['31/03', D], ['31/03', V], ['FRAIS TENUE DE COMPTE', L], ['8,00', DEBIT]]),
  ],
]

test('a French statement over two pages is proven: labels on several lines, reports, totals and the table of fees at its end', () => {
  expect(shown(FRENCH(true))).toEqual({
    lines: [
      '2026-03-02 1500.00 EUR | VIR SEPA DUPUIS SARL FACTURE 2026-14 DU 12/02 REF 000123', '2026-03-04 -12.50 EUR | CARTE 03/03 BOULANGERIE',
      '2026-03-15 -49.99 EUR | PRLV ASSURANCE', '2026-03-31 -8.00 EUR | FRAIS TENUE DE COMPTE',
    ], continuity: ['proven'], problems: [],
  })
  expect(read(FRENCH(true)).statements[0]).toMatchObject({ account: { iban: 'FR1420041010050500013M02606' }, opening: { date: '2026-02-28', minor: 100000n }, closing: { date: '2026-03-31', minor: 242951n } })
})

test('each field says where it stands and how sure it is', () => {
  const [first] = read(FRENCH(true)).statements[0]!.lines
  expect(first?.valueOn).toBe('2026-03-03')
  const evidence = Object.fromEntries((first?.evidence ?? []).map((field) => [field.field, field]))
  expect(evidence['amount']).toMatchObject({ text: '1 500,00', confidence: 0.99, place: { page: 1, y: 151, height: 9 } })
  // Right-aligned on 540: six digits of 5.004 points, a blank and a comma of 2.502 each.
  expect(evidence['amount']!.place.x + evidence['amount']!.place.width).toBeCloseTo(540, 0)
  expect(evidence['amount']!.place.width).toBeCloseTo(6 * 5.004 + 2 * 2.502, 0)
  expect(evidence['label']!.place).toMatchObject({ page: 1, x: 140, y: 151, height: 31 })
  expect(evidence['bookedOn']).toMatchObject({ text: '02/03', place: { x: 40 } })
})

test('when a movement is missing the file is put to a person, with what lacks, and the lines are there', () => {
  const { lines, continuity, problems } = shown(FRENCH(false))
  expect(lines).toHaveLength(3)
  expect({ continuity, problems }).toEqual({ continuity: ['broken'], problems: [expect.stringMatching(/^error PDF_TO_REVIEW \d+$/), expect.stringMatching(/^warning BALANCE_BROKEN/)] })
  expect(read(FRENCH(false)).problems[0]?.message.en).toContain('-49.99 EUR')
  expect(read(FRENCH(false)).statements[0]!.lines.every((line) => line.evidence!.find((field) => field.field === 'amount')!.confidence < 0.9)).toBe(true)
})

test('a statement with one column of signed amounts, the minus behind', () => {
  const amount = { end: 540 }
  expect(shown([[
    { text: 'Extrait de compte n° 00012345678', x: 40, y: 40 }, ...row(80, [['Date', D], ['Opération', L], ['Montant EUR', amount]]), ...row(100, [['Solde précédent au 31.12.2025', L], ['250,00-', amount]]),
    ...row(120, [['02.01.2026', D], ['Remise de chèques', L], ['1.250,00', amount]]), ...row(140, [['15.01.2026', D], ['Échéance prêt', L], ['300,00-', amount]]), ...row(160, [['Nouveau solde au 31.01.2026', L], ['700,00', amount]]),
  ]])).toEqual({ lines: ['2026-01-02 1250.00 EUR | Remise de chèques', '2026-01-15 -300.00 EUR | Échéance prêt'], continuity: ['proven'], problems: [] })
})

test('a British statement: days told once, balances brought and carried forward, months in words', () => {
  const [out, into, balance] = [{ end: 400 }, { end: 470 }, { end: 550 }]
  const titles = (y: number) => row(y, [['Date', D], ['Details', L], ['Paid out', out], ['Paid in', into], ['Balance', balance]])
  expect(shown([[
    { text: 'Your statement, 28 February to 31 March 2026. Amounts in GBP', x: 40, y: 40 }, { text: 'Account number 12345678', x: 40, y: 55 }, ...titles(80), ...row(100, [['28 Feb', D], ['BALANCE BROUGHT FORWARD', L], ['1,000.00', balance]]),
    ...row(120, [['02 Mar', D], ['CARD PAYMENT', L]]), ...row(131, [['CORNER CAFE', L], ['4.20', out]]), ...row(145, [['DIRECT DEBIT WATER', L], ['30.00', out], ['965.80', balance]]),
    ...row(165, [['05 Mar', D], ['CLIENT LTD', L], ['500.00', into], ['1,465.80', balance]]), ...row(185, [['05 Mar', D], ['BALANCE CARRIED FORWARD', L], ['1,465.80', balance]]),
  ], [
    ...titles(80), ...row(100, [['05 Mar', D], ['BALANCE BROUGHT FORWARD', L], ['1,465.80', balance]]), ...row(120, [['31 Mar', D], ['INTEREST', L], ['0.20', into], ['1,466.00', balance]]),
    ...row(140, [['31 Mar', D], ['BALANCE CARRIED FORWARD', L], ['1,466.00', balance]]),
  ]])).toEqual({
    lines: ['2026-03-02 -4.20 GBP | CARD PAYMENT CORNER CAFE', '2026-03-02 -30.00 GBP | DIRECT DEBIT WATER', '2026-03-05 500.00 GBP | CLIENT LTD', '2026-03-31 0.20 GBP | INTEREST'], continuity: ['proven'], problems: [],
  })
})

test('an American statement: a summary first, then unsigned amounts in sections, month first', () => {
  const amount = { end: 540 }
  expect(shown([[
    { text: 'Statement period 03/01/2026 through 03/31/2026', x: 40, y: 40 }, { text: 'Account number: 000 123 456 789', x: 40, y: 55 },
    ...row(80, [['Beginning balance on 03/01/2026', D], ['$1,000.00', { end: 400 }]]), ...row(95, [['Ending balance on 03/31/2026', D], ['$1,380.00', { end: 400 }]]),
    { text: 'Deposits and other credits', x: 40, y: 130, size: 12 }, ...row(150, [['Date', D], ['Description', L], ['Amount', amount]]), ...row(170, [['03/05', D], ['ACME PAYROLL', L], ['500.00', amount]]), ...row(190, [['Total deposits', D], ['$500.00', amount]]),
    { text: 'Withdrawals and other debits', x: 40, y: 230, size: 12 }, ...row(250, [['Date', D], ['Description', L], ['Amount', amount]]), ...row(270, [['03/07', D], ['CITY POWER', L], ['80.00', amount]]), ...row(290, [['03/19', D], ['BOOKSHOP', L], ['40.00', amount]]),
  ]])).toEqual({ lines: ['2026-03-05 500.00 USD | ACME PAYROLL', '2026-03-07 -80.00 USD | CITY POWER', '2026-03-19 -40.00 USD | BOOKSHOP'], continuity: ['proven'], problems: [] })
})

test('columns without any title are understood by what the balances prove', () => {
  const table = (first: { end: number }, second: { end: number }) => shown([[
    { text: 'Relevé en EUR', x: 40, y: 40 }, ...row(100, [['Solde au 31/12/2025', L], ['100,00', { end: 560 }]]), ...row(120, [['05/01', D], ['ACHAT', L], ['30,00', first]]), ...row(140, [['06/01', D], ['VENTE', L], ['80,00', second]]),
    ...row(160, [['07/01', D], ['ACHAT', L], ['10,00', first]]), ...row(180, [['Solde au 31/01/2026', L], ['140,00', { end: 560 }]]),
  ]])
  const expected = ['2026-01-05 -30.00 EUR | ACHAT', '2026-01-06 80.00 EUR | VENTE', '2026-01-07 -10.00 EUR | ACHAT']
  expect(table({ end: 400 }, { end: 480 })).toEqual({ lines: expected, continuity: ['proven'], problems: [] })
  expect(table({ end: 480 }, { end: 400 })).toEqual({ lines: expected, continuity: ['proven'], problems: [] })
})

test('a balance printed behind each movement proves a statement that states no other, and gives unsigned amounts their sign', () => {
  const [amount, balance] = [{ end: 450 }, { end: 540 }]
  expect(shown([[
    { text: 'Relevé de compte en EUR au 31/01/2026', x: 40, y: 40 }, ...row(80, [['Date', D], ['Libellé', L], ['Montant', amount], ['Solde', balance]]), ...row(90, [['Ancien solde', L], ['100,00', balance]]), ...row(100, [['02/01/2026', D], ['A', L], ['40,00', amount], ['140,00', balance]]),
    ...row(120, [['03/01/2026', D], ['B', L], ['15,00', amount], ['125,00', balance]]),
  ]])).toEqual({ lines: ['2026-01-02 40.00 EUR | A', '2026-01-03 -15.00 EUR | B'], continuity: ['proven'], problems: [] })
})

test('a statement with days written 02.03, balances with a sign in front, stars behind amounts and the latest movement first', () => {
  const [out, into, balance] = [{ end: 400 }, { end: 470 }, { end: 550 }]
  expect(shown([[
    { text: 'RELEVÉ DE COMPTE EN EUROS', x: 40, y: 40 }, ...TITLES(60), ...row(80, [['SOLDE PRÉCÉDENT AU 31/01/2026', L], ['-', { end: 500 }], ['100,00', CREDIT]]),
    ...row(100, [['02.02', D], ['03.02', V], ['COTISATION', L], ['8,00*', DEBIT]]), ...row(120, [['05.02', D], ['05.02', V], ['REMISE', L], ['1.208,00', CREDIT]]), ...row(140, [['NOUVEAU SOLDE AU 28/02/2026', L], ['+ 1.100,00', CREDIT]]),
  ]])).toEqual({ lines: ['2026-02-02 -8.00 EUR | COTISATION', '2026-02-05 1208.00 EUR | REMISE'], continuity: ['proven'], problems: [] })
  expect(shown([[
    { text: 'Account statement, 1 to 31 March 2026, EUR', x: 40, y: 40 }, ...row(60, [['Date', D], ['Description', L], ['Money out', out], ['Money in', into], ['Balance', balance]]),
    ...row(80, [['5 Mar 2026', D], ['Client', L], ['€500.00', into], ['€565.80', balance]]), ...row(100, [['3 Mar 2026', D], ['Water', L], ['€30.00', out], ['€65.80', balance]]), ...row(120, [['2 Mar 2026', D], ['Cafe', L], ['€4.20', out], ['€95.80', balance]]),
  ]])).toEqual({ lines: ['2026-03-05 500.00 EUR | Client', '2026-03-03 -30.00 EUR | Water', '2026-03-02 -4.20 EUR | Cafe'], continuity: ['proven'], problems: [] })
})

test('balances in a summary whose titles stand above their amounts', () => {
  const amount = { end: 540 }
  expect(shown([[
    { text: 'Account statement 01/03/2026 - 31/03/2026, EUR', x: 40, y: 40 }, ...row(60, [['Opening balance', { x: 40 }], ['Money out', { x: 180 }], ['Money in', { x: 300 }], ['Closing balance', { x: 420 }]]), ...row(75, [['€100.00', { x: 40 }], ['€4.20', { x: 180 }], ['€50.00', { x: 300 }], ['€145.80', { x: 420 }]]),
    ...row(110, [['Date', D], ['Description', L], ['Amount', amount]]), ...row(130, [['13/03/2026', D], ['Cafe', L], ['-€4.20', amount]]), ...row(150, [['14/03/2026', D], ['Client', L], ['+€50.00', amount]]),
  ]])).toEqual({ lines: ['2026-03-13 -4.20 EUR | Cafe', '2026-03-14 50.00 EUR | Client'], continuity: ['proven'], problems: [] })
})

test('words written letter by letter are put together again', () => {
  const letters = (placed: Placed): Placed[] => [...placed.text].map((text, index) => ({ ...placed, text, x: placed.x! + index * 5.004 })).filter(({ text }) => text !== ' ')
  const { lines, problems } = shown([[
    { text: 'Relevé en euros', x: 40, y: 30 }, ...TITLES(60), ...row(80, [['SOLDE AU 31/01/2026', L], ['10,00', CREDIT]]), ...letters({ text: '02', x: 40, y: 100 }), { text: '/02', x: 50, y: 100 }, ...row(100, [['ACHAT', L]]), ...letters({ text: '3', x: 435, y: 100 }),
    { text: ',50', x: 440, y: 100 }, ...row(120, [['SOLDE AU 28/02/2026', L], ['6,50', CREDIT]]),
  ]])
  expect({ lines, problems }).toEqual({ lines: ['2026-02-02 -3.50 EUR | ACHAT'], problems: [] })
})

test('a label that runs into its amount is cut where the column of amounts begins', () => {
  const close = (y: number, day: string, text: string): Placed[] => [...row(y, [[day, D], [day, V]]), { text, end: 450, y }]
  expect(shown([[
    { text: 'Relevé en euros', x: 40, y: 30 }, ...TITLES(60), ...row(80, [['SOLDE AU 31/01/2026', L], ['2 000,00', CREDIT]]), ...row(100, [['02/02', D], ['02/02', V], ['ACHAT', L], ['3,50', DEBIT]]),
    ...close(120, '03/02', 'VIREMENT INSTANTANE EN FAVEUR DE LA SOCIETE DUPUIS 1 200,00'), ...row(140, [['SOLDE AU 28/02/2026', L], ['796,50', CREDIT]]),
  ]])).toEqual({ lines: ['2026-02-02 -3.50 EUR | ACHAT', '2026-02-03 -1200.00 EUR | VIREMENT INSTANTANE EN FAVEUR DE LA SOCIETE DUPUIS'], continuity: ['proven'], problems: [] })
})

test('two accounts in one document are two statements', () => {
  const account = (y: number, id: string, amounts: readonly [string, string, string]) => [
    { text: `COMPTE N° ${id}`, x: 40, y }, ...TITLES(y + 20), ...row(y + 40, [['SOLDE CREDITEUR AU 28/02/2026', L], [amounts[0], CREDIT]]), ...row(y + 60, [['03/03', D], ['03/03', V], ['VIREMENT INTERNE', L], [amounts[1], DEBIT]]), ...row(y + 80, [['SOLDE CREDITEUR AU 31/03/2026', L], [amounts[2], CREDIT]]),
  ]
  const { statements, problems } = read([[{ text: 'Relevé en euros', x: 40, y: 30 }, ...account(60, '00011112222', ['100,00', '20,00', '80,00']), ...account(260, '00033334444', ['50,00', '5,00', '45,00'])]])
  expect(problems).toEqual([])
  expect(statements.map((statement) => [statement.account.id, statement.opening?.minor, statement.lines.map((line) => line.minor), statement.closing?.minor])).toEqual([['00011112222', 10000n, [-2000n], 8000n], ['00033334444', 5000n, [-500n], 4500n]])
})

test('days without a year are placed in the year that the statement ends, or the one before', () => {
  expect(shown([[
    { text: 'Relevé en euros', x: 40, y: 30 }, ...TITLES(60), ...row(80, [['SOLDE AU 30/11/2025', L], ['100,00', CREDIT]]), ...row(100, [['28/12', D], ['29/12', V], ['A', L], ['1,00', DEBIT]]), ...row(120, [['04/01', D], ['04/01', V], ['B', L], ['2,00', DEBIT]]), ...row(140, [['SOLDE AU 05/01/2026', L], ['97,00', CREDIT]]),
  ]]).lines).toEqual(['2025-12-28 -1.00 EUR | A', '2026-01-04 -2.00 EUR | B'])
})

test('a debit balance is negative, whether words or its column say so', () => {
  const page = (opening: Placed[]) => [[{ text: 'Relevé en euros', x: 40, y: 30 }, ...TITLES(60), ...opening, ...row(100, [['28/03', D], ['28/03', V], ['VIREMENT', L], ['150,00', CREDIT]]), ...row(140, [['SOLDE CREDITEUR AU 31/03/2026', L], ['50,00', CREDIT]])]]
  expect(shown(page(row(80, [['SOLDE DEBITEUR AU 28/02/2026', L], ['100,00', CREDIT]]))).continuity).toEqual(['proven'])
  expect(shown(page(row(80, [['ANCIEN SOLDE AU 28/02/2026', L], ['100,00', DEBIT]]))).continuity).toEqual(['proven'])
})

test('a day that is not in the calendar is a problem, and the statement is not called proven', () => {
  const { lines, problems } = shown([[
    { text: 'Relevé en euros', x: 40, y: 30 }, ...TITLES(60), ...row(80, [['ANCIEN SOLDE AU 31/01/2026', L], ['100,00', CREDIT]]), ...row(100, [['31/02', D], ['', V], ['A', L], ['1,00', DEBIT]]), ...row(120, [['27/02', D], ['27/02', V], ['B', L], ['2,00', DEBIT]]), ...row(140, [['NOUVEAU SOLDE AU 28/02/2026', L], ['97,00', CREDIT]]),
  ]])
  expect(lines).toEqual(['2026-02-27 -2.00 EUR | B'])
  expect(problems).toEqual([expect.stringMatching(/^error DATE_UNREADABLE/), expect.stringMatching(/^error PDF_TO_REVIEW/), expect.stringMatching(/^warning BALANCE_BROKEN/)])
})

test('an invoice, a letter and a page without text hold no statement, and say so', () => {
  const invoice = [[
    { text: 'FACTURE FA-2026-0001', x: 40, y: 40 }, ...row(80, [['Date', D], ['Désignation', L], ['Montant', { end: 540 }]]), ...row(100, [['02/03/2026', D], ['Conseil', L], ['1 000,00', { end: 540 }]]), ...row(140, [['Total TTC', L], ['1 200,00 €', { end: 540 }]]),
  ]]
  expect(shown(invoice)).toEqual({ lines: [], continuity: [], problems: ['error NO_STATEMENT -'] })
  expect(shown([[{ text: 'Madame, votre rendez-vous du 03/04/2026 est confirmé.', x: 40, y: 100 }]]).problems).toEqual(['error NO_STATEMENT -'])
  expect(shown([[]]).problems).toEqual(['error PDF_WITHOUT_TEXT -'])
})

test('a text layer saved as plain text is recognised and read the same way', () => {
  const text = `RELEVE DE COMPTE              IBAN FR14 2004 1010 0505 0001 3M02 606

   DATE      LIBELLE                                        DEBIT          CREDIT
                                                            EUROS          EUROS
             SOLDE CREDITEUR AU 28/02/2026                                 100,00
   03/03     PRLV TELECOM                                   40,00
             MANDAT 42
   05/03     VIR CLIENT                                                  1 200,00
             SOLDE CREDITEUR AU 31/03/2026                               1 260,00
`
  const { format, statements, problems } = readStatements(Buffer.from(text))
  expect({ format, problems }).toEqual({ format: 'pdf', problems: [] })
  expect(statements[0]?.lines.map((line) => [line.bookedOn, line.minor, line.label, line.line])).toEqual([['2026-03-03', -4000n, 'PRLV TELECOM MANDAT 42', 5], ['2026-03-05', 120000n, 'VIR CLIENT', 7]])
})

test('a table whose cells are padded with blanks is still a table, and a line of blanks costs nothing', () => {
  expect(readStatements(Buffer.from('Date;Libellé;Montant;Devise\n03/03/2026;SOLDE DE TOUT COMPTE ;   12,50;EUR\n03/03/2026;SOLDE  ;   12,50\n')).format).toBe('csv')
  expect(readStatements(Buffer.from(`solde${' '.repeat(60_000)}x\n01/01${' '.repeat(60_000)}y\n`)).statements).toEqual([])
})

/** A statement of generated movements, cut into pages of ten, in one of four ways to write amounts. */
function generated(amounts: readonly number[], style: 'pair' | 'signed' | 'trailing' | 'running'): Placed[][] {
  const write = (cents: number): string => {
    const digits = String(Math.abs(cents)).padStart(3, '0')
    return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ' ')},${digits.slice(-2)}`
  }
  const signed = (cents: number): string => (style === 'trailing' ? `${write(cents)}${cents < 0 ? '-' : ''}` : `${cents < 0 ? '-' : ''}${write(cents)}`)
  let balance = 12_345
  const entries = amounts.map((cents, index) => {
    balance += cents
    const day = `${String(1 + Math.floor(index * 28 / amounts.length)).padStart(2, '0')}/03/2026`
    const money = style === 'pair' ? [[write(cents), cents < 0 ? DEBIT : CREDIT] as const] : style === 'running' ? [[signed(cents), DEBIT] as const, [signed(balance), CREDIT] as const] : [[signed(cents), CREDIT] as const]
    return [[day, D], [`MOUVEMENT ${index}`, L], ...money] as const
  })
  const titles = style === 'pair' ? [['Débit', DEBIT], ['Crédit', CREDIT]] as const : style === 'running' ? [['Montant', DEBIT], ['Solde', CREDIT]] as const : [['Montant', CREDIT]] as const
  const pages: Placed[][] = []
  for (let at = 0; at < Math.max(1, entries.length); at += 10) {
    pages.push([{ text: 'Relevé de compte en euros', x: 40, y: 30 }, ...row(60, [['Date', D], ['Libellé', L], ...titles]), ...entries.slice(at, at + 10).flatMap((cells, index) => row(110 + index * 20, cells))])
  }
  pages[0]!.push(...row(85, [['ANCIEN SOLDE AU 28/02/2026', L], ['123,45', CREDIT]]))
  pages.at(-1)!.push(...row(330, [[balance < 0 ? 'NOUVEAU SOLDE DEBITEUR AU 31/03/2026' : 'NOUVEAU SOLDE AU 31/03/2026', L], [write(balance), CREDIT]]))
  return pages
}

test('whatever the amounts and the way they are written, a whole statement is read back to the cent and proven', () => {
  const amounts = fc.array(fc.integer({ min: -9_999_999, max: 9_999_999 }).filter((cents) => cents !== 0), { minLength: 1, maxLength: 35 })
  fc.assert(fc.property(amounts, fc.constantFrom('pair' as const, 'signed' as const, 'trailing' as const, 'running' as const), (values, style) => {
    const { statements, problems } = read(generated(values, style))
    expect(problems.map((found) => found.code)).toEqual([])
    expect(statements.flatMap((statement) => statement.lines.map((line) => line.minor))).toEqual(values.map(BigInt))
    expect(statements.map(continuityOf)).toEqual(['proven'])
  }), { numRuns: 60 })
})

test('whatever stands on the pages, reading ends, never throws, and says when it proves nothing', () => {
  const text = fc.oneof(fc.constantFrom('02/03', '31/02/2026', 'SOLDE AU 31/12/2025', 'NOUVEAU SOLDE', 'Date', 'Débit', 'Crédit', '12,50', '1 000,00-', '(3,00)', 'TOTAL', 'REPORT', 'Relevé', 'EUR', '12.50 CR', 'VIREMENT'), fc.string({ maxLength: 20 }))
  const placed = fc.record({ text, x: fc.double({ min: -50, max: 700, noNaN: true }), y: fc.integer({ min: 0, max: 60 }).map((line) => line * 14) })
  fc.assert(fc.property(fc.array(fc.array(placed, { maxLength: 60 }), { maxLength: 3 }), (pages) => {
    const { statements, problems } = read(pages)
    const isProven = statements.length > 0 && statements.every((statement) => continuityOf(statement) === 'proven')
    if (!isProven) expect(problems.some((found) => found.severity === 'error')).toBe(true)
    for (const statement of statements) for (const line of statement.lines) expect(line.evidence!.every((field) => field.confidence >= 0 && field.confidence <= 1)).toBe(true)
  }), { numRuns: 150 })
})
