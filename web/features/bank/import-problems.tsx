import { useLingui } from '@lingui/react/macro'
import { useId } from 'react'
import type { BankImport } from '../../../contract/banking.ts'
import { ProblemList, Section } from '../../ui/index.ts'
import { needsReview, type LineDecisions } from './account-choice.ts'

/** What could not be read, line by line, and what is then done with the rest of the file: what can be read, or nothing at all. */
export function ImportProblems({ file, choice, onChoose }: { readonly file: BankImport; readonly choice: LineDecisions['onProblems']; readonly onChoose: ((choice: LineDecisions['onProblems']) => void) | undefined }) {
  const { t } = useLingui()
  const name = useId()
  const errors = file.problems.filter(({ severity }) => severity === 'error').length
  if (file.problems.length === 0) return null
  return (
    <Section title={errors === 0 ? t`To know about this file` : errors === 1 ? t`1 line could not be read` : t`${errors} lines could not be read`}>
      {errors > 0 && onChoose ? (
        <fieldset className="mb-4">
          <legend className="mb-1 text-sm text-muted">{t`And the rest of the file?`}</legend>
          {([['readable', needsReview(file) ? t`I compared the lines with the document: take them as they are` : t`Take what can be read; what could not is listed here`], ['nothing', t`All or nothing: take nothing until the whole file can be read`]] as const).map(([value, words]) => (
            <label key={value} className="flex items-center gap-2 py-1"><input type="radio" name={name} checked={choice === value} onChange={() => onChoose(value)} className="accent-accent" />{words}</label>
          ))}
        </fieldset>
      ) : null}
      <ProblemList problems={file.problems} />
    </Section>
  )
}
