import { assert } from '../kernel/assert.ts'
import { absolute } from '../kernel/money.ts'
import type { Text } from '../kernel/problem.ts'
import { divide } from '../kernel/rounding.ts'
import { sig } from './sig.ts'
import { balanceSheet, incomeStatement } from './statements.ts'
import { balanceOf, type TrialBalance } from './trial-balance.ts'

/** An exact quotient. The denominator is never zero. */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint }

/** How a ratio reads: a bare number, a share of one (shown in %), days or years. */
export type RatioUnit = 'number' | 'share' | 'days' | 'years'

/** One ratio: null when its denominator is zero or negative, for it then means nothing. */
export type Ratio = { readonly id: string; readonly label: Text; readonly unit: RatioUnit; readonly value: Fraction | null }

/** Working capital in cents. frng - (bfrExploitation + bfrHorsExploitation) is always tresorerieNette. */
export type FunctionalBalance = {
  readonly frng: bigint
  readonly bfrExploitation: bigint
  readonly bfrHorsExploitation: bigint
  readonly bfr: bigint
  readonly tresorerieNette: bigint
}

/**
 * `daysInYear` is 365 by default (some use 360). Turnover and purchases with tax are read from the VAT accounts unless given.
 */
export type RatioOptions = { readonly daysInYear?: 360 | 365; readonly salesWithTax?: bigint; readonly purchasesWithTax?: bigint }

const REDUCTIONS = ['28', '29', '39', '49', '59']
const OPERATING = ['40', '41', '42', '43', '44', '486', '487']
const NOT_OPERATING = ['404', '405', '4084']

/** The highest rate of VAT in France, over 100: no tax on a turnover can be above it. */
const VAT_RATE_MAX = 20n

