import { useLingui } from '@lingui/react/macro'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Search, X } from 'lucide-react'
import { useEffect, useId, useMemo, useState } from 'react'
import type { InvoiceSummary } from '../../../contract/invoicing.ts'
import type { Suggestion } from '../../../contract/reconciliation.ts'
import { currency as currencyOf } from '../../../core/kernel/currency.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { accountLabel } from '../../../core/ledger/accounts.ts'
import { useCompany } from '../../lib/company.tsx'
import { listing, rowsOf } from '../../lib/queries.ts'
import { AmountField, classes, DateText, ErrorState, IconButton, Money, SelectField } from '../../ui/index.ts'
import { addPart, faultOf, handState, likeliestFirst, type Hand, type HandPart } from './by-hand.ts'
import { ImputationField } from './imputation-field.tsx'

const SEARCH_MS = 180
const RESULTS_MAX = 30

export type HandFormProps = { readonly line: Suggestion['line']; readonly hand: Hand; readonly onChange: (hand: Hand) => void; readonly onAccept: () => void; readonly onLeave: () => void }

/** The choice made by hand: invoices found by typing, an amount for each, what is left shown live, and where a difference goes. */
export function HandForm({ line, hand, onChange, onAccept, onLeave }: HandFormProps) {
  const { t } = useLingui()
  const { currency } = line.toTreat
  const { remaining } = handState(hand, line.toTreat)
  const setPart = (index: number, amount: string | null) => onChange({ ...hand, parts: hand.parts.with(index, { ...hand.parts[index]!, amount }) })
  return (
    <div
      onKeyDown={(event) => {
        if (event.key === 'Escape') { event.stopPropagation(); onLeave() }
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); onAccept() }
      }}
    >
      {hand.parts.length > 0 ? (
        <ul aria-label={t`Invoices chosen`} className="border-t border-line">
          {hand.parts.map((part, index) => (
            <PartRow key={part.invoiceId} part={part} currency={currency} onAmount={(amount) => setPart(index, amount)} onRemove={() => onChange({ ...hand, parts: hand.parts.toSpliced(index, 1) })} />
          ))}
        </ul>
      ) : null}
      <Remaining line={line} hand={hand} onChange={onChange} />
      {hand.parts.length === 0 ? <div className="pb-3"><ImputationField account={hand.account} onChange={(account) => onChange({ ...hand, account })} /></div> : null}
      <InvoiceSearch line={line} remaining={remaining} taken={hand.parts} onTake={(invoice) => onChange(addPart(hand, invoice, line.toTreat))} />
    </div>
  )
}

function PartRow({ part, currency, onAmount, onRemove }: { readonly part: HandPart; readonly currency: string; readonly onAmount: (amount: string | null) => void; readonly onRemove: () => void }) {
  const { t } = useLingui()
  const fault = faultOf(part, currency)
  const words = { missing: t`Give an amount.`, too_much: t`More than is owed.`, wrong_sign: t`Of the wrong sign for this invoice.`, unreadable: undefined }
  return (
    <li className="flex items-start gap-3 border-b border-line py-2">
      <span className="min-w-0 flex-1 py-1.5">
        <span className="block truncate"><span className="figures font-medium">{part.number}</span> {part.customerName}</span>
        <span className="block text-sm text-muted">{t`owed:`} <Money value={{ amount: part.open, currency }} />{part.dueOn ? <> · {t`due on`} <DateText day={part.dueOn} /></> : null}</span>
      </span>
      <AmountField label={t`Amount for ${part.number}`} labelHidden className="w-36" currency={currency} value={part.amount ?? ''} onChange={onAmount} error={fault && words[fault]} />
      <IconButton icon={X} label={t`Remove ${part.number}`} onClick={onRemove} />
    </li>
  )
}

