import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { AccountSummary, BankAccount } from '../../../contract/banking.ts'
import type { Static } from 'typebox'
import { classes, CompanyLink, DateText, Money } from '../../ui/index.ts'

/** The figures of an account, each a link to its lines. */
export function AccountFigures({ account, summary, agreement }: { readonly account: BankAccount; readonly summary: Static<typeof AccountSummary> | undefined; readonly agreement: ReactNode }) {
  const { t } = useLingui()
  const stated = account.statedBalance
  const link = (search: Readonly<Record<string, string>>, children: ReactNode) => <CompanyLink to="banque/operations" search={{ compte: account.id, ...search }} look="bare" className="hover:underline">{children}</CompanyLink>
  const counts: readonly { readonly name: string; readonly value: number; readonly search: Readonly<Record<string, string>>; readonly isWork: boolean }[] = [
    { name: t`to treat`, value: account.toTreat, search: { etat: 'to_treat' }, isWork: true },
    { name: t`on hold`, value: summary?.onHold ?? 0, search: { question: 'toutes' }, isWork: true },
    { name: t`announced`, value: account.pending.count, search: { statut: 'annonce' }, isWork: false },
    { name: t`lines in all`, value: account.lineCount, search: {}, isWork: false },
  ]
  return (
    <div className="grid grid-cols-1 gap-x-8 gap-y-4 border-y border-line py-4 desk:grid-cols-[auto_auto_1fr]">
      <div>
        <p className="text-figure font-semibold">{link({}, <Money value={account.balance} />)}</p>
        <p className="text-sm text-muted">{t`in the books`}{account.lastLineOn ? <> · {t`lines until`} <DateText day={account.lastLineOn} /></> : null}</p>
      </div>
      <div className="desk:border-l desk:border-line desk:pl-8">
        <p className="text-title leading-10 font-semibold">{stated ? <Money value={stated.balance} /> : '—'}</p>
        <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">{stated ? <>{t`said by the bank on`} <DateText day={stated.on} /></> : null} {agreement}</p>
      </div>
      <dl className="grid grid-cols-4 gap-4 desk:justify-self-end desk:text-right">
        {counts.map(({ name, value, search, isWork }) => (
          <div key={name} className="flex flex-col-reverse justify-end">
            <dt className="text-sm text-muted">{name}</dt>
            <dd className={classes('figures text-title leading-10 font-semibold', value === 0 ? 'text-muted' : isWork && 'text-amber')}>{value > 0 ? link(search, value) : value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
