import type { Goal, NewContribution, NewGoal } from '../../../contract/goals.ts'
import { isNegative, isZero } from '../../lib/amounts.ts'

/** A goal as it is being typed; `target` is null while it cannot be read. */
export type GoalFields = { readonly name: string; readonly target: string | null; readonly targetOn: string; readonly accountIds: ReadonlySet<string>; readonly note: string }
export type Fault = 'NAME_MISSING' | 'TARGET_MISSING' | 'TARGET_WRONG'

export function emptyFields(): GoalFields {
  return { name: '', target: '', targetOn: '', accountIds: new Set(), note: '' }
}

export function fieldsOf({ name, target, targetOn, accounts, note }: Goal): GoalFields {
  return { name, target: target.amount, targetOn: targetOn ?? '', accountIds: new Set(accounts.map(({ id }) => id)), note }
}

/** What is wrong, by field, said before anything is sent. */
export function faultsOf({ name, target }: GoalFields): Partial<Record<keyof GoalFields, Fault>> {
  const found: Partial<Record<keyof GoalFields, Fault>> = {}
  if (name.trim() === '') found.name = 'NAME_MISSING'
  if (target === '') found.target = 'TARGET_MISSING'
  else if (target === null || isZero(target) || isNegative(target)) found.target = 'TARGET_WRONG'
  return found
}

/** The fields as the API takes them. Only call it when `faultsOf` finds nothing. */
export function goalOf({ name, target, targetOn, accountIds, note }: GoalFields): NewGoal {
  return { name: name.trim(), target: target ?? '', targetOn: targetOn || null, accountIds: [...accountIds], note: note.trim() }
}

/** What is put aside, or taken back, by hand. Undefined while the amount cannot be read or is nothing. */
export function contributionOf(amount: string | null, takesBack: boolean): NewContribution | undefined {
  if (!amount || isZero(amount) || isNegative(amount)) return undefined
  return { amount: takesBack ? `-${amount}` : amount }
}
