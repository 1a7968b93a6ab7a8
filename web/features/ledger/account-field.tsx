import { useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useCompany } from '../../lib/company.tsx'
import { reading } from '../../lib/queries.ts'
import { ComboField } from '../../ui/index.ts'

export type AccountChoice = { readonly number: string; readonly label: string }
const SHOWN_MAX = 60

/** An account found by the start of its number or by words; a number of the chart that is not open yet opens by posting to it. */
export function AccountField({ label, labelHidden = true, value, onChange, error }: { readonly label: string; readonly labelHidden?: boolean | undefined; readonly value: AccountChoice | null; readonly onChange: (account: AccountChoice | null) => void; readonly error?: string | undefined }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const query = useQuery({ ...reading(api, '/api/ledger/accounts', { query: search ? { search } : {} }), placeholderData: keepPreviousData, staleTime: 60_000 })
  const found = (query.data?.items ?? []).slice(0, SHOWN_MAX)
  const options = found.map(({ number, label: name, used }) => ({ value: number, label: `${number} ${name}`, detail: used ? undefined : t`of the chart` }))
  // Accountants cut accounts as they like: a number longer than those of the chart is theirs to open.
  const typed = /^[1-8]\d{2}[0-9A-Za-z]{0,17}$/.test(search) ? search.padEnd(6, '0') : undefined
  if (typed && !query.isFetching && !found.some(({ number }) => number === typed)) options.push({ value: typed, label: t`${typed} New account`, detail: t`opened at validation` })
  return (
    <ComboField
      label={label} labelHidden={labelHidden} placeholder={t`Number or words`} error={error} loading={query.isFetching} onSearch={setText} options={options}
      value={value ? { value: value.number, label: `${value.number} ${value.label}`.trim() } : null}
      onChange={(option) => onChange(option ? found.find(({ number }) => number === option.value) ?? { number: option.value, label: '' } : null)}
    />
  )
}
