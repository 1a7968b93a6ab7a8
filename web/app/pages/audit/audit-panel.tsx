import { useLingui } from '@lingui/react/macro'
import type { AuditRow } from '../../../../contract/audit.ts'
import { Button, Facts, InstantText, SidePanel } from '../../../ui/index.ts'
import { AuditDiff } from './audit-diff.tsx'

/** One line of the log: who, from where, and what changed from what to what. */
export function AuditPanel({ row, words, onClose, onSubject }: { readonly row: AuditRow; readonly words: (action: string) => string; readonly onClose: () => void; readonly onSubject: () => void }) {
  const { t } = useLingui()
  return (
    <SidePanel title={words(row.action)} aside={<InstantText instant={row.at} />} onClose={onClose} actions={<Button onClick={onSubject}>{t`All that happened to this item`}</Button>}>
      <Facts items={[
        { name: t`Who`, value: row.actor },
        { name: t`From the address`, value: row.address ?? t`the server itself` },
        { name: t`Item`, value: <span className="break-all">{row.subjectKind} · {row.subjectId}</span> },
        { name: t`Code`, value: row.action },
        { name: t`Line of the chain`, value: <span className="figures">{row.seq}</span> },
      ]} />
      <h3 className="mt-6 mb-2 font-semibold">{row.before === null && row.after !== null ? t`What was written` : row.after === null && row.before !== null ? t`What was removed` : t`What changed`}</h3>
      <AuditDiff before={row.before} after={row.after} />
    </SidePanel>
  )
}
