import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pdfOf, row } from '../../../tests/support/statement-pdf.ts'
import { localeOf, readCommand } from './read.ts'

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'formats', 'bank')
const CFONB = join(FIXTURES, 'cfonb120', 'fixtures', 'two-months.cfo')
const CSV = join(FIXTURES, 'csv', 'fixtures', 'current-account.csv')
let folder = ''

beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'quittance-read-')) })
afterAll(() => { rmSync(folder, { recursive: true }) })

async function run(...args: string[]): Promise<{ code: number; out: string; err: string; objects: Record<string, unknown>[] }> {
  let [out, err] = ['', '']
  const code = await readCommand(args, { out: (text) => { out += text }, err: (text) => { err += text } })
  return { code, out, err, objects: out.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>) }
}

test('a statement is printed as one JSON object on one line', async () => {
  const { code, err, objects } = await run(CFONB)
  expect({ code, err, count: objects.length }).toEqual({ code: 0, err: '', count: 1 })
  expect(objects[0]).toMatchObject({ file: CFONB, format: 'cfonb120', encoding: 'ascii', problems: [] })
  const [march] = objects[0]!['statements'] as Record<string, unknown>[]
  expect(march).toMatchObject({ account: { iban: null, id: '30004 00123 00012345678' }, currency: 'EUR', opening: { date: '2026-02-28', amount: '1000.00' }, closing: { date: '2026-03-31', amount: '1190.00' }, continuity: 'proven' })
  expect((march!['lines'] as unknown[])[1]).toEqual({
    bookedOn: '2026-03-15', valueOn: '2026-03-16', amount: '-49.99', currency: 'EUR', label: 'PRLV SEPA TELECOM ++MANDAT 42', reference: null, counterparty: { name: 'TELECOM SA', iban: null }, bankId: 'BK0002', status: 'booked',
  })
})

test('several files give one line each, and one bad file makes the exit code 1 without hiding the others', async () => {
  const damaged = join(folder, 'x.pdf')
  writeFileSync(damaged, '%PDF-1.7\n')
  const { code, objects } = await run(damaged, CSV, join(folder, 'absent.csv'), folder)
  expect(code).toBe(1)
  expect(objects.map((object) => [object['format'], (object['problems'] as { code: string }[]).map((found) => found.code)])).toEqual([
    ['pdf', ['PDF_DAMAGED']], ['csv', []], [null, ['FILE_UNREADABLE']], [null, ['FILE_UNREADABLE']],
  ])
})

test('an empty file gives a problem and exit code 1', async () => {
  const empty = join(folder, 'empty.csv')
  writeFileSync(empty, '')
  expect(await run(empty)).toMatchObject({ code: 1, objects: [{ format: null, encoding: null, statements: [], problems: [{ severity: 'error', code: 'FILE_EMPTY', line: null }] }] })
})

test('format and profile can be chosen; a wrong one, or no file, is wrong usage and prints nothing', async () => {
  expect(await run('--format', 'csv', '--profile=day-first', CSV)).toMatchObject({ code: 0, objects: [{ format: 'csv' }] })
  for (const args of [[], ['--format', 'docx', CSV], ['--profile', 'nobody', CSV], ['--frmat', 'csv', CSV], [CSV, '--format']]) {
    const { code, out, err } = await run(...args)
    expect({ args, code, out }).toEqual({ args, code: 2, out: '' })
    expect(err).toContain('quittance read')
  }
})

test('a PDF is read by its text layer, and refused as any other format', async () => {
  const file = join(folder, 'releve.pdf')
  const cells = (y: number, amount: string, label: string, day = '') => row(y, [[day, { x: 40 }], [label, { x: 140 }], [amount, { end: 540 }]])
  writeFileSync(file, pdfOf([[...cells(80, 'Montant EUR', 'Libellé', 'Date'), ...cells(100, '100,00', 'Ancien solde au 28/02/2026'), ...cells(120, '-12,50', 'PRLV TELECOM', '03/03/2026'), ...cells(140, '87,50', 'Nouveau solde au 31/03/2026')]]))
  const expected = { format: 'pdf', encoding: null, problems: [], statements: [{ continuity: 'proven', lines: [{ bookedOn: '2026-03-03', amount: '-12.50', label: 'PRLV TELECOM', status: 'booked' }] }] }
  expect(await run(file)).toMatchObject({ code: 0, objects: [expected] })
  expect(await run('--format', 'pdf', file)).toMatchObject({ code: 0, objects: [expected] })
  expect(await run('--format', 'camt', file)).toMatchObject({ code: 1, objects: [{ format: null, problems: [{ code: 'NOT_A_STATEMENT' }] }] })
})

test('a profile that somebody shares is a file of JSON; one that is wrong is wrong usage', async () => {
  const [table, profile, wrong] = [join(folder, 'table.csv'), join(folder, 'profile.json'), join(folder, 'wrong.json')]
  writeFileSync(table, 'Quand|Combien|Quoi\n02/03/2026|5,00|a\n')
  writeFileSync(profile, JSON.stringify({ name: 'ma-banque', title: { fr: 'Ma banque', en: 'My bank' }, columns: { booked: 'Quand', amount: 'Combien', label: ['Quoi'] }, dateOrder: 'month-first', reading: 'outgoing', currency: 'EUR' }))
  writeFileSync(wrong, '{"name":"x"}')
  expect(await run('--profile', profile, table)).toMatchObject({ code: 0, objects: [{ format: 'csv', problems: [], statements: [{ lines: [{ bookedOn: '2026-02-03', amount: '-5.00', label: 'a' }] }] }] })
  expect(await run('--profile', wrong, table)).toMatchObject({ code: 2, out: '' })
  expect(await run('--profile', join(folder, 'absent.json'), table)).toMatchObject({ code: 2, out: '' })
})

test('a currency can be given to a file that names none', async () => {
  const qif = join(FIXTURES, 'qif', 'fixtures', 'current-account.qif')
  expect(await run('--currency', 'chf', qif)).toMatchObject({ code: 0, objects: [{ format: 'qif', problems: [], statements: [{ currency: 'CHF' }, { currency: 'CHF' }] }] })
  expect(await run('--currency', 'francs', qif)).toMatchObject({ code: 2, out: '' })
})

test('messages are in French unless the environment says English', () => {
  expect(localeOf({})).toBe('fr')
  expect(localeOf({ LANG: 'en_GB.UTF-8' })).toBe('en')
  expect(localeOf({ LANG: 'C.UTF-8' })).toBe('fr')
  expect(localeOf({ LANG: 'en_US.UTF-8', QUITTANCE_LANG: 'fr' })).toBe('fr')
})
