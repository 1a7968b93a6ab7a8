import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { BankLine } from '../../../contract/banking.ts'
import { useCompany } from '../../lib/company.tsx'
import { reading } from '../../lib/queries.ts'
import { DateText, Money, PickDialog, type PickOption } from '../../ui/index.ts'
import { isIncoming } from './line-filters.ts'
import { LineHead } from './line-head.tsx'

const FOUND_MAX = 50

/** `t`: the other half of an internal transfer: lines of the other accounts for the same amount the other way, the nearest day first. */
export function TransferDialog({ line, proposed, accountName, onPair, onClose }: { readonly line: BankLine; readonly proposed: { readonly other: BankLine; readonly reasons: readonly string[] } | undefined; readonly accountName: (id: string) => string; readonly onPair: (other: BankLine) => void; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const size = line.amount.amount.replace('-', '')
  const found = useQuery(reading(api, '/api/transactions', { query: { minAmount: size, maxAmount: size, direction: isIncoming(line) ? 'out' : 'in', limit: FOUND_MAX } }))
  const days = (other: BankLine) => Math.abs(Date.parse(other.bookedOn) - Date.parse(line.bookedOn))
  const others = (found.data?.items ?? []).filter(({ id }) => id !== proposed?.other.id)
  const rows = [...(proposed ? [proposed.other] : []), ...others.filter((other) => other.accountId !== line.accountId && other.transferId === null && other.status === 'booked' && other.amount.currency === line.amount.currency).sort((a, b) => days(a) - days(b))]
  const options = rows.map((other): PickOption => ({
    id: other.id, group: '', text: other.label, words: accountName(other.accountId), because: [accountName(other.accountId), ...(other.id === proposed?.other.id ? proposed.reasons : [])].join(' · '),
    detail: <span className="flex gap-3"><DateText day={other.bookedOn} /><Money value={other.amount} signed className="text-ink" /></span>,
  }))
  return (
    <PickDialog
      title={t`The other half of this internal transfer`} about={<LineHead line={line} />} placeholder={t`Label or account`} options={options} loading={found.isPending}
      onClose={onClose} onPick={(option) => { const other = rows.find(({ id }) => id === option.id); if (other) onPair(other) }}
    />
  )
}
