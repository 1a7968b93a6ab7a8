import { useLingui } from '@lingui/react/macro'
import type { DataProblem } from '../../contract/common.ts'
import { Status } from './status.tsx'

const SHOWN_MAX = 200

/** Every problem of a file, by line and column, errors first. */
export function ProblemList({ problems }: { readonly problems: readonly DataProblem[] }) {
  const { t } = useLingui()
  if (problems.length === 0) return null
  const ordered = [...problems].sort((a, b) => (a.severity === b.severity ? (a.line ?? 0) - (b.line ?? 0) : a.severity === 'error' ? -1 : 1))
  const hidden = ordered.length - SHOWN_MAX
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left text-sm">
        <thead className="border-b border-line-strong text-xs text-muted">
          <tr>
            <th scope="col" className="py-1.5 pr-4 font-medium">{t`Severity`}</th>
            <th scope="col" className="py-1.5 pr-4 text-right font-medium">{t`Line`}</th>
            <th scope="col" className="py-1.5 pr-4 font-medium">{t`Column`}</th>
            <th scope="col" className="py-1.5 font-medium">{t`What to correct`}</th>
          </tr>
        </thead>
        <tbody>
          {ordered.slice(0, SHOWN_MAX).map((problem, index) => (
            <tr key={index} className="border-b border-line align-top last:border-b-0">
              <td className="py-1.5 pr-4"><Status tone={problem.severity === 'error' ? 'red' : 'amber'}>{problem.severity === 'error' ? t`Blocking` : t`To check`}</Status></td>
              <td className="figures py-1.5 pr-4 text-right">{problem.line ?? '—'}</td>
              <td className="py-1.5 pr-4 whitespace-nowrap">{problem.field ?? '—'}</td>
              <td className="py-1.5">{problem.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 ? <p className="pt-2 text-sm text-muted">{t`${hidden} more problems are not shown. Correct these, then check the file again.`}</p> : null}
    </div>
  )
}
