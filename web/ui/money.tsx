import { useLingui } from '@lingui/react/macro'
import type { Money as MoneyValue } from '../../contract/common.ts'
import { digitsOf, isNegative } from '../lib/amounts.ts'
import { formatDecimal, formatMoney } from '../lib/format.ts'
import { usePreferences } from '../lib/preferences.ts'
import { classes } from './classes.ts'

export type MoneyProps = {
  readonly value: MoneyValue
  /** Without the currency sign, where the head of the column names it. */
  readonly bare?: boolean | undefined
  /** A plus sign before what comes in, for lists of movements. */
  readonly signed?: boolean | undefined
  readonly className?: string | undefined
}

/** An exact amount: "1 234,56 €". A negative one is not red by itself. */
export function Money({ value, bare = false, signed = false, className }: MoneyProps) {
  const { locale } = usePreferences()
  const text = bare ? formatDecimal(value.amount, digitsOf(value.currency), locale) : formatMoney(value.amount, value.currency, locale)
  const plus = signed && !isNegative(value) ? '+' : ''
  return <span className={classes('figures whitespace-nowrap', className)}>{plus}{text}</span>
}

/** A debit or credit of the books: nothing when it is zero, as accountants read it. */
export function BookAmount({ amount, currency }: { readonly amount: string; readonly currency: string }) {
  const { t } = useLingui()
  if (/^-?0*(\.0*)?$/.test(amount)) return <span className="sr-only">{t`zero`}</span>
  return <Money value={{ amount, currency }} bare />
}
