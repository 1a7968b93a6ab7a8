import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { localDate } from '../../../core/kernel/local-date.ts'
import { balanceText } from '../../../core/ledger/balance-report.ts'
import { checkEntry, debitLine, creditLine } from '../../../core/ledger/entry.ts'
import { isOpeningJournal } from '../../../core/ledger/journals.ts'
import { openingEntry } from '../../../core/ledger/opening.ts'
import { formatFraction, functionalBalance, ratios } from '../../../core/ledger/ratios.ts'
import { sig } from '../../../core/ledger/sig.ts'
import { balanceSheet, incomeStatement } from '../../../core/ledger/statements.ts'
import { trialBalance } from '../../../core/ledger/trial-balance.ts'
import { checkFec } from './check.ts'
import type { FecLine } from './record.ts'

const bytes = readFileSync(new URL('./fixtures/worked-year.txt', import.meta.url))
const lines: FecLine[] = []
const report = checkFec(bytes, { fileName: '123456782FEC20261231.txt', onLine: (line) => lines.push(line) })
const balance = trialBalance(lines.map((l) => ({ account: l.compteNum, label: l.compteLib, debit: l.debit, credit: l.credit, opening: isOpeningJournal(l.journalCode, l.journalLib) })))

it('is compliant: 49 lines, 18 entries, 81 701.03 on each side', () => {
  expect(report.problems).toEqual([])
  expect(report).toMatchObject({ lines: 49, entries: 18, debit: 8_170_103n, credit: 8_170_103n, siren: '123456782', closingOn: '2026-12-31', compliant: true })
})

it('closes on the balances stated with it', () => {
  const closing = Object.fromEntries(balance.accounts.filter((a) => a.balance !== 0n).map((a) => [a.account, a.balance]))
  expect(closing).toEqual({
    101300: -1_000_000n, 106100: -100_000n, 110000: -900_000n, 218300: 180_000n, 281830: -60_000n, 370000: 50_000n, 401000: -480_000n, 404000: -216_000n,
    411000: 960_000n, 431000: -165_433n, 444000: -122_100n, 445510: -213_000n, 447000: -20_000n, 512000: 2_778_715n, 603700: -50_000n, 607000: 400_000n,
    613200: 150_000n, 627000: 5_000n, 633000: 3_738n, 635110: 20_000n, 641000: 300_000n, 645000: 96_980n, 681120: 60_000n, 695000: 122_100n,
    706000: -1_000_000n, 707000: -800_000n,
  })
  expect(Object.entries(balance.classes).reduce((t, [, amount]) => t + amount, 0n)).toBe(0n)
})

it('gives the balance sheet and the form cells stated with it', () => {
  const sheet = balanceSheet(balance)
  expect([sheet.totalAssets, sheet.totalLiabilities, sheet.equity, sheet.debts]).toEqual([3_908_715n, 3_908_715n, 2_692_182n, 1_216_533n])
  expect(sheet.liabilities['suppliers']! + sheet.liabilities['assetSuppliers']!).toBe(696_000n)
  expect(sheet.liabilities['taxAndSocial']).toBe(520_533n)
  expect(sheet.assets['tangibleAssets']).toEqual({ gross: 180_000n, reduction: 60_000n, net: 120_000n })
  const { lines: income, turnover } = incomeStatement(balance)
  expect(turnover).toBe(1_800_000n)
  expect([income['goodsSold'], income['servicesSold'], income['goodsBought'], income['goodsStockChange'], income['externalCharges'], income['taxes'], income['wages'], income['contributions'], income['amortisation'], income['incomeTax']])
    .toEqual([800_000n, 1_000_000n, 400_000n, -50_000n, 155_000n, 23_738n, 300_000n, 96_980n, 60_000n, 122_100n])
})

it('gives the intermediate balances, the working capital and the ratios stated with it', () => {
  expect(sig(balance)).toMatchObject({
    margeCommerciale: 450_000n, production: 1_000_000n, valeurAjoutee: 1_295_000n, ebe: 874_282n, resultatExploitation: 814_282n, rcai: 814_282n, resultatNet: 692_182n, caf: 752_182n,
  })
  expect(functionalBalance(balance)).toEqual({ frng: 2_572_182n, bfrExploitation: 9_467n, bfrHorsExploitation: -216_000n, bfr: -206_533n, tresorerieNette: 2_778_715n })
  const found = Object.fromEntries(ratios(balance).map((r) => [r.id, r.value]))
  expect(formatFraction(found['autonomieFinanciere']!, 4)).toBe('0.6888')
  expect(formatFraction(found['liquiditeGenerale']!, 3)).toBe('3.114')
  expect(formatFraction(found['liquiditeReduite']!, 3)).toBe('3.073')
  expect(formatFraction(found['delaiClients']!, 1)).toBe('162.2')
  expect(formatFraction(found['delaiFournisseurs']!, 1)).toBe('263.1')
  expect(formatFraction(found['tauxNet']!, 4)).toBe('0.3845')
})

it('opens the next year as stated, third party by third party', () => {
  const names = new Map(lines.map((l) => [l.compAuxNum, l.compAuxLib]))
  const closing = lines.map((l) => ({ account: l.compteNum, auxiliary: l.compAuxNum ? { code: l.compAuxNum, name: names.get(l.compAuxNum)! } : null, balance: l.debit - l.credit }))
  const entry = openingEntry(closing, { date: localDate('2027-01-01'), provisional: false })
  expect(checkEntry(entry)).toEqual([])
  expect(entry).toMatchObject({ journal: 'AN', pieceRef: 'AN2027', label: 'À nouveaux 2027' })
  expect(entry.lines.map((l) => [l.account, l.auxiliary?.code ?? '', l.debit - l.credit])).toEqual([
    ['101300', '', -1_000_000n], ['106100', '', -100_000n], ['110000', '', -900_000n], ['120000', '', -692_182n], ['218300', '', 180_000n], ['281830', '', -60_000n],
    ['370000', '', 50_000n], ['401000', 'FRS001', -480_000n], ['404000', 'FRS003', -216_000n], ['411000', 'CLI002', 960_000n], ['431000', '', -165_433n],
    ['444000', '', -122_100n], ['445510', '', -213_000n], ['447000', '', -20_000n], ['512000', '', 2_778_715n],
  ])
  expect(entry.lines.reduce((t, l) => t + l.debit, 0n)).toBe(3_968_715n)
})

it('carries a loss to 129 and keeps an earlier unallocated profit on 120', () => {
  const entry = openingEntry([
    { account: '512000', auxiliary: null, balance: 400n }, { account: '120000', auxiliary: null, balance: -1_000n }, { account: '607000', auxiliary: null, balance: 600n },
  ], { date: localDate('2027-01-01'), provisional: true })
  const label = 'À nouveaux provisoires 2027'
  expect(entry.lines).toEqual([creditLine('120000', 1_000n, { label }), debitLine('129000', 600n, { label }), debitLine('512000', 400n, { label })])
})

it('prints as a table a French reader knows', () => {
  const text = balanceText({ from: report.from, to: report.to, balance, problems: [] }).replaceAll('\u00a0', ' ')
  for (const expected of ['Du 01/01/2026 au 31/12/2026', 'Total du passif', "Capacité d'autofinancement                                   7 521,82", 'Autonomie financière                                          68,88 %']) expect(text).toContain(expected)
})
