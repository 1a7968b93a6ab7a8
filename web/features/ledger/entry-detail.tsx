import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Entry } from '../../../contract/ledger.ts'
import { sumAmounts } from '../../lib/amounts.ts'
import { BookAmount, CompanyLink, DateText, Facts } from '../../ui/index.ts'
import { useEntrySource } from './entry-words.ts'

function Lines({ entry }: { readonly entry: Entry }) {
  const { t } = useLingui()
  const sum = (side: 'debit' | 'credit') => sumAmounts(entry.lines.map((line) => line[side]), entry.currency)
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{t`Lines of the entry`}</caption>
      <thead>
        <tr className="border-b border-line-strong text-left text-xs text-muted">
          <th scope="col" className="py-1.5 pr-3 font-medium">{t`Account`}</th>
          <th scope="col" className="py-1.5 pl-4 text-right font-medium">{t`Debit`}</th>
          <th scope="col" className="py-1.5 pl-4 text-right font-medium">{t`Credit`}</th>
        </tr>
      </thead>
      <tbody>
        {entry.lines.map((line) => (
          <tr key={line.n} className="border-b border-line align-top">
            <td className="py-2 pr-3">
              <CompanyLink look="bare" to={`compta/comptes/${line.account}`} className="group"><span className="figures font-medium group-hover:underline">{line.account}</span> {line.accountLabel}</CompanyLink>
              {line.auxiliary ? <span className="block text-xs"><CompanyLink look="bare" to={`compta/comptes/${line.account}`} search={{ tiers: line.auxiliary.code }} className="hover:underline">{line.auxiliary.name || line.auxiliary.code}</CompanyLink></span> : null}
              {line.label && line.label !== entry.label ? <span className="block text-xs text-muted">{line.label}</span> : null}
              {line.lettering ? <span className="block text-xs text-muted">{t`Lettered ${line.lettering}`}{line.letteredOn ? <> · <DateText day={line.letteredOn} /></> : null}</span> : null}
            </td>
            <td className="py-2 pl-4 text-right"><BookAmount amount={line.debit} currency={entry.currency} /></td>
            <td className="py-2 pl-4 text-right"><BookAmount amount={line.credit} currency={entry.currency} /></td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-semibold">
          <th scope="row" className="py-2 pr-3 text-left font-semibold">{t`Total`}</th>
          <td className="py-2 pl-4 text-right"><BookAmount amount={sum('debit')} currency={entry.currency} /></td>
          <td className="py-2 pl-4 text-right"><BookAmount amount={sum('credit')} currency={entry.currency} /></td>
        </tr>
      </tfoot>
    </table>
  )
}

/** An entry: what it says, where it comes from, what undid it. */
export function EntryDetail({ entry }: { readonly entry: Entry }) {
  const { t } = useLingui()
  const { word, path } = useEntrySource()(entry)
  const facts: { name: string; value: ReactNode }[] = [
    { name: t`Label`, value: entry.label },
    { name: t`Supporting document`, value: <>{entry.pieceRef}{entry.pieceDate === entry.date ? null : <span className="text-muted"> · <DateText day={entry.pieceDate} /></span>}</> },
    { name: t`Comes from`, value: path ? <CompanyLink to={path}>{word}</CompanyLink> : word },
    ...(entry.validatedOn ? [{ name: t`Validated on`, value: <DateText day={entry.validatedOn} /> }] : []),
    ...(entry.reversesId ? [{ name: t`Reverses`, value: <CompanyLink to={`compta/journal/${entry.reversesId}`}>{t`See the entry it undoes`}</CompanyLink> }] : []),
    ...(entry.reversedById ? [{ name: t`Reversed by`, value: <CompanyLink to={`compta/journal/${entry.reversedById}`}>{t`See the entry that undoes it`}</CompanyLink> }] : []),
  ]
  return (
    <div>
      <Lines entry={entry} />
      <div className="mt-5 border-t border-line pt-2"><Facts items={facts} /></div>
      {entry.source === 'invoice' ? <p className="mt-3 text-sm text-muted">{t`To correct it, make a credit note from the invoice: the books and the invoice stay in step.`}</p> : null}
      {entry.source === 'match' || entry.source === 'bank' ? <p className="mt-3 text-sm text-muted">{t`To correct it, undo the reconciliation of the bank line: the books and the bank stay in step.`}</p> : null}
    </div>
  )
}
