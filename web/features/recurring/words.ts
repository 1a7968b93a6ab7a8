import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Recurring } from '../../../contract/analytics.ts'
import type { Tone } from '../../ui/index.ts'

export const PERIOD_WORDS: Readonly<Record<Recurring['period'], MessageDescriptor>> = { week: msg`Each week`, two_weeks: msg`Every two weeks`, month: msg`Each month`, quarter: msg`Each quarter`, year: msg`Each year` }

type Flag = Recurring['flags'][number]['kind']
export const FLAGS: Readonly<Record<Flag, { readonly tone: Tone; readonly words: MessageDescriptor }>> = {
  missed: { tone: 'red', words: msg`Missed` }, price_rise: { tone: 'amber', words: msg`Price up` }, price_drop: { tone: 'green', words: msg`Price down` }, new: { tone: 'violet', words: msg`New` },
}

const URGENCY: Readonly<Record<Flag, number>> = { missed: 0, price_rise: 1, new: 2, price_drop: 3 }

/** The flag to show where there is room for one: what may cost first. */
export function firstFlag({ flags }: Pick<Recurring, 'flags'>): Recurring['flags'][number] | undefined {
  return flags.toSorted((a, b) => URGENCY[a.kind] - URGENCY[b.kind])[0]
}

/** By next day expected; what has ended comes last, latest first. */
export function byNextDay(rows: readonly Recurring[]): readonly Recurring[] {
  return rows.toSorted((a, b) => (a.nextOn ?? '9999').localeCompare(b.nextOn ?? '9999') || b.lastOn.localeCompare(a.lastOn))
}
