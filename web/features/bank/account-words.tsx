import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { AccountType, Institution } from '../../../contract/banking.ts'

export const ACCOUNT_TYPES = ['current', 'savings', 'card', 'loan', 'cash', 'provider'] as const satisfies readonly AccountType[]
const TYPES: Readonly<Record<AccountType, MessageDescriptor>> = { current: msg`Current account`, savings: msg`Savings`, card: msg`Card with deferred debit`, loan: msg`Loan`, cash: msg`Cash box`, provider: msg`Payment provider` }

export function useAccountType(): (type: AccountType) => string {
  const { i18n } = useLingui()
  return (type) => i18n._(TYPES[type])
}

/** Two initials on the bank's colour: no picture is fetched from anywhere. White or ink, whichever is read best on it. */
export function InstitutionMark({ institution }: { readonly institution: Institution | null }) {
  if (!institution) return null
  return <span aria-hidden title={institution.name} className="inline-flex size-5 shrink-0 items-center justify-center rounded-sm text-[0.625rem] font-semibold" style={{ backgroundColor: institution.colour, color: isLight(institution.colour) ? '#111214' : '#ffffff' }}>{institution.initials}</span>
}

function isLight(colour: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return red! * 0.299 + green! * 0.587 + blue! * 0.114 > 150
}
