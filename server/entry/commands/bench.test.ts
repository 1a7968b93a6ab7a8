import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { benchCommand } from './bench.ts'

let folder: string
beforeAll(() => {
  vi.stubEnv('DATABASE_URL', '')
  folder = mkdtempSync(join(tmpdir(), 'quittance-workload-'))
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ start: '2024-01-01', years: 2, company: { name: 'Essai SARL', siren: '732829320' } }))
  writeFileSync(join(folder, 'journal.csv'), `entry,journal,date,piece,label,account,aux,debit,credit
1,OD,2024-01-02,CAP,Apport,512100,,1000.00,
1,OD,2024-01-02,CAP,Apport,101000,,,1000.00
2,VE,2024-03-05,F1,"Vente, essai",411000,C1,120.00,
2,VE,2024-03-05,F1,"Vente, essai",706000,,,100.00
2,VE,2024-03-05,F1,"Vente, essai",445710,,,20.00
3,BQ,2025-02-01,B1,Encaissement,512100,,120.00,
3,BQ,2025-02-01,B1,Encaissement,411000,C1,,120.00
`)
  writeFileSync(join(folder, 'bank.csv'), `line_id,account,booking_date,value_date,amount,currency,label,bank_ref,balance
B1,FR7630001007941234567890185,2025-02-01,2025-02-01,120.00,EUR,VIR CLIENT UN,R1,120.00
B2,FR7630001007941234567890185,2025-02-03,2025-02-03,-20.00,EUR,CARTE DEUX,R2,100.00
B3,FR7612548029989876543210917,2025-02-03,2025-02-03,-5.00,EUR,FRAIS,,95.00
`)
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

async function bench(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await benchCommand(args, { out: (text) => { out += text }, err: (text) => { err += text } })
  return { code, out, err }
}

test('a folder is loaded once, then each workload answers from the books', async () => {
  expect(await bench('balance', folder)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('bench load') })
  expect(await bench('load', folder)).toMatchObject({ code: 0, err: expect.stringContaining('3 ') })
  // The sums of the rows above, over both years.
  expect((await bench('balance', folder)).out).toBe('101000 0.00 1000.00\n411000 120.00 120.00\n445710 0.00 20.00\n512100 1120.00 0.00\n706000 0.00 100.00\n')
  const paths = (await bench('export', folder)).out.trim().split('\n')
  expect(paths.map((path) => readFileSync(path, 'utf8').trim().split('\r\n').length - 1)).toEqual([5, 2])
  for (let run = 0; run < 2; run += 1) expect(JSON.parse((await bench('import', folder)).out)).toEqual({ new: 3, known: 0, suspicious: 0 })
}, 120_000)

test('a wrong word, a folder without data: said, and nothing is done', async () => {
  expect((await bench('race', folder)).code).toBe(2)
  expect((await bench('load')).code).toBe(2)
  expect(await bench('load', join(folder, 'absent'))).toMatchObject({ code: 1, err: expect.stringContaining('journal.csv') })
})
