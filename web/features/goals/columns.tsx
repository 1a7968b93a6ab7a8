import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { Goal } from '../../../contract/goals.ts'
import { classes, DateText, Money, Status, type Column } from '../../ui/index.ts'
import { STATES } from './words.ts'

/** How far a goal is, as a bar. */
export function GoalBar({ goal, thick = false }: { readonly goal: Pick<Goal, 'name' | 'percent' | 'state'>; readonly thick?: boolean | undefined }) {
  const { t } = useLingui()
  const percent = Math.max(0, Math.min(100, goal.percent))
  return (
    <span role="progressbar" aria-label={goal.name} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} aria-valuetext={t`${goal.percent} % saved`} title={t`${goal.percent} % saved`} className={classes('block w-full overflow-hidden rounded-full bg-line align-middle', thick ? 'h-3' : 'h-2')}>
      <span className={classes('block h-full rounded-full', goal.state === 'late' ? 'bg-red' : goal.state === 'undated' ? 'bg-muted' : 'bg-green')} style={{ width: `${percent}%` }} />
    </span>
  )
}

export function useGoalColumns({ narrow }: { readonly narrow: boolean }): readonly Column<Goal>[] {
  const { t, i18n } = useLingui()
  return useMemo(() => {
    const dash = <span className="text-muted">—</span>
    const name: Column<Goal> = { id: 'name', header: t`Goal`, width: 150, grow: 2, phone: 'title', cell: (row) => <span title={row.name} className="font-medium">{row.name}</span> }
    const bar: Column<Goal> = { id: 'bar', header: t`Progress`, width: 120, grow: 2, phone: 'hidden', cell: (row) => <span className="flex h-full items-center"><GoalBar goal={row} /></span> }
    const saved: Column<Goal> = { id: 'saved', header: t`Saved`, width: 120, align: 'right', phone: 'amount', cell: (row) => <Money value={row.saved} /> }
    const target: Column<Goal> = { id: 'target', header: t`Target`, width: 120, align: 'right', phone: 'hidden', cell: (row) => <Money value={row.target} className="text-muted" /> }
    const effort: Column<Goal> = { id: 'effort', header: t`Each month`, width: 120, align: 'right', phone: 'hidden', cell: (row) => row.monthlyEffort ? <Money value={row.monthlyEffort} /> : dash }
    const wanted: Column<Goal> = { id: 'wanted', header: t`Wanted on`, width: 108, phone: 'hidden', cell: (row) => row.targetOn ? <DateText day={row.targetOn} /> : dash }
    const projected: Column<Goal> = { id: 'projected', header: t`Projected on`, width: 112, phone: 'detail', cell: (row) => row.reachedOn ? <DateText day={row.reachedOn} /> : row.projectedOn ? <DateText day={row.projectedOn} /> : dash }
    const state: Column<Goal> = { id: 'state', header: t`State`, width: 152, phone: 'status', cell: (row) => <Status tone={STATES[row.state].tone}>{i18n._(STATES[row.state].words)}</Status> }
    return narrow ? [name, bar, saved, state] : [name, bar, saved, target, effort, wanted, projected, state]
  }, [narrow, t, i18n])
}