/** A quotient as text with a fixed number of decimals and a dot, rounded once, ties away from zero: 0.6888. */
export function formatFraction(fraction: Fraction, decimals: number): string {
  const scaled = divide(fraction.numerator * 10n ** BigInt(decimals), fraction.denominator, 'half-up')
  const text = absolute(scaled).toString().padStart(decimals + 1, '0')
  const body = decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`
  return scaled < 0n ? `-${body}` : body
}

/** Decimals that a ratio of this unit is shown with: four for numbers and shares, one for days, two for years. */
export function decimalsOf(unit: RatioUnit): number {
  return unit === 'days' ? 1 : unit === 'years' ? 2 : 4
}

/**
 * Functional balance: stable resources less fixed assets (FRNG), working capital needs (BFR) and net treasury, in cents.
 * Amortisation, impairment and provisions are resources and assets are gross; all of 42, 43 and 44 (income tax included) is
 * operating; 404, 405, 4084, 45, 46, 47 and the rest of class 4 are not. No legal definition exists: usual practice.
 * Holds frng - bfr = tresorerieNette for every balanced trial balance without classes 8 and 9.
 */
export function functionalBalance(balance: TrialBalance): FunctionalBalance {
  const charged = ['481', '169']
  const resources = -balanceOf(balance, ['1', ...REDUCTIONS], ['18', '169']) + balance.result
  const fixed = balanceOf(balance, ['2', ...charged], REDUCTIONS)
  const bfrExploitation = balanceOf(balance, ['3'], REDUCTIONS) + balanceOf(balance, OPERATING, NOT_OPERATING)
  const bfrHorsExploitation = balanceOf(balance, ['4', '18'], [...OPERATING, ...REDUCTIONS, '481']) + balanceOf(balance, NOT_OPERATING)
  return {
    frng: resources - fixed, bfrExploitation, bfrHorsExploitation, bfr: bfrExploitation + bfrHorsExploitation,
    tresorerieNette: balanceOf(balance, ['5'], REDUCTIONS),
  }
}

function movement(balance: TrialBalance, prefixes: readonly string[], side: 'debit' | 'credit' | 'net'): bigint {
  return balance.accounts.filter((a) => prefixes.some((p) => a.account.startsWith(p)))
    .reduce((total, a) => total + (side === 'net' ? a.debit - a.credit : a[side]), 0n)
}

function withTax(base: bigint, tax: bigint): bigint {
  const most = base > 0n ? (base * VAT_RATE_MAX) / 100n : 0n
  return base + (tax < 0n ? 0n : tax > most ? most : tax)
}

/**
 * Turnover with tax: turnover plus what was credited to collected VAT (4457) in the year, waiting VAT (44574, 44587) counting
 * for what it grew by. An estimate, kept between no tax and 20 %: reverse charge passes through the same accounts.
 */
export function salesWithTax(balance: TrialBalance): bigint {
  const waiting = movement(balance, ['44574', '44587'], 'net')
  const collected = movement(balance, ['4457'], 'credit') - movement(balance, ['44574'], 'credit')
  return withTax(incomeStatement(balance).turnover, collected - waiting)
}

function purchases(balance: TrialBalance): bigint {
  return balanceOf(balance, ['60', '61', '62'], ['603'])
}

/** Purchases and external charges with tax, by the same estimate over 44566 and its waiting accounts 44564 and 44586. */
export function purchasesWithTax(balance: TrialBalance): bigint {
  return withTax(purchases(balance), movement(balance, ['44566'], 'debit') + movement(balance, ['44564', '44586'], 'net'))
}

const over = (numerator: bigint, denominator: bigint): Fraction | null => (denominator > 0n ? { numerator, denominator } : null)

function averageGoodsStock(balance: TrialBalance): bigint {
  const stocks = balance.accounts.filter((a) => a.account.startsWith('37'))
  return stocks.reduce((twice, a) => twice + a.opening + a.balance, 0n)
}

/**
 * The usual ratios as exact quotients; round them only to show them (formatFraction). Break-even takes class 60 as variable
 * and every other operating charge as fixed. Thresholds are a matter of judgement: none is given here.
 */
export function ratios(balance: TrialBalance, options: RatioOptions = {}): Ratio[] {
  const days = BigInt(options.daysInYear ?? 365)
  const sheet = balanceSheet(balance)
  const statement = incomeStatement(balance)
  const { ebe, margeCommerciale, caf } = sig(balance)
  const turnover = statement.turnover
  const loans = sheet.liabilities['loans']! + sheet.liabilities['overdrafts']!
  const shortDebts = sheet.debts + balanceOf(balance, ['16', '17'], ['169'])
  const net = (...ids: string[]) => ids.reduce((total, id) => total + sheet.assets[id]!.net, 0n)
  const stocks = net('rawStocks', 'goodsStocks')
  const current = stocks + net('advancesPaid', 'customers', 'otherReceivables', 'securities', 'cash', 'prepaidCharges')
  const variable = balanceOf(balance, ['60'])
  const fixedCharges = statement.operatingCharges - variable
  const goods = statement.lines['goodsBought']! + statement.lines['goodsStockChange']!
  const owedByCustomers = balanceOf(balance, ['411', '413', '416', '418', '4191'])
  const owedToSuppliers = -balanceOf(balance, ['401', '403', '408', '4091'], ['4084'])
  const ratio = (id: string, unit: RatioUnit, [fr, en]: readonly [string, string]) => (value: Fraction | null): Ratio => ({ id, unit, label: { fr, en }, value })
  return [
    ratio('autonomieFinanciere', 'share', ['Autonomie financière', 'Financial independence'])(over(sheet.equity, sheet.totalLiabilities)),
    ratio('endettement', 'number', ['Endettement', 'Gearing'])(over(loans, sheet.equity)),
    ratio('capaciteRemboursement', 'years', ['Capacité de remboursement', 'Repayment capacity'])(over(loans, caf)),
    ratio('liquiditeGenerale', 'number', ['Liquidité générale', 'Current ratio'])(over(current, shortDebts)),
    ratio('liquiditeReduite', 'number', ['Liquidité réduite', 'Quick ratio'])(over(current - stocks, shortDebts)),
    ratio('liquiditeImmediate', 'number', ['Liquidité immédiate', 'Cash ratio'])(over(net('securities', 'cash'), shortDebts)),
    ratio('delaiClients', 'days', ['Délai de paiement des clients', 'Days sales outstanding'])(over(owedByCustomers * days, options.salesWithTax ?? salesWithTax(balance))),
    ratio('delaiFournisseurs', 'days', ['Délai de paiement aux fournisseurs', 'Days payables outstanding'])(over(owedToSuppliers * days, options.purchasesWithTax ?? purchasesWithTax(balance))),
    ratio('rotationStock', 'days', ['Durée de stockage des marchandises', 'Days of goods in stock'])(over(averageGoodsStock(balance) * days, goods * 2n)),
    ratio('tauxMarge', 'share', ['Taux de marge commerciale', 'Trading margin rate'])(over(margeCommerciale, statement.lines['goodsSold']!)),
    ratio('tauxEbe', 'share', ["Taux d'excédent brut d'exploitation", 'EBITDA margin'])(over(ebe, turnover)),
    ratio('tauxExploitation', 'share', ['Taux de résultat d\'exploitation', 'Operating margin'])(over(statement.operatingResult, turnover)),
    ratio('tauxNet', 'share', ['Taux de résultat net', 'Net margin'])(over(statement.result, turnover)),
    ratio('pointMort', 'days', ["Point mort (en jours d'activité)", 'Break-even point (days of activity)'])(over(fixedCharges * days, turnover - variable)),
  ]
}

/** A ratio's value as shown, or null: "0.6888", "162.2". */
export function ratioText(ratio: Ratio): string | null {
  assert(!ratio.value || ratio.value.denominator > 0n, 'a ratio divides by a positive amount')
  return ratio.value && formatFraction(ratio.value, decimalsOf(ratio.unit))
}
