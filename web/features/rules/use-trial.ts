import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { NewCategoryRule, RuleTrialResult } from '../../../contract/categories.ts'
import { useCompany } from '../../lib/company.tsx'

const PAUSE_MS = 350

/** The value, once it has not changed for a while: one trial for a word, not one for a letter. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

/** Tries the rule on the lines there are, as it is being written. Nothing is changed. */
export function useTrial(rule: NewCategoryRule | undefined, ruleId: string | undefined) {
  const { api } = useCompany()
  // A rule that is switched off would match nothing: what it would do is what one wants to see.
  const text = JSON.stringify(rule ? { rule: { ...rule, name: 'essai', isActive: true }, ...(ruleId ? { ruleId } : {}) } : null)
  const settled = useSettled(text)
  const asked = settled !== 'null'
  const query = useQuery<RuleTrialResult>({
    queryKey: [api.tenant, 'rule-trial', settled], enabled: asked, retry: false, staleTime: 5_000, placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.post('/api/category-rules/try', { body: JSON.parse(settled), signal }),
  })
  return { result: asked && !query.error ? query.data : undefined, error: asked ? query.error : null, isFresh: settled === text && !query.isFetching, retry: () => { void query.refetch() } }
}
