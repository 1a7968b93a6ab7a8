import { describe, expect, test } from 'vitest'
import { localDate } from '../../../../core/kernel/local-date.ts'
import { parseIban } from '../../../../core/bank/account-name.ts'
import { isSiren } from '../../../../core/party/siren.ts'
import { readStatements } from '../../../../formats/bank/read-statements.ts'
import { borealConseil } from './boreal.ts'
import { fictitiousSiren } from './invoices.ts'
import { atelierLumen } from './lumen.ts'
import type { DemoCompany } from './plan.ts'

const DAYS = ['2026-11-21', '2026-01-02', '2026-03-01', '2026-05-19', '2026-10-20', '2026-12-31', '2027-02-28', '2028-02-29']
const COMPANIES: readonly (readonly [string, (today: ReturnType<typeof localDate>, seed: number) => DemoCompany])[] = [['Atelier Lumen', atelierLumen], ['Boréal Conseil', borealConseil]]

const linesOf = (company: DemoCompany) => company.steps.flatMap((step) => step.bankLines)

describe.each(COMPANIES)('the plan of %s', (_name, plan) => {
  test('is the same for the same day and seed, and another for another seed', () => {
    const day = localDate('2026-11-21')
    const text = (seed: number) => JSON.stringify(plan(day, seed), (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
    expect(text(1)).toBe(text(1))
    expect(text(1)).not.toBe(text(2))
  })

  test.each(DAYS)('holds together when it is made on %s', (day) => {
    const today = localDate(day)
    const company = plan(today, 471_204)
    for (const entry of [...company.opening, ...company.steps.flatMap((step) => step.entries)]) {
      expect(entry.lines.reduce((total, line) => total + line.debit - line.credit, 0n), entry.pieceRef).toBe(0n)
      expect(entry.date <= today, entry.pieceRef).toBe(true)
    }
    for (const { amount, meaning, words } of linesOf(company)) {
      const explained = meaning.kind === 'payment'
        ? meaning.parts.reduce((total, part) => total + part.amount, meaning.residual?.amount ?? 0n)
        : -meaning.counterparts.reduce((total, line) => total + line.debit - line.credit, 0n)
      expect(amount, words).toBe(explained)
    }
    let balance = company.account.opening
    for (const line of linesOf(company)) {
      balance += line.amount
      expect(balance > 0n, `money is left on ${line.on}`).toBe(true)
    }
    expect(company.steps.flatMap((step) => step.invoices).every((invoice) => invoice.issuedOn <= today)).toBe(true)
  })

  test('writes statements that the readers take whole, each following the one before', () => {
    const company = plan(localDate('2026-11-21'), 471_204)
    let balance = company.account.opening
    for (const { statement, bankLines } of company.steps) {
      const { statements, problems } = readStatements(statement!.bytes, {})
      expect(problems).toEqual([])
      expect(statements.flatMap(({ lines }) => lines.map((line) => [line.bookedOn, line.minor]))).toEqual(bankLines.map((line) => [line.on, line.amount]))
      for (const { opening, closing } of statements) {
        expect(opening?.minor).toBe(balance)
        balance = closing!.minor
      }
    }
  })
})

test('what names the companies is right and nobody\'s: SIREN that begin with zeros, a bank code that no bank has', () => {
  expect(isSiren(fictitiousSiren(4_712))).toBe(true)
  const { account, steps } = atelierLumen(localDate('2026-11-21'), 471_204)
  expect(parseIban(account.iban!)).toBe(account.iban)
  for (const { customer } of steps.flatMap((step) => step.invoices)) {
    expect(isSiren(customer.siren!) && customer.siren!.startsWith('0000')).toBe(true)
    expect(customer.iban === null || (parseIban(customer.iban) === customer.iban && customer.iban.slice(4, 9) === '99999')).toBe(true)
  }
})

test('Atelier Lumen sells about ten invoices a month, at three rates, of goods and services', () => {
  const sold = atelierLumen(localDate('2026-11-21'), 471_204).steps.flatMap((step) => step.invoices).filter((invoice) => invoice.kind === 'invoice' && invoice.origin !== 'draft')
  expect(sold.length).toBeGreaterThan(165)
  expect(sold.length).toBeLessThan(215)
  expect([...new Set(sold.flatMap((invoice) => invoice.lines.map((line) => line.vatRate)))].sort((a, b) => a - b)).toEqual([550, 1000, 2000])
  expect(new Set(sold.flatMap((invoice) => invoice.lines.map((line) => line.nature))).size).toBe(2)
})
