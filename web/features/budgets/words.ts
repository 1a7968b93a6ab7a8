import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Budget, BudgetFigures } from '../../../contract/budgets.ts'
import type { Tone } from '../../ui/index.ts'

type State = BudgetFigures['state']

export const STATES: Readonly<Record<State, { readonly tone: Tone; readonly words: MessageDescriptor; /** In a sentence, what it means. */ readonly means: MessageDescriptor }>> = {
  over: { tone: 'red', words: msg`Overspent`, means: msg`More is spent than there is.` },
  near: { tone: 'amber', words: msg`Nearly spent`, means: msg`At least 80 % is spent.` },
  at_risk: { tone: 'amber', words: msg`At risk`, means: msg`At today's pace, or with what is already known to come, it does not hold.` },
  on_track: { tone: 'green', words: msg`On track`, means: msg`At today's pace it holds.` },
  upcoming: { tone: 'grey', words: msg`To come`, means: msg`Its period has not begun.` },
  ended: { tone: 'grey', words: msg`Ended`, means: msg`Its period is past.` },
}

export const PERIOD_WORDS: Readonly<Record<Budget['period'], MessageDescriptor>> = { month: msg`Each month`, quarter: msg`Each quarter`, year: msg`Each year`, custom: msg`Once` }

export const CARRY_WORDS: Readonly<Record<Budget['carryOver'], MessageDescriptor>> = {
  none: msg`Nothing`, left: msg`What is left is added`, overspent: msg`What was overspent is taken off`, both: msg`Both`,
}
