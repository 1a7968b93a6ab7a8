import { readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { checkFec, createFecCheck, PROBLEMS_PER_RULE_MAX } from './check.ts'
import { FEC_RULES, type FecRule } from './rules.ts'

const NAME = '123456782FEC20261231.txt'
const text = readFileSync(new URL('./fixtures/worked-year.txt', import.meta.url), 'utf8')
const rows = text.trimEnd().split('\n').map((line) => line.split('|'))
const column = (name: string) => rows[0]!.indexOf(name)

type Rows = string[][]
const join = (table: Rows, separator = '|') => `${table.map((row) => row.join(separator)).join('\n')}\n`
const copy = (): Rows => rows.map((row) => [...row])
const codes = (content: string | Uint8Array, fileName = NAME) => checkFec(typeof content === 'string' ? new TextEncoder().encode(content) : content, { fileName }).problems.map((p) => p.code)

/** The worked year with fields of one line changed; the header is line 1. */
function set(line: number, changes: Record<string, string>): string {
  const table = copy()
  for (const [name, value] of Object.entries(changes)) table[line - 1]![column(name)] = value
  return join(table)
}

/** The worked year with every line of an entry changed. */
function setEntry(number: string, changes: Record<string, string>): string {
  return join(copy().map((row) => (row[2] === number ? row.map((value, index) => changes[rows[0]![index]!] ?? value) : row)))
}

const drop = (name: string) => join(copy().map((row) => row.filter((_, index) => index !== column(name))))
const insert = (at: number, ...added: string[]) => join([...copy().slice(0, at - 1), ...added.map((line) => line.split('|')), ...copy().slice(at - 1)])
const entryLines = (...accounts: string[]) => accounts.map((a) => `OD|Opérations diverses|000019|20261231|${a}|||20261231||`)

const counters = new Map<string, Map<string, number>>()
function perJournal(row: readonly string[]): string {
  const journal = counters.get(row[0]!) ?? new Map<string, number>()
  counters.set(row[0]!, journal)
  if (!journal.has(row[2]!)) journal.set(row[2]!, journal.size + 1)
  return String(journal.get(row[2]!)).padStart(6, '0')
}

const signed = join(copy().map((row, index) => {
  const debit = row[column('Debit')]!
  const change = index === 0 ? ['Montant', 'Sens'] : debit === '0,00' ? [row[column('Credit')]!, '-1'] : [debit, '+1']
  return [...row.slice(0, 11), ...change, ...row.slice(13)]
}))

/** For each rule, the smallest change of the worked year that breaks it, and the line it must name. */
const MUTATIONS: Record<Exclude<FecRule, 'FEC_MORE'>, { content: string | Uint8Array; line: number | null; name?: string; field?: string }> = {
  FEC_NAME: { content: text, name: 'export.txt', line: null },
  FEC_SIREN: { content: text, name: '123456789FEC20261231.txt', line: null },
  FEC_ENCODING: { content: iconv.encode(set(2, { EcritureLib: 'À nouveaux (20 000 €)' }), 'windows-1252'), line: null },
  FEC_CHARACTER: { content: set(3, { EcritureLib: 'A nou\u0007veaux' }), line: 3, field: 'EcritureLib' },
  FEC_EMPTY: { content: join(copy().slice(0, 1)), line: null },
  FEC_NOT_A_FEC: { content: 'date;libellé;montant\n2026-01-01;Loyer;12,00\n', line: 1 },
  FEC_SEPARATOR: { content: join(copy(), ';'), line: 1 },
  FEC_COLUMN_MISSING: { content: drop('Idevise'), line: 1, field: 'Idevise' },
  FEC_COLUMN_ORDER: { content: join(copy().map((row) => [row[1]!, row[0]!, ...row.slice(2)])), line: 1, field: 'JournalLib' },
  FEC_COLUMN_CASE: { content: text.replace('Montantdevise', 'MontantDevise'), line: 1, field: 'Montantdevise' },
  FEC_COLUMN_EXTRA: { content: join(copy().map((row, index) => [...row, index === 0 ? 'Section' : ''])), line: 1 },
  FEC_COLUMN_REPEATED: { content: join(copy().map((row) => [...row, row[1]!])), line: 1, field: 'JournalLib' },
  FEC_FIELD_COUNT: { content: set(3, { EcritureLib: 'A nouveaux|2026' }), line: 3 },
  FEC_EMPTY_LINE: { content: insert(4, ''), line: 4 },
  FEC_REQUIRED: { content: set(2, { CompteLib: '' }), line: 2, field: 'CompteLib' },
  FEC_ABSENT: { content: set(8, { PieceRef: ' ' }), line: 8, field: 'PieceRef' },
  FEC_AMOUNT_POINT: { content: set(2, { Debit: '20000.00' }), line: 2, field: 'Debit' },
  FEC_AMOUNT_THOUSANDS: { content: set(2, { Debit: '20 000,00' }), line: 2, field: 'Debit' },
  FEC_AMOUNT_FORMAT: { content: set(2, { Debit: '2,0E4' }), line: 2, field: 'Debit' },
  FEC_AMOUNT_PRECISION: { content: set(2, { Debit: '20000,001' }), line: 2, field: 'Debit' },
  FEC_AMOUNT_EMPTY: { content: set(2, { Credit: '' }), line: 2, field: 'Credit' },
  FEC_DATE: { content: set(8, { EcritureDate: '20261332' }), line: 8, field: 'EcritureDate' },
  FEC_DATE_RANGE: { content: set(8, { PieceDate: '18990101' }), line: 8, field: 'PieceDate' },
  FEC_SENS: { content: signed.replace('|20000,00|+1|', '|20000,00|X|'), line: 2, field: 'Sens' },
  FEC_ACCOUNT_DIGITS: { content: set(2, { CompteNum: 'BQ1', CompteLib: 'Banque 1' }), line: 2, field: 'CompteNum' },
  FEC_ACCOUNT_UNKNOWN: { content: set(2, { CompteNum: '990000', CompteLib: 'Banque 1' }), line: 2, field: 'CompteNum' },
  FEC_BOTH_SIDES: { content: set(2, { Debit: '20001,00', Credit: '1,00' }), line: 2, field: 'Debit' },
  FEC_NO_SIDE: { content: insert(3, 'AN|A nouveaux|000001|20260101|512000|Banque|||AN2026|20260101|A nouveaux 2026|0,00|0,00|||20260101||'), line: 3 },
  FEC_AUXILIARY: { content: set(7, { CompAuxLib: '' }), line: 7, field: 'CompAuxLib' },
  FEC_CURRENCY: { content: set(7, { Montantdevise: '12000,00' }), line: 7, field: 'Idevise' },
  FEC_CURRENCY_CODE: { content: set(7, { Montantdevise: '12000,00', Idevise: 'EURO' }), line: 7, field: 'Idevise' },
  FEC_VALID_BEFORE: { content: setEntry('000002', { ValidDate: '20260114' }), line: 7, field: 'ValidDate' },
  FEC_OUTSIDE_YEAR: { content: text, name: '123456782FEC20251231.txt', line: 2 },
  FEC_LETTER_DATE: { content: set(7, { DateLet: '' }), line: 7, field: 'DateLet' },
  FEC_TOTAL: { content: set(2, { Debit: '20000,01' }), line: null },
  FEC_ENTRY_BALANCE: { content: set(2, { Debit: '20000,01' }), line: 2 },
  FEC_ENTRY_DATE: { content: set(8, { EcritureDate: '20260116', ValidDate: '20260115' }), line: 8, field: 'EcritureDate' },
  FEC_ENTRY_VALID_DATE: { content: set(8, { ValidDate: '20260116' }), line: 8, field: 'ValidDate' },
  FEC_ENTRY_PIECE: { content: set(8, { PieceRef: 'FA2026-0009' }), line: 8, field: 'PieceRef' },
  FEC_ENTRY_SCATTERED: { content: insert(12, rows[8]!.join('|').replace('2000,00', '0,00')), line: 12 },
  FEC_NUMBER_SHARED: { content: setEntry('000007', { EcritureNum: '000005' }), line: 21, field: 'EcritureNum' },
  FEC_NUMBER_PER_JOURNAL: { content: join(copy().map((row, index) => (index === 0 ? row : [row[0]!, row[1]!, perJournal(row), ...row.slice(3)]))), line: null },
  FEC_NUMBER_GAP: { content: setEntry('000018', { EcritureNum: '000020' }), line: 49, field: 'EcritureNum' },
  FEC_NUMBER_UNUSED: { content: join(copy().map((row, index) => (index === 0 ? row : [row[0]!, row[1]!, '0', ...row.slice(3)]))), line: 2, field: 'EcritureNum' },
  FEC_VALIDATION_ORDER: { content: setEntry('000018', { ValidDate: '20260630', EcritureDate: '20260630' }), line: 49, field: 'ValidDate' },
  FEC_OPENING_FIRST: { content: join([...copy().slice(0, 1), ...copy().slice(6, 9), ...copy().slice(1, 6), ...copy().slice(9)]), line: 5, field: 'JournalCode' },
  FEC_CLOSING_ENTRY: { content: insert(51, ...entryLines('707000|Ventes de marchandises|||CL|20261231|Clôture|8000,00|0,00', "120000|Résultat de l'exercice (bénéfice)|||CL|20261231|Clôture|0,00|8000,00")), line: 51 },
  FEC_CENTRALISED: { content: text.replaceAll('Opérations diverses', 'Centralisation des achats'), line: 24, field: 'JournalLib' },
  FEC_ACCOUNT_LABEL: { content: set(16, { CompteLib: 'Banque Nord' }), line: 16, field: 'CompteLib' },
  FEC_AUXILIARY_LABEL: { content: set(17, { CompAuxLib: 'Client Omega' }), line: 17, field: 'CompAuxLib' },
  FEC_JOURNAL_LABEL: { content: set(17, { JournalLib: 'Banque Nord' }), line: 17, field: 'JournalLib' },
  FEC_LETTER_BALANCE: { content: set(17, { EcritureLet: 'C' }), line: 7 },
  FEC_VAT_RATE: { content: join(copy().map((row) => row.map((value) => (row[2] === '000002' ? value.replace('10000,00', '10500,00').replace('2000,00', row[4] === '445710' ? '1500,00' : '2000,00') : value)))), line: 7 },
}

describe('a rule', () => {
  it.each(Object.entries(MUTATIONS))('%s is broken by one change of the worked year, at the line and field it names', (rule, { content, line, name, field }) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    const report = checkFec(bytes, { fileName: name ?? NAME })
    const found = report.problems.find((p) => p.code === rule)
    expect(found, report.problems.map((p) => p.code).join(' ')).toBeDefined()
    expect(found?.where.line ?? null).toBe(line)
    if (field) expect(found?.where.field).toBe(field)
    expect(found?.severity).toBe(FEC_RULES[rule as FecRule].severity)
    for (const message of [found!.message.fr, found!.message.en]) expect(message).not.toMatch(/[{}]|undefined|!/)
  })

  it('has a mutation for each code but the one that counts the rest', () => {
    expect(Object.keys(MUTATIONS).sort()).toEqual(Object.keys(FEC_RULES).filter((rule) => rule !== 'FEC_MORE').sort())
  })
})

