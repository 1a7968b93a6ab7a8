import { useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useCompany } from '../../lib/company.tsx'
import { reading } from '../../lib/queries.ts'
import { ComboField, type ComboOption } from '../../ui/index.ts'
import { canBeImputed } from './by-hand.ts'

const SHOWN_MAX = 60

/** The account a line without an invoice goes to, found by number or words: rent, salaries, taxes, a transfer. */
export function ImputationField({ account, onChange }: { readonly account: string; readonly onChange: (account: string) => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const query = useQuery({ ...reading(api, '/api/ledger/accounts', { query: search ? { search } : {} }), placeholderData: keepPreviousData, staleTime: 60_000 })
  const options = (query.data?.items ?? []).filter(({ number }) => canBeImputed(number)).slice(0, SHOWN_MAX).map(({ number, label }): ComboOption => ({ value: number, label: `${number} ${label}` }))
  const [chosen, setChosen] = useState<ComboOption | null>(null)
  return (
    <ComboField
      label={t`Or put the whole line on an account`} hint={t`Rent, salaries, taxes, a transfer between your accounts: what has no sales invoice.`} placeholder={t`Number or words`}
      loading={query.isFetching} onSearch={setText} options={options} value={chosen?.value === account ? chosen : null}
      onChange={(option) => { setChosen(option); onChange(option?.value ?? '') }}
    />
  )
}
