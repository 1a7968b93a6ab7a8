import type { Recurring as RecurringJson, RecurringDetail, RecurringFlag as FlagJson, RecurringPage } from '../../../contract/analytics.ts'
import { changePercent } from '../../../core/analytics/compare.ts'
import { currency as currencyOf } from '../../../core/kernel/currency.ts'
import { money, toJson } from '../../../core/kernel/money.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import { perMonth, type RecurringFlag } from '../../../core/recurring/state.ts'
import type { Context } from '../../platform/access/context.ts'
import { encodeCursor } from '../../platform/http/cursor.ts'
import { linesQuery } from './lines-query.ts'
import { moneyWords } from './present.ts'
import type { RecurringDetailView, RecurringPageView } from './recurring.ts'
import type { Recurring } from './types.ts'

type Reader = Pick<Context, 'currency' | 'locale'>

const day = (on: string, locale: Reader['locale']): string => (locale === 'fr' ? `${on.slice(8)}/${on.slice(5, 7)}/${on.slice(0, 4)}` : on)

function flagText(flag: RecurringFlag, series: Recurring, locale: Reader['locale']): string {
  const code = currencyOf(series.currency)
  const on = day(flag.on, locale)
  if (flag.kind === 'missed') return ({ fr: `Attendu le ${on}, pas encore vu.`, en: `Expected on ${on}, not seen yet.` } satisfies Text)[locale]
  if (!('before' in flag)) return ({ fr: `Nouveau : vu pour la première fois le ${on}.`, en: `New: first seen on ${on}.` } satisfies Text)[locale]
  const [before, after] = [moneyWords(flag.before, code, locale), moneyWords(flag.after, code, locale)]
  const percent = changePercent(flag.after, flag.before) ?? '0'
  const signed = `${percent.startsWith('-') ? '' : '+'}${locale === 'fr' ? `${percent.replace('.', ',')} %` : `${percent}%`}`
  const text: Text = flag.kind === 'price_rise'
    ? { fr: `Passé de ${before} à ${after} depuis le ${on} (${signed}).`, en: `Went up from ${before} to ${after} on ${on} (${signed}).` }
    : { fr: `Baissé de ${before} à ${after} depuis le ${on} (${signed}).`, en: `Went down from ${before} to ${after} on ${on} (${signed}).` }
  return text[locale]
}

export function presentRecurring(series: Recurring, { locale }: Reader): RecurringJson {
  const amount = (minor: bigint) => toJson(money(minor, currencyOf(series.currency)))
  const presentFlag = (flag: RecurringFlag): FlagJson => ({
    kind: flag.kind, on: flag.on, text: flagText(flag, series, locale), before: 'before' in flag ? amount(flag.before) : null, after: 'after' in flag ? amount(flag.after) : null,
  })
  return {
    id: series.id, name: series.name, direction: series.direction, period: series.rhythm, amount: amount(series.usual), low: amount(series.low), high: amount(series.high), monthly: amount(perMonth(series.rhythm, series.usual)),
    firstOn: series.firstOn, lastOn: series.lastOn, lastAmount: amount(series.lastAmount), nextOn: series.nextOn, occurrences: series.occurrences, confidence: series.confidence, state: series.state,
    flags: series.flags.map(presentFlag), decision: series.decision, accountId: series.accountId,
    merchant: series.merchantId === null || series.merchantName === null ? null : { id: series.merchantId, name: series.merchantName },
    category: series.categoryId === null || series.categoryName === null ? null : { id: series.categoryId, name: series.categoryName },
    query: linesQuery({ from: series.firstOn, to: series.lastOn, accountId: series.accountId, ...(series.merchantId === null ? { search: series.name.split(' ')[0] } : { merchantId: series.merchantId }) }),
  }
}

export function presentRecurringPage({ items, next, monthly, foundAt }: RecurringPageView, reader: Reader): RecurringPage {
  const amount = (minor: bigint) => toJson(money(minor, reader.currency))
  return {
    items: items.map((series) => presentRecurring(series, reader)), next: next && encodeCursor(next),
    monthly: { spending: amount(monthly.spending), income: amount(monthly.income), count: monthly.count }, foundAt,
  }
}

export function presentRecurringDetail({ series, lines }: RecurringDetailView, reader: Reader): RecurringDetail {
  return {
    ...presentRecurring(series, reader),
    lines: lines.map(({ lineId, bookedOn, amount, label }) => ({ lineId, bookedOn, label, amount: toJson(money(amount, currencyOf(series.currency))) })),
  }
}
