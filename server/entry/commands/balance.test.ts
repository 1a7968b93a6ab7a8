import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { balanceCommand } from './balance.ts'
import { fecCheckCommand } from './fec-check.ts'

type Run = { code: number; out: string; err: string }

let folder = ''
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'quittance-balance-')) })
afterAll(async () => { await rm(folder, { recursive: true }) })

async function run(command: typeof balanceCommand, ...args: string[]): Promise<Run> {
  const found = { out: '', err: '' }
  const code = await command(args, { out: (text) => { found.out += text }, err: (text) => { found.err += text } })
  return { code, ...found }
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const workedYear = () => readFile(new URL('../../../formats/ledger/fec/fixtures/worked-year.txt', import.meta.url))

it('prints the check of a compliant ledger as one JSON line, exit 0', async () => {
  const found = await run(fecCheckCommand, await file('123456782FEC20261231.txt', await workedYear()))
  expect(found.code).toBe(0)
  expect(found.out.trimEnd()).not.toContain('\n')
  expect(JSON.parse(found.out)).toMatchObject({
    siren: '123456782', closingOn: '2026-12-31', encoding: 'utf-8', separator: 'pipe', lines: 49, entries: 18, debit: '81701.03', credit: '81701.03',
    journals: { AN: { lines: 5, debit: '20000.00', credit: '20000.00' } }, problems: [],
  })
})

it('exits 1 on a ledger with errors and names the rule, the line and what to do', async () => {
  const found = await run(fecCheckCommand, await file('123456782FEC20261231.txt', (await workedYear()).toString('utf8').replace('20000,00', '20000.00')))
  expect(found.code).toBe(1)
  expect(JSON.parse(found.out).problems).toEqual([{ rule: 'FEC_AMOUNT_POINT', severity: 'error', line: 2, message: 'Ligne 2 : Debit vaut « 20000.00 » : le séparateur décimal est la virgule.' }])
})

it('exits 1 with the JSON of a refusal when the file is missing, 2 on wrong usage', async () => {
  const found = await run(fecCheckCommand, join(folder, 'absent.txt'))
  expect([found.code, JSON.parse(found.out).problems[0].rule]).toEqual([1, 'FILE_UNREADABLE'])
  expect((await run(fecCheckCommand)).code).toBe(2)
  expect((await run(balanceCommand, '--yaml', 'x')).code).toBe(2)
})

it('prints the balance of a ledger, and the same result from its CSV and its spreadsheet', async () => {
  const fec = await run(balanceCommand, await file('123456782FEC20261231.txt', await workedYear()), '--json')
  const json = JSON.parse(fec.out) as { accounts: { account: string; label: string; debit: string; credit: string }[]; result: string; classes: object; sig: object; ratios: Record<string, string> }
  expect([fec.code, json.result, json.ratios['autonomieFinanciere'], json.ratios['tresorerieNette']]).toEqual([0, '6921.82', '0.6888', '27787.15'])
  const csv = `Compte;Intitulé;Débit;Crédit\n${json.accounts.map((a) => `${a.account};"${a.label}";${a.debit.replace('.', ',')};${a.credit.replace('.', ',')}`).join('\n')}\n`
  const rows = [['Compte', 'Intitulé', 'Débit', 'Crédit'], ...json.accounts.map((a) => [Number(a.account), a.label, Number(a.debit), Number(a.credit)])]
  for (const path of [await file('balance.csv', csv), await file('latin.csv', Buffer.from(csv, 'latin1')), await file('balance.xlsx', await writeXlsx({ sheets: [{ name: 'Balance', rows }] }))]) {
    const found = await run(balanceCommand, path, '--json')
    const other = JSON.parse(found.out) as typeof json & { from: null }
    expect([found.code, other.from, other.result, other.classes, other.sig], path).toEqual([0, null, json.result, json.classes, json.sig])
  }
})

it('prints a French table without --json', async () => {
  const found = await run(balanceCommand, await file('123456782FEC20261231.txt', await workedYear()))
  expect(found.out.split('\n')[0]).toBe('Du 01/01/2026 au 31/12/2026')
  expect(found.out).toContain('SOLDES INTERMÉDIAIRES DE GESTION')
  expect(found.err).toBe('')
})

it('refuses a file that is no ledger, without a stack trace', async () => {
  for (const path of [await file('noise.xlsx', 'PK\u0003\u0004 not a spreadsheet'), await file('letter.txt', 'Bonjour'), await file('empty.csv', ''), join(folder, 'absent.csv')]) {
    const found = await run(balanceCommand, path, '--json')
    expect(found.code, path).toBe(1)
    expect(JSON.parse(found.out).problems.length).toBeGreaterThan(0)
    expect(found.out + found.err).not.toMatch(/\bat .*:\d+:\d+/)
  }
})