describe('the worked year', () => {
  it('is compliant with bars or tabulations, LF or CR LF, with Montant and Sens, and with letters for Sens', () => {
    for (const content of [text, join(copy(), '\t'), text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r\r\n'), text.replaceAll('\n', '\r'), `\ufeff${text}`, signed, signed.replaceAll('|+1|', '|D|').replaceAll('|-1|', '|C|')]) {
      expect(codes(content)).toEqual([])
    }
  })
  it('keeps the same totals with signs on either side', () => {
    const flipped = join(copy().map((row, index) => (index === 0 ? row : [...row.slice(0, 11), row[12] === '0,00' ? '0,00' : `-${row[12]}`, row[11] === '0,00' ? '0,00' : `${row[11]}-`, ...row.slice(13)])))
    const report = checkFec(new TextEncoder().encode(flipped))
    expect([report.debit, report.credit]).toEqual([-8_170_103n, -8_170_103n])
    expect(report.compliant).toBe(true)
  })
  it('is read the same whatever the size of the chunks', () => {
    const bytes = new TextEncoder().encode(set(8, { EcritureDate: '20261332' }).replaceAll('\n', '\r\r\n'))
    const whole = checkFec(bytes, { fileName: NAME })
    for (const size of [1, 2, 3, 7, 64, 1000]) {
      const check = createFecCheck({ fileName: NAME })
      for (let from = 0; from < bytes.length; from += size) check.push(bytes.subarray(from, from + size))
      const { facts: _facts, ...rest } = check.end()
      const { facts: _whole, ...expected } = whole
      expect(rest).toEqual(expected)
    }
  })
})

describe('what is not compliant is still read', () => {
  it('counts a point decimal and grouped thousands for what they say', () => {
    for (const amount of ['20000.00', '20 000,00', '20.000,00', '20,000.00']) expect(checkFec(new TextEncoder().encode(set(2, { Debit: amount }))).debit).toBe(8_170_103n)
  })
  it('keeps out a line whose amounts cannot be trusted, and says so', () => {
    const report = checkFec(new TextEncoder().encode(set(2, { Debit: 'vingt mille' })))
    expect(report).toMatchObject({ lines: 48, refused: 1, debit: 6_170_103n })
    const shifted = checkFec(new TextEncoder().encode(join(copy().map((row, index) => (index === 1 ? row.filter((_, i) => i !== 8) : row)))))
    expect(shifted).toMatchObject({ lines: 48, refused: 1 })
  })
  it('reads the 22 columns of a cash-basis file, where journals may be blank', () => {
    const cash = join(copy().map((row, index) => [...row, ...(index === 0 ? ['DateRglt', 'ModeRglt', 'NatOp', 'IdClient'] : ['20260131', 'CB', '', ''])].map((v, i) => (index > 0 && i < 2 ? '' : v))))
    expect(checkFec(new TextEncoder().encode(cash), { fileName: NAME }).problems.map((p) => p.code).filter((code) => code !== 'FEC_NUMBER_GAP')).toEqual([])
  })
  it('counts entries by their day when they all carry the number 0', () => {
    const zero = join(copy().map((row, index) => (index === 0 ? row : [row[0]!, row[1]!, '0', ...row.slice(3)])))
    expect(checkFec(new TextEncoder().encode(zero)).entries).toBe(new Set(rows.slice(1).map((row) => row[0]! + row[3]!)).size)
  })
  it('tells a bounded number of breaches of one rule, and counts the others', () => {
    const many = join(copy().slice(0, 1)) + `${rows[1]!.map((v, i) => (i === column('PieceRef') ? '' : v)).join('|')}\n`.repeat(PROBLEMS_PER_RULE_MAX + 30)
    const absent = checkFec(new TextEncoder().encode(many)).problems.filter((p) => p.code === 'FEC_ABSENT')
    expect(absent).toHaveLength(PROBLEMS_PER_RULE_MAX + 1)
    expect(absent.at(-1)?.message.fr).toBe('30 autres lignes enfreignent la règle FEC_ABSENT.')
  })
  it.each([['nothing', new Uint8Array(0), 'FEC_EMPTY'], ['a PDF', new TextEncoder().encode('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 'FEC_NOT_A_FEC'], ['UTF-16', new Uint8Array([0xff, 0xfe, 74, 0]), 'FEC_ENCODING'], ['noise without an end of line', new Uint8Array(3 << 20).fill(65), 'FEC_NOT_A_FEC']])('refuses %s in one sentence', (_, bytes, code) => {
    expect(codes(bytes).filter((found) => found !== 'FEC_NAME')).toEqual([code])
  })
})
