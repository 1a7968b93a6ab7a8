import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkProfile } from '../../../core/bank/mapping-check.ts'
import { readStatements } from '../read-statements.ts'
import { suggestMapping } from './suggest.ts'

const suggested = (text: string | Uint8Array) => {
  const result = suggestMapping(Buffer.from(text))
  if (!result.ok) throw new Error(result.problem.code)
  return result.value
}

test('a mapping names columns, examples, dates, signs, currency and what stands above', () => {
  const found = suggested('Relevé du compte 00012345678\n\nDate;Libellé;Débit euros;Crédit euros;Pointage\n13/03/2026;PRLV TELECOM;12,50;;x\n14/03/2026;VIR CLIENT;;1 500,00;\n')
  expect(found).toMatchObject({
    delimiter: ';', hasHeader: true, preamble: ['Relevé du compte 00012345678'], dateOrder: { value: 'day-first' }, decimalMark: { value: ',' }, currency: { value: 'EUR' }, recognised: 'credit-agricole',
    columns: [
      { column: 1, header: 'Date', role: 'booked', examples: ['13/03/2026', '14/03/2026'] }, { column: 2, header: 'Libellé', role: 'label' }, { column: 3, header: 'Débit euros', role: 'debit', examples: ['12,50'] }, { column: 4, header: 'Crédit euros', role: 'credit' },
      { column: 5, header: 'Pointage', role: null, confidence: 0, examples: ['x'] },
    ],
  })
  expect(found.columns[0]!.confidence).toBeGreaterThan(0.9)
})

test('what nothing tells is suggested with little confidence, and proven columns with much', () => {
  const open = suggested('Jour;Texte;Montant\n02/03/2026;a;5,00\n03/03/2026;b;6,00\n')
  expect([open.reading.confidence, open.dateOrder.confidence, open.currency]).toEqual([0.4, 0.4, { value: null, confidence: 0 }])
  const proven = suggested('Date;Texte;Montant;Solde\n22/03/2026;a;-5,00;95,00\n23/03/2026;b;6,00;101,00\n24/03/2026;c;1,00;102,00\n')
  expect([proven.reading.confidence, proven.columns.find((column) => column.role === 'amount')!.confidence]).toEqual([0.99, 0.99])
})

const TEXTS: Readonly<Record<string, string>> = {
  'debit and credit': 'Date;Libellé;Débit;Crédit;Solde\n02/03/2026;a;10,00;;90,00\n13/03/2026;b;;30,00;120,00\n14/03/2026;c;5,00;;115,00\n',
  'a direction column': 'Buchungstag;Text;Betrag;Soll/Haben;Währung\n30.01.2026;Miete;750,00;S;EUR\n28.01.2026;Lohn;2.100,00;H;EUR\n',
  'no titles': '02/02/2026;-20,00;Carte;;CB RATP\n06/02/2026;1200,00;Virement;;CLIENT B\n27/02/2026;-13,37;Prélèvement;;TELECOM\n',
  'a shipped profile with fees': 'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\nATM,Current,2026-01-04 10:00:00,2026-01-04 10:00:01,Cash,-20.00,0.50,EUR,COMPLETED,75.50\nTOPUP,Current,2026-01-05 10:00:00,2026-01-05 10:00:01,Top-up,50.00,0.00,EUR,COMPLETED,125.50\nSHOP,Current,2026-01-06 10:00:00,,Shop,-9.00,0.00,EUR,REVERTED,\n',
  'two columns of one title': 'Date,Montant,Montant,Devise\n2026-01-04,-20.00,,EUR\n2026-01-05,30.00,,EUR\n',
}

test.each(Object.entries(TEXTS))('reading with the suggested profile gives what reading without one gives: %s', (_, text) => {
  const { profile } = suggested(text)
  // What is saved is JSON: nothing may be lost on the way.
  const saved = checkProfile(JSON.parse(JSON.stringify(profile)))
  if (!saved.ok) throw new Error(saved.problem.message.en)
  expect(readStatements(Buffer.from(text), { csvProfile: saved.value }).statements).toEqual(readStatements(Buffer.from(text)).statements)
})

test('a table without any known title is still shown, for a person to say what its columns are, and is read once they have', () => {
  const text = 'Quand|Combien|Quoi\n2 mars 2026|5|a\n3 mars 2026|6|b\n'
  const found = suggested(text)
  expect(found).toMatchObject({ delimiter: '|', hasHeader: false, columns: [{ header: 'Quand', role: null, examples: ['2 mars 2026', '3 mars 2026'] }, { header: 'Combien', role: null }, { header: 'Quoi', role: null }] })
  expect(suggestMapping(Buffer.from('rien que des mots\nsur deux lignes\n'))).toMatchObject({ ok: false, problem: { code: 'NOT_A_TABLE' } })
  const mapped = { name: 'ma-banque', title: { fr: 'Ma banque', en: 'My bank' }, columns: { booked: 'Quand', amount: 'Combien', label: ['Quoi'] }, reading: 'outgoing', currency: 'EUR' } as const
  expect(readStatements(Buffer.from(text), { csvProfile: mapped }).statements[0]?.lines.map((line) => [line.bookedOn, line.minor, line.label])).toEqual([['2026-03-02', -500n, 'a'], ['2026-03-03', -600n, 'b']])
})

test('the fixtures of the CSV reader are suggested as they are read', () => {
  const bytes = readFileSync(join(import.meta.dirname, 'fixtures', 'current-account.csv'))
  expect(readStatements(bytes, { csvProfile: suggested(bytes).profile }).statements).toEqual(readStatements(bytes).statements)
})

test('a profile that is not one is refused with the field that is wrong', () => {
  const good = { name: 'ma-banque', title: { fr: 'Ma banque', en: 'My bank' } }
  const refused = (value: unknown) => {
    const checked = checkProfile(value)
    return checked.ok ? null : checked.problem.where.field
  }
  expect(refused(good)).toBeNull()
  expect([
    refused({ ...good, name: 'Ma banque' }), refused({ ...good, dateOrder: 'jour' }), refused({ ...good, columns: { montant: 'Montant' } }), refused({ ...good, columns: { amount: 0 } }), refused({ ...good, skipRows: -1 }),
    refused({ ...good, delimiter: '&' }), refused({ ...good, currency: 'euros' }), refused({ ...good, autre: 1 }), refused({ name: 'a' }), refused([]), refused({ ...good, ignore: [{ column: 'x', startsWith: 'y' }] }),
  ]).toEqual(['name', 'dateOrder', 'columns', 'columns', 'skipRows', 'delimiter', 'currency', 'autre', 'title', undefined, 'ignore'])
})
