import type { Text } from '../../../core/kernel/problem.ts'

/** One thing that was looked at: how it is, in a sentence, and what to do when it is not well. */
export type Finding = {
  /** Stable name, for scripts. */
  readonly check: string
  readonly level: 'ok' | 'warning' | 'failure'
  /** The company it is about; null for the installation. */
  readonly company: string | null
  readonly say: Text
  readonly mend: Text | null
}

export function fine(check: string, say: Text, company: string | null = null): Finding {
  return { check, level: 'ok', company, say, mend: null }
}

export function wrong(check: string, told: { readonly level: 'warning' | 'failure'; readonly say: Text; readonly mend: Text; readonly company?: string | null }): Finding {
  return { check, level: told.level, company: told.company ?? null, say: told.say, mend: told.mend }
}

/** The worst of them. */
export function verdict(findings: readonly Finding[]): Finding['level'] {
  if (findings.some(({ level }) => level === 'failure')) return 'failure'
  return findings.some(({ level }) => level === 'warning') ? 'warning' : 'ok'
}
