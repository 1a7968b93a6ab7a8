import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { categoriseCommand } from './categorise.ts'

let folder = ''
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'categorise-')) })
afterAll(() => { rmSync(folder, { recursive: true }) })

async function run(...args: string[]) {
  const told = { out: '', err: '' }
  const code = await categoriseCommand(args, { out: (text) => { told.out += text }, err: (text) => { told.err += text } })
  return { code, ...told }
}

const bank = (rows: readonly string[]) => `line_id,account,booking_date,value_date,amount,currency,label,bank_ref\n${rows.join('\n')}\n`

test('every line without a label gets a category of the labels and a confidence, and stdout stays empty', async () => {
  const shops = ['STATION NORD', 'HOTEL DU LAC']
  const rows = Array.from({ length: 20 }, (_, at) => `L${at},A,2026-01-${String(at + 1).padStart(2, '0')},,-${20 + at}.00,EUR,CB ${shops[at % 2]} ${at},`)
  writeFileSync(join(folder, 'bank.csv'), bank(rows))
  writeFileSync(join(folder, 'labels.csv'), `line_id,category\n${rows.slice(0, 16).map((_, at) => `L${at},${at % 2 === 0 ? 'fuel' : 'hotel'}`).join('\n')}\nL99,fuel\n`)
  const out = join(folder, 'out.csv')
  const ran = await run('--data', folder, '--labels', join(folder, 'labels.csv'), '--out', out)
  expect([ran.code, ran.out]).toEqual([0, ''])
  const [header, ...written] = readFileSync(out, 'utf8').trim().split('\n')
  expect(header).toBe('line_id,category,confidence')
  expect(written.map((row) => row.split(',').slice(0, 2).join())).toEqual(['L16,fuel', 'L17,hotel', 'L18,fuel', 'L19,hotel'])
  for (const row of written) expect(Number(row.split(',')[2])).toSatisfy((confidence: number) => confidence > 0.5 && confidence <= 0.8)
})

test('a missing option is wrong usage, and labels of no line are refused', async () => {
  expect((await run('--data', folder, '--out', 'x')).code).toBe(2)
  writeFileSync(join(folder, 'none.csv'), 'line_id,category\nX,fuel\n')
  expect(await run('--data', folder, '--labels', join(folder, 'none.csv'), '--out', join(folder, 'o.csv'))).toMatchObject({ code: 1 })
  expect(await run('--data', join(folder, 'nowhere'), '--labels', join(folder, 'none.csv'), '--out', join(folder, 'o.csv'))).toMatchObject({ code: 1 })
})
