import type { LocalDate } from '../kernel/local-date.ts'
import type { Locale, Problem } from '../kernel/problem.ts'
import { frenchAmount, plainAmount } from './amount-text.ts'
import { formatFraction, functionalBalance, type Ratio, ratios, ratioText } from './ratios.ts'
import { type Sig, sig, SIG_LABELS } from './sig.ts'
import { ASSET_LINES, INCOME_LINES, LIABILITY_LINES } from './statement-lines.ts'
import { balanceSheet, incomeStatement } from './statements.ts'
import type { TrialBalance } from './trial-balance.ts'

/** A trial balance and what is known of its file. The days are null when the file has none. */
export type BalanceInput = { readonly from: LocalDate | null; readonly to: LocalDate | null; readonly balance: TrialBalance; readonly problems: readonly Problem[] }

const amounts = (values: Readonly<Record<string, bigint>>): Record<string, string> => Object.fromEntries(Object.entries(values).map(([key, cents]) => [key, plainAmount(cents)]))

function sheetJson(balance: TrialBalance): Record<string, unknown> {
  const sheet = balanceSheet(balance)
  return {
    assets: Object.fromEntries(ASSET_LINES.map(({ id }) => [id, amounts(sheet.assets[id]!)])),
    liabilities: amounts(sheet.liabilities),
    totalAssets: plainAmount(sheet.totalAssets), totalLiabilities: plainAmount(sheet.totalLiabilities),
    equity: plainAmount(sheet.equity), debts: plainAmount(sheet.debts),
  }
}

function incomeJson(balance: TrialBalance): Record<string, unknown> {
  const { lines, ...totals } = incomeStatement(balance)
  return { lines: amounts(lines), ...amounts(totals) }
}

/** Trial balance, statements, SIG and ratios as JSON values: amounts and ratios are decimal strings, what is unknown is null. */
export function balanceJson({ from, to, balance, problems }: BalanceInput, locale: Locale): Record<string, unknown> {
  const classes = Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((of) => [of, balance.classes[of] ?? 0n]))
  return {
    from, to,
    accounts: balance.accounts.map((a) => ({
      account: a.account, label: a.label, debit: plainAmount(a.openingDebit + a.debit), credit: plainAmount(a.openingCredit + a.credit), balance: plainAmount(a.balance),
    })),
    totals: amounts(balance.totals), classes: amounts({ ...classes, ...balance.classes }), result: plainAmount(balance.result),
    sig: amounts(sig(balance)), balanceSheet: sheetJson(balance), incomeStatement: incomeJson(balance),
    ratios: { ...amounts(functionalBalance(balance)), ...Object.fromEntries(ratios(balance).map((ratio) => [ratio.id, ratioText(ratio)])) },
    problems: problems.map((p) => ({ code: p.code, severity: p.severity, line: p.where.line ?? null, message: p.message[locale] })),
  }
}

const LABEL_WIDTH = 52
const AMOUNT_WIDTH = 17

/** One line of a table: a label cut to its width, then amounts aligned on the right. */
function row(label: string, cells: readonly string[]): string {
  const text = label.length > LABEL_WIDTH ? `${label.slice(0, LABEL_WIDTH - 1)}…` : label
  return `${text.padEnd(LABEL_WIDTH)}${cells.map((cell) => cell.padStart(AMOUNT_WIDTH)).join('')}`.trimEnd()
}

function title(text: string): string[] {
  return ['', text.toUpperCase(), '─'.repeat(text.length)]
}

function accountsText(balance: TrialBalance): string[] {
  return [
    ...title('Balance des comptes'), row('Compte', ['Débit', 'Crédit', 'Solde']),
    ...balance.accounts.map((a) => row(`${a.account}  ${a.label}`, [a.openingDebit + a.debit, a.openingCredit + a.credit, a.balance].map(frenchAmount))),
    row('Totaux', [balance.totals.debit, balance.totals.credit, balance.totals.debit - balance.totals.credit].map(frenchAmount)),
  ]
}

function sheetText(balance: TrialBalance): string[] {
  const sheet = balanceSheet(balance)
  const assets = ASSET_LINES.filter(({ id }) => sheet.assets[id]!.gross !== 0n || sheet.assets[id]!.reduction !== 0n)
  return [
    ...title('Bilan'), row('Actif', ['Brut', 'Amort., dépr.', 'Net']),
    ...assets.map(({ id, label }) => row(label.fr, [sheet.assets[id]!.gross, sheet.assets[id]!.reduction, sheet.assets[id]!.net].map(frenchAmount))),
    row('Total de l\'actif', ['', '', frenchAmount(sheet.totalAssets)]), '',
    row('Passif', ['', '', 'Net']),
    ...LIABILITY_LINES.filter(({ id }) => sheet.liabilities[id] !== 0n).map(({ id, label }) => row(label.fr, ['', '', frenchAmount(sheet.liabilities[id]!)])),
    row('Total du passif', ['', '', frenchAmount(sheet.totalLiabilities)]),
  ]
}

function incomeText(balance: TrialBalance): string[] {
  const statement = incomeStatement(balance)
  const lines = INCOME_LINES.filter(({ id }) => statement.lines[id] !== 0n)
  return [
    ...title('Compte de résultat'), row('', ['Charges', 'Produits']),
    ...lines.map(({ id, sign, label }) => row(label.fr, sign === 1 ? ['', frenchAmount(statement.lines[id]!)] : [frenchAmount(statement.lines[id]!)])),
    row('Résultat de l\'exercice', ['', frenchAmount(statement.result)]),
  ]
}

function ratioFrench(ratio: Ratio): string {
  if (!ratio.value) return 'sans objet'
  const french = (text: string, unit: string) => `${text.replace('.', ',')}${unit}`
  switch (ratio.unit) {
    case 'share': return french(formatFraction({ ...ratio.value, numerator: ratio.value.numerator * 100n }, 2), '\u00a0%')
    case 'days': return french(formatFraction(ratio.value, 1), '\u00a0jours')
    case 'years': return french(formatFraction(ratio.value, 2), '\u00a0ans')
    case 'number': return french(formatFraction(ratio.value, 2), '')
  }
}

function analysisText(balance: TrialBalance): string[] {
  const balances = sig(balance)
  const working = functionalBalance(balance)
  return [
    ...title('Soldes intermédiaires de gestion'),
    ...(Object.keys(SIG_LABELS) as (keyof Sig)[]).map((key) => row(SIG_LABELS[key].fr, [frenchAmount(balances[key])])),
    ...title('Équilibre financier'),
    row('Fonds de roulement net global', [frenchAmount(working.frng)]),
    row('Besoin en fonds de roulement d\'exploitation', [frenchAmount(working.bfrExploitation)]),
    row('Besoin en fonds de roulement hors exploitation', [frenchAmount(working.bfrHorsExploitation)]),
    row('Trésorerie nette', [frenchAmount(working.tresorerieNette)]),
    ...title('Ratios'),
    ...ratios(balance).map((ratio) => row(ratio.label.fr, [ratioFrench(ratio)])),
  ]
}

/** The same as balanceJson for a French reader: plain text in columns, lines at zero left out. Problems are not part of it. */
export function balanceText({ from, to, balance }: BalanceInput): string {
  const french = (date: LocalDate) => date.split('-').reverse().join('/')
  const span = from && to ? [`Du ${french(from)} au ${french(to)}`] : []
  return [...span, ...accountsText(balance), ...sheetText(balance), ...incomeText(balance), ...analysisText(balance), ''].join('\n').trimStart()
}
