import { TriangleAlert } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ApiProblem } from '../lib/problem.ts'

/** What the server refused, above the form; fields keep their own sentence. The focus comes here, so that it is read. */
export function FormRefusal({ problem, fields = [] }: { readonly problem: ApiProblem | null; readonly fields?: readonly string[] }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => { if (problem) box.current?.focus() }, [problem])
  if (!problem) return null
  const others = problem.problems.filter(({ field }) => field === null || !fields.includes(field))
  return (
    <div ref={box} role="alert" tabIndex={-1} className="flex gap-2.5 rounded-lg bg-red-soft px-3 py-2 outline-none">
      <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-red" />
      <div className="min-w-0">
        <p>{problem.detail}</p>
        {fields.length > 0 && others.length > 0 ? <ul className="mt-1 text-sm">{others.map(({ message, field }) => <li key={`${field ?? ''} ${message}`}>{field ? `${field} : ` : ''}{message}</li>)}</ul> : null}
      </div>
    </div>
  )
}
