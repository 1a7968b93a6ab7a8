import type { Category as CategoryJson, CategoryModel, CategoryRule as RuleJson, CategoryStats, LineCategorisation, ProposedEntry, RuleTrialResult } from '../../../contract/categories.ts'
import { DEFAULT_TREE } from '../../../core/category/default-tree.ts'
import { formatAmount, money, toJson } from '../../../core/kernel/money.ts'
import type { Locale } from '../../../core/kernel/problem.ts'
import { divide } from '../../../core/kernel/rounding.ts'
import { formatPercent } from '../../../core/kernel/rate.ts'
import { accountLabel } from '../../../core/ledger/accounts.ts'
import { labelOf } from '../banking/index.ts'
import type { Context } from '../../platform/access/context.ts'
import type { Categorisation } from './line-category.ts'
import type { EntryProposal } from './proposal.ts'
import type { Trial } from './rule-trial.ts'
import type { RuleView } from './rule-store.ts'
import type { ModelState } from './settings.ts'
import type { Stats } from './stats.ts'
import type { CategoryView } from './types.ts'

const LEGAL = new Map(DEFAULT_TREE.flatMap(({ key, legal, vatRate, deductible }) => (legal ? [[key, { ...legal, vatRate, deductible }] as const] : [])))

/** A category; the text of law is told while its TVA is still the one the text asks for. */
export function presentCategory(category: CategoryView): CategoryJson {
  const legal = category.key === null ? undefined : LEGAL.get(category.key)
  const follows = legal !== undefined && legal.vatRate === category.vatRate && legal.deductible === category.vatDeductible
  return { ...category, legal: follows ? { source: legal.source, since: legal.since } : null }
}

export function presentRule({ actions, conditions, ...rule }: RuleView): RuleJson {
  return { ...rule, conditions: [...conditions], actions: { ...actions, split: actions.split && [...actions.split] } }
}

export function presentStats(stats: Stats, { id, ctx }: { readonly id: string; readonly ctx: Context }): CategoryStats {
  const amount = (minor: bigint) => toJson(money(minor, ctx.currency))
  const { sums, previous } = stats
  return {
    categoryId: id, from: stats.from, to: stats.to, currency: ctx.currency, total: amount(sums.total), lines: sums.lines,
    average: sums.lines === 0 ? null : amount(divide(sums.total, BigInt(sums.lines), 'half-up')), smallest: sums.smallest === null ? null : amount(sums.smallest), largest: sums.largest === null ? null : amount(sums.largest),
    previous: { from: previous.from, to: previous.to, total: amount(previous.sums.total), lines: previous.sums.lines },
    bySource: [...stats.bySource], months: stats.months.map(({ month, total, lines }) => ({ month, total: amount(total), lines })), labels: stats.labels.map(({ label, total, lines }) => ({ label, total: amount(total), lines })),
  }
}

export function presentCategorisation(found: Categorisation, locale: Locale): LineCategorisation {
  const { filed } = found
  const amount = (minor: bigint) => toJson(money(minor, found.currency))
  return {
    lineId: found.lineId, canUndo: found.canUndo, candidates: found.candidates.map(({ because, ...candidate }) => ({ ...candidate, because: because[locale] })),
    category: filed?.categoryId ? {
      lineId: found.lineId, categoryId: filed.categoryId, name: found.nameOf(filed.categoryId), source: filed.source, confidence: filed.confidence, ruleId: filed.ruleId, ruleVersion: filed.ruleVersion,
      modelVersion: filed.modelVersion === null ? null : Number(filed.modelVersion), at: filed.decidedAt,
      parts: (filed.parts ?? [{ categoryId: filed.categoryId, amount: found.amount }]).map((part) => ({ categoryId: part.categoryId, name: found.nameOf(part.categoryId), amount: amount(part.amount) })),
    } : null,
  }
}

export function presentTrial({ sample, ...trial }: Trial): RuleTrialResult {
  return { ...trial, sample: sample.map(({ line, before, after }) => ({ lineId: line.id, bookedOn: line.bookedOn, label: line.label, amount: toJson(money(line.amount, line.currency)), before, after })) }
}

const ROUNDING = {
  fr: 'TVA comprise dans le montant, arrondie une seule fois au plus proche (moitié au-dessus) ; le reste est le hors taxe.', en: 'TVA inside the amount, rounded once to the nearest (halves up); the rest is the net.',
}

/** The entry a proposal would make, as it would be posted: 471 first, then the accounts of its parts. */
export function presentProposal({ line, state, because, confidence, source, automatic, parts, posted }: EntryProposal, locale: Locale): ProposedEntry {
  const amount = (minor: bigint) => toJson(money(minor, line.currency))
  const label = labelOf(line)
  const row = (account: string, minor: bigint) => ({
    account, accountLabel: accountLabel(account), label, debit: formatAmount(minor > 0n ? minor : 0n, line.currency), credit: formatAmount(minor < 0n ? -minor : 0n, line.currency),
  })
  return {
    lineId: line.id, state, because: because[locale], confidence, source, automatic, journal: 'BQ', date: line.bookedOn, rounding: ROUNDING[locale],
    lines: posted.length === 0 ? [] : [row(line.suspenseAccount, line.amount), ...posted.map((part) => row(part.account, -part.amount))],
    parts: parts.map((part) => ({
      categoryId: part.categoryId, name: part.name, account: part.account, total: amount(part.total), net: amount(part.net), vat: amount(part.vat), vatRate: part.vatRate,
      percent: part.rate === undefined ? null : formatPercent(part.rate), vatDeductible: part.vatDeductible, vatAccount: part.vatAccount,
    })),
  }
}

export function presentModel({ version, examples, categories, memories, head }: ModelState): CategoryModel {
  return { version: Number(version), examples, categories, memories, trainedAt: head?.trainedAt ?? null, measure: head?.measure ?? null }
}
