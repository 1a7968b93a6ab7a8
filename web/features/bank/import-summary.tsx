import { useLingui } from '@lingui/react/macro'
import type { BankImport } from '../../../contract/banking.ts'
import { classes, DateText, Money } from '../../ui/index.ts'
import { wholeContinuity } from './account-choice.ts'
import { ContinuityStatus } from './status.tsx'

export type Verdict = BankImport['lines'][number]['verdict']

/** New, known, suspicious: each figure shows its lines. */
export function CountFigures({ counts, chosen, onChoose }: { readonly counts: BankImport['counts']; readonly chosen: Verdict | undefined; readonly onChoose: (verdict: Verdict | undefined) => void }) {
  const { t } = useLingui()
  const figures: readonly (readonly [Verdict, number, string])[] = [['new', counts.new, t`new`], ['known', counts.known, t`already known`], ['suspicious', counts.suspicious, t`suspicious`]]
  return (
    <div role="group" aria-label={t`Lines of the file`} className="grid grid-cols-3 divide-x divide-line border-y border-line">
      {figures.map(([verdict, count, word]) => (
        <button
          key={verdict} type="button" aria-pressed={chosen === verdict} disabled={count === 0} onClick={() => onChoose(chosen === verdict ? undefined : verdict)}
          className={classes('px-4 py-3 text-left first:pl-3 enabled:hover:bg-sunken', chosen === verdict && 'bg-accent-soft')}
        >
          <span className={classes('figures block text-figure font-semibold', count === 0 ? 'text-muted' : verdict === 'suspicious' && 'text-amber')}>{count}</span>
          <span className="text-sm text-muted">{word}</span>
        </button>
      ))}
    </div>
  )
}

/** Whether the balances of the file hold, in words, then statement by statement. */
export function Statements({ statements }: { readonly statements: BankImport['statements'] }) {
  const { t } = useLingui()
  const whole = wholeContinuity(statements)
  const count = statements.length
  const words = {
    proven: t`Every opening balance plus its lines gives the closing balance: nothing is missing.`,
    broken: t`The lines do not lead from the opening balance to the closing one: a part of the statement is missing or doubled. It can be stored; ask your bank for the whole file.`,
    unknown: t`The file does not give both balances: nothing proves that it is whole.`,
  }
  const first = statements[0]
  const last = statements.at(-1)
  return (
    <div>
      <p className="flex flex-wrap items-center gap-x-3"><ContinuityStatus continuity={whole} />{first?.openingOn && last?.closingOn ? <span className="text-sm text-muted"><DateText day={first.openingOn} /> – <DateText day={last.closingOn} /></span> : null}</p>
      <p className="mt-1 max-w-prose text-sm text-muted">{words[whole]}</p>
      {count === 0 ? null : (
        <details open={whole === 'broken' || count <= 2} className="mt-2">
          <summary className="w-fit text-sm text-muted hover:text-ink">{count === 1 ? t`The statement` : t`The ${count} statements`}</summary>
          <div role="region" aria-label={t`Balances`} tabIndex={0} className="overflow-x-auto">
            <table className="mt-1 w-full text-sm">
              <thead className="border-b border-line text-xs text-muted">
                <tr>
                  <th scope="col" className="py-1 pr-4 text-left font-medium">{t`From`}</th>
                  <th scope="col" className="py-1 pr-4 text-left font-medium">{t`To`}</th>
                  <th scope="col" className="py-1 pr-4 text-right font-medium">{t`Opening`}</th>
                  <th scope="col" className="py-1 pr-4 text-right font-medium">{t`Closing`}</th>
                  <th scope="col" className="py-1 pr-4 text-right font-medium">{t`Lines`}</th>
                  <th scope="col" className="py-1 text-left font-medium">{t`Balances`}</th>
                </tr>
              </thead>
              <tbody>{statements.map((statement, index) => <StatementRow key={index} statement={statement} />)}</tbody>
            </table>
          </div>
        </details>
      )}
    </div>
  )
}

function StatementRow({ statement }: { readonly statement: BankImport['statements'][number] }) {
  const { t } = useLingui()
  const none = <span className="text-muted">—</span>
  return (
    <tr className="border-b border-line last:border-b-0">
      <td className="py-1.5 pr-4">{statement.openingOn ? <DateText day={statement.openingOn} /> : none}</td>
      <td className="py-1.5 pr-4">{statement.closingOn ? <DateText day={statement.closingOn} /> : none}</td>
      <td className="py-1.5 pr-4 text-right">{statement.opening ? <Money value={statement.opening} /> : none}</td>
      <td className="py-1.5 pr-4 text-right">{statement.closing ? <Money value={statement.closing} /> : none}</td>
      <td className="figures py-1.5 pr-4 text-right">{statement.lineCount}</td>
      <td className="py-1.5 whitespace-nowrap"><ContinuityStatus continuity={statement.continuity} />{statement.gap ? <span className="text-sm"> {t`gap:`} <Money value={statement.gap} /></span> : null}</td>
    </tr>
  )
}
