import { useLingui } from '@lingui/react/macro'
import { TriangleAlert } from 'lucide-react'
import { isApiProblem } from '../lib/problem.ts'

/** A refusal told in place, with the fields at fault: for forms and dialogs that stay open to be mended. */
export function ProblemNote({ error, except = () => false }: { readonly error: unknown; /** Problems already shown beside their own field. */ readonly except?: ((problem: { field: string | null; line: number | null }) => boolean) | undefined }) {
  const { t } = useLingui()
  if (!error) return null
  const known = isApiProblem(error)
  const rest = known ? error.problems.filter((problem) => !except(problem)) : []
  return (
    <div role="alert" className="flex items-start gap-2.5 rounded-lg bg-red-soft px-3 py-2.5 text-sm">
      <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-red" />
      <div className="min-w-0">
        <p className="font-medium">{known ? error.detail : t`Something unexpected happened. Nothing was changed.`}</p>
        {rest.length > 0 ? <ul className="mt-1 space-y-0.5">{rest.map((problem, index) => <li key={index}>{problem.message}</li>)}</ul> : null}
        {known && error.status >= 500 && error.requestId ? <p className="mt-1 text-xs text-muted">{t`Number to quote: ${error.requestId}`}</p> : null}
      </div>
    </div>
  )
}