function Remaining({ line, hand, onChange }: Pick<HandFormProps, 'line' | 'hand' | 'onChange'>) {
  const { t } = useLingui()
  const { currency } = line.toTreat
  const { remaining, accounts, account } = handState(hand, line.toTreat)
  const value = { amount: formatAmount(remaining, currencyOf(currency)), currency }
  const isOver = !accounts.includes('') && remaining !== 0n
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2 py-3" aria-live="polite">
      <p className="min-w-40">
        <span className="block text-sm text-muted">{remaining === 0n ? t`Everything is allocated` : isOver ? t`Allocated beyond the line` : t`Left to allocate`}</span>
        <Money value={value} className={classes('text-title font-semibold', remaining === 0n && 'text-green')} />
      </p>
      {accounts.length > 0 && hand.parts.length > 0 ? (
        <SelectField
          label={t`The difference`} className="w-72 max-w-full" value={account ?? '?'} onChange={(event) => onChange({ ...hand, account: event.target.value })}
          options={[
            ...(account === undefined ? [{ value: '?', label: t`Choose where it goes`, disabled: true }] : []),
            ...accounts.map((number) => ({ value: number, label: number === '' ? t`Leave it to treat` : `${number} ${accountLabel(number)}` })),
          ]}
        />
      ) : null}
    </div>
  )
}

function InvoiceSearch({ line, remaining, taken, onTake }: { readonly line: Suggestion['line']; readonly remaining: bigint; readonly taken: readonly HandPart[]; readonly onTake: (invoice: InvoiceSummary) => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const [place, setPlace] = useState(0)
  useEffect(() => { const timer = setTimeout(() => { setAsked(typed.trim()); setPlace(0) }, SEARCH_MS); return () => clearTimeout(timer) }, [typed])
  const query = useInfiniteQuery({ ...listing(api, '/api/invoices/sales', { query: { open: true, limit: RESULTS_MAX, ...(asked ? { search: asked } : {}) } }), placeholderData: keepPreviousData })
  const { currency } = line.toTreat
  const found = useMemo(() => likeliestFirst(rowsOf<InvoiceSummary>(query.data).filter((one) => one.open.currency === currency && !taken.some(({ invoiceId }) => invoiceId === one.id)), remaining, currency), [query.data, taken, remaining, currency])
  const active = Math.min(place, found.length - 1)
  const take = (invoice: InvoiceSummary | undefined) => { if (invoice) { onTake(invoice); setTyped(''); setPlace(0) } }
  return (
    <div className="border-t border-line pt-3">
      <div className="relative">
        <Search size={14} aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 mt-px text-muted" />
        <input
          type="text" role="combobox" aria-expanded={found.length > 0} aria-controls={listId} aria-autocomplete="list" aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined} autoFocus
          aria-label={t`Search the open invoices`} placeholder={t`Number, customer, amount`} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off"
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); setPlace(Math.max(0, Math.min(found.length - 1, active + (event.key === 'ArrowDown' ? 1 : -1)))) }
            if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) { event.preventDefault(); take(found[active]) }
          }}
          className="h-9 w-full rounded-lg border border-line-strong bg-surface pr-2.5 pl-8 text-base hover:border-muted"
        />
      </div>
      {query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : null}
      {query.data && found.length === 0 ? <p className="px-1 py-4 text-muted">{asked ? t`No open invoice matches. Try a number, a name or an amount.` : t`No other invoice is open.`}</p> : null}
      <ul id={listId} role="listbox" aria-label={t`Open invoices`} hidden={found.length === 0} className="mt-2 border-t border-line">
        {found.map((invoice, index) => (
          <li
            key={invoice.id} id={`${listId}-${index}`} role="option" aria-selected={index === active} onClick={() => take(invoice)}
            className={classes('flex cursor-pointer items-baseline gap-3 border-b border-line px-2 py-2', index === active ? 'bg-accent-soft' : 'hover:bg-sunken')}
          >
            <span className="figures w-32 shrink-0 font-medium">{invoice.number}</span>
            <span className="min-w-0 flex-1 truncate">{invoice.customer.name}</span>
            {invoice.dueOn ? <span className="hidden text-sm text-muted desk:inline">{t`due on`} <DateText day={invoice.dueOn} /></span> : null}
            <Money value={invoice.open} className="w-28 shrink-0 text-right" />
          </li>
        ))}
      </ul>
    </div>
  )
}
