import { Trans, useLingui } from '@lingui/react/macro'
import { Trash2, TriangleAlert } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { GoalDetail as Detail } from '../../../contract/goals.ts'
import { useAction } from '../../lib/action.ts'
import { isZero } from '../../lib/amounts.ts'
import { useCompany } from '../../lib/company.tsx'
import { useRefresh } from '../../lib/queries.ts'
import { AmountField, Button, CompanyLink, DateText, Facts, IconButton, Money, ProblemNote } from '../../ui/index.ts'
import { DayChart, type DaySeries } from '../../ui/chart/index.ts'
import { GoalBar } from './columns.tsx'
import { contributionOf } from './fields.ts'

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <section aria-label={title} className="border-t border-line py-4"><h3 className="mb-2 text-sm font-semibold">{title}</h3>{children}</section>
}

/** Money put aside that no account shows, written by hand. */
function Contributions({ goal }: { readonly goal: Detail }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const refresh = useRefresh(api)
  const [amount, setAmount] = useState<string | null>('')
  const [round, setRound] = useState(0)
  const after = () => refresh('/api/goals', '/api/goals/:id')
  const add = useAction({
    run: (takesBack: boolean) => api.post('/api/goals/:id/contributions', { params: { id: goal.id }, body: contributionOf(amount, takesBack)! }),
    after: () => { setAmount(''); setRound((n) => n + 1); return after() }, quiet: true, done: () => t`It is noted.`,
    undo: ({ id }) => () => api.delete('/api/goals/:id/contributions/:contributionId', { params: { id: goal.id, contributionId: id } }),
  })
  const remove = useAction({
    run: (one: Detail['contributions'][number]) => api.delete('/api/goals/:id/contributions/:contributionId', { params: { id: goal.id, contributionId: one.id } }), after, done: () => t`It is taken off.`,
    undo: (_, one) => () => api.post('/api/goals/:id/contributions', { params: { id: goal.id }, body: { amount: one.amount.amount, on: one.on, note: one.note } }),
  })
  const body = contributionOf(amount, false)
  return (
    <Part title={t`Put aside by hand`}>
      {may('budget.write') ? (
        <form noValidate onSubmit={(event) => { event.preventDefault(); if (body && !add.isPending) add.mutate(false) }} className="mb-3 space-y-2">
          <div className="flex flex-wrap items-end gap-2">
            <AmountField key={round} label={t`Amount`} className="w-40" currency={goal.currency} value={amount ?? ''} onChange={setAmount} />
            <Button type="submit" disabled={!body || add.isPending}>{t`Put aside`}</Button>
            <Button tone="quiet" disabled={!body || add.isPending} onClick={() => add.mutate(true)}>{t`Take back`}</Button>
          </div>
          <ProblemNote error={add.error} />
        </form>
      ) : null}
      {goal.contributions.length === 0 ? <p className="text-sm text-muted">{t`Nothing yet. The accounts linked to the goal count by themselves.`}</p> : (
        <ul className="text-sm">
          {goal.contributions.map((one) => (
            <li key={one.id} className="flex items-center gap-3 border-b border-line py-1 last:border-b-0">
              <DateText day={one.on} /><span className="min-w-0 flex-1 truncate text-muted">{[one.note, one.by].filter(Boolean).join(' · ')}</span><Money value={one.amount} signed />
              {may('budget.write') ? <IconButton size="small" icon={Trash2} label={t`Take this one off`} disabled={remove.isPending} onClick={() => remove.mutate(one)} /> : null}
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}

function useSeries(goal: Detail): readonly DaySeries[] {
  const { t } = useLingui()
  const { history, target } = goal
  return [
    { id: 'saved', name: t`Saved`, tone: 1, points: history.map(({ on, saved }) => ({ on, amount: saved })) },
    { id: 'target', name: t`Target`, tone: 6, look: 'dashed', points: history.map(({ on }) => ({ on, amount: target.amount })) },
  ]
}

/** A goal and its road: where it is, what it asks each month, when it is reached. */
export function GoalDetail({ goal }: { readonly goal: Detail }) {
  const { t } = useLingui()
  const series = useSeries(goal)
  return (
    <div>
      <div className="pb-4">
        <p className="text-xs text-muted">{t`Saved`}</p>
        <p className="text-figure font-semibold"><Money value={goal.saved} /></p>
        <p className="mb-3 text-sm text-muted"><Trans>of <Money value={goal.target} className="text-ink" /></Trans>{isZero(goal.left) ? null : <> · <Trans>left <Money value={goal.left} className="text-ink" /></Trans></>}</p>
        <GoalBar goal={goal} thick />
        {goal.alerts.map(({ kind, text }) => <p key={kind} className="mt-2.5 flex items-start gap-2 text-sm">{kind === 'reached' ? null : <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-amber" />}{text}</p>)}
      </div>
      <Part title={t`The road`}>
        <Facts items={[
          { name: t`To put aside each month`, value: goal.monthlyEffort ? <Money value={goal.monthlyEffort} className="font-semibold" /> : goal.reachedOn ? t`Nothing more` : <span className="text-muted">{t`No date to reckon from`}</span> },
          { name: t`Put aside each month of late`, value: goal.monthlyPace ? <Money value={goal.monthlyPace} /> : <span className="text-muted">{t`Too soon to say`}</span> },
          { name: t`Wanted on`, value: goal.targetOn ? <DateText day={goal.targetOn} /> : t`No date` },
          goal.reachedOn ? { name: t`Reached on`, value: <DateText day={goal.reachedOn} /> } : { name: t`Projected on`, value: goal.projectedOn ? <DateText day={goal.projectedOn} /> : goal.monthlyPace ? t`Never, at the present pace` : <span className="text-muted">{t`Too soon to say`}</span> },
          ...(goal.note ? [{ name: t`Note`, value: goal.note }] : []),
        ]}
        />
      </Part>
      {goal.history.length > 1 ? <div className="border-t border-line py-4"><DayChart label={t`Week by week`} currency={goal.currency} height={160} series={series} /></div> : null}
      {goal.accounts.length > 0 ? (
        <Part title={t`Accounts that count`}>
          <ul className="text-sm">{goal.accounts.map((account) => <li key={account.id} className="border-b border-line last:border-b-0"><CompanyLink look="bare" to={`banque/comptes/${account.id}`} className="-mx-2 flex items-baseline gap-3 rounded-md px-2 py-1.5 hover:bg-sunken"><span className="min-w-0 flex-1 truncate">{account.name}</span><Money value={account.balance} /></CompanyLink></li>)}</ul>
        </Part>
      ) : null}
      <Contributions goal={goal} />
    </div>
  )
}
