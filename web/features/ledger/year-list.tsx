import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { FiscalYear } from '../../../contract/ledger.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { useRefresh } from '../../lib/queries.ts'
import { Badge, Button, CompanyLink, Confirm, ProblemNote } from '../../ui/index.ts'
import { yearName } from './years.tsx'

function CarryForward({ year, onClose }: { readonly year: FiscalYear; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const action = useAction({ run: () => api.post('/api/ledger/fiscal-years/:id/opening', { params: { id: year.id } }), after: () => refresh(), done: (entry) => t`Opening entry ${entry.number ?? ''} is posted.`, quiet: true })
  return (
    <Confirm
      open onClose={() => { if (!action.isPending) onClose() }} title={t`Carry ${yearName(year)} forward?`} confirm={t`Carry forward`} busy={action.isPending} onConfirm={() => { if (!action.isPending) action.mutate(undefined, { onSuccess: onClose }) }}
      description={t`The balances of this year become the opening entry of the next one, number 000001. It is provisional: carried forward again after a change, it is reversed and replaced.`}
    >
      <ProblemNote error={action.error} />
    </Confirm>
  )
}

/** The years of the books: where each stands, and what one does with it. */
export function YearList({ years }: { readonly years: readonly FiscalYear[] }) {
  const { t } = useLingui()
  const { may } = useCompany()
  const [carried, setCarried] = useState<FiscalYear>()
  return (
    <>
      <ul>
        {[...years].reverse().map((year) => {
          const locked = year.periods.filter(({ status }) => status === 'locked').length
          const months = year.periods.length
          return (
            <li key={year.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2.5 last:border-b-0">
              <h3 className="figures font-medium">{t`Fiscal year ${yearName(year)}`}</h3>
              <Badge tone={year.status === 'open' ? 'green' : 'grey'}>{year.status === 'open' ? t`open` : t`closed`}</Badge>
              <span className="text-sm text-muted">{locked === 0 ? t`no month locked` : t`${locked} of ${months} months locked`}</span>
              <span className="ml-auto flex flex-wrap items-center gap-3 text-sm">
                <CompanyLink to="compta/balance" search={{ exercice: year.id }}>{t`Trial balance`}</CompanyLink>
                {may('ledger.post') ? <Button size="small" tone="quiet" onClick={() => setCarried(year)}>{t`Carry forward…`}</Button> : null}
              </span>
            </li>
          )
        })}
      </ul>
      {carried ? <CarryForward year={carried} onClose={() => setCarried(undefined)} /> : null}
    </>
  )
}
