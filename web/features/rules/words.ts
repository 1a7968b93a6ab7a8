import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { RuleActions, RuleCondition } from '../../../contract/categories.ts'
import { useCategories } from '../../lib/categories.ts'
import { useCompany } from '../../lib/company.tsx'
import { formatDecimal, formatMoney } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { reading } from '../../lib/queries.ts'
import type { Field, Operator } from './draft.ts'

const MERCHANTS_LIMIT = 200

/** The names of fields and operators, as they stand in the boxes and in the sentence of a rule. */
export function useRuleNames(): { readonly fields: Readonly<Record<Field, string>>; readonly operators: Readonly<Record<Operator, string>> } {
  const { t } = useLingui()
  return {
    fields: { label: t`the label`, counterparty: t`the counterparty`, reference: t`the reference`, merchant: t`the merchant`, amount: t`the amount`, sign: t`the direction`, account: t`the bank account`, day: t`the day of the month` },
    operators: { contains: t`contains`, equals: t`is`, starts: t`starts with`, ends: t`ends with`, regex: t`matches the expression` },
  }
}

/** Bank accounts and merchants by their names. */
export function useRulePlaces() {
  const { api } = useCompany()
  const accounts = useQuery({ ...reading(api, '/api/accounts'), staleTime: 60_000 }).data?.items
  const merchants = useQuery({ ...reading(api, '/api/merchants', { query: { limit: MERCHANTS_LIMIT } }), staleTime: 60_000 }).data?.items
  return { accounts: accounts ?? [], merchants: merchants ?? [] }
}

/** Writes rules as sentences: "the label contains “OVH” and the amount is at most 60,00 €". */
export function useRuleSentence() {
  const { t } = useLingui()
  const { company } = useCompany()
  const { locale } = usePreferences()
  const names = useRuleNames()
  const { accounts, merchants } = useRulePlaces()
  const { find } = useCategories()
  const money = (text: string) => formatMoney(text, company.currency, locale)
  const condition = ({ field, operator = 'contains', value = '', min, max }: RuleCondition): string => {
    const name = names.fields[field]
    if (field === 'sign') return value === 'in' ? t`money comes in` : t`money goes out`
    if (field === 'amount' || field === 'day') {
      const [low, high] = [min, max].map((one) => (one === undefined ? undefined : field === 'amount' ? money(one) : one))
      if (low !== undefined && high !== undefined) return low === high ? t`${name} is ${low}` : t`${name} is from ${low} to ${high}`
      return low === undefined ? t`${name} is at most ${high ?? ''}` : t`${name} is at least ${low}`
    }
    if (field === 'account') return t`${name} is “${accounts.find(({ id }) => id === value)?.name ?? '…'}”`
    if (field === 'merchant') return t`${name} is “${merchants.find(({ id }) => id === value)?.name ?? '…'}”`
    return t`${name} ${names.operators[operator]} “${value}”`
  }
  const category = (id: string | null | undefined) => find(id)?.name ?? t`a category that is gone`
  return {
    when: (match: 'all' | 'any', conditions: readonly RuleCondition[]) => {
      const text = conditions.map(condition).join(match === 'all' ? t` and ` : t` or `)
      return text.charAt(0).toUpperCase() + text.slice(1)
    },
    then: ({ categoryId, split, note, merchantId }: RuleActions) => [
      ...(split ? [split.map((part) => `${category(part.categoryId)} ${formatDecimal(String(part.share / 100), part.share % 100 === 0 ? 0 : 2, locale)} %`).join(' + ')] : categoryId ? [category(categoryId)] : []),
      ...(merchantId ? [t`merchant “${merchants.find(({ id }) => id === merchantId)?.name ?? '…'}”`] : []),
      ...(note ? [t`note “${note}”`] : []),
    ].join(' · '),
  }
}
