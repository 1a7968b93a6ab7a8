import { useLingui } from '@lingui/react/macro'
import type { AuditRow } from '../../../../contract/audit.ts'
import { Button, Facts, InstantText, SidePanel } from '../../../ui/index.ts'
import { changesOf } from './audit-words.ts'

function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 1)
}

/** One line of the log: who, from where, and what changed from what to what. */
export function AuditPanel({ row, words, onClose, onSubject }: { readonly row: AuditRow; readonly words: (action: string) => string; readonly onClose: () => void; readonly onSubject: () => void }) {
  const { t } = useLingui()
  const changes = changesOf(row.before, row.after)
  return (
    <SidePanel title={words(row.action)} aside={<InstantText instant={row.at} />} onClose={onClose} actions={<Button onClick={onSubject}>{t`All that happened to this item`}</Button>}>
      <Facts items={[
        { name: t`Who`, value: row.actor },
        { name: t`From the address`, value: row.address ?? t`the server itself` },
        { name: t`Item`, value: <span className="break-all">{row.subjectKind} · {row.subjectId}</span> },
        { name: t`Code`, value: row.action },
        { name: t`Line of the chain`, value: <span className="figures">{row.seq}</span> },
      ]} />
      <h3 className="mt-6 mb-2 font-semibold">{t`What changed`}</h3>
      {changes.length === 0 ? <p className="text-muted">{t`No value changed.`}</p> : (
        <table className="w-full table-fixed text-sm">
          <thead className="text-left text-xs text-muted"><tr><th scope="col" className="w-1/3 py-1 font-medium">{t`Field`}</th><th scope="col" className="py-1 font-medium">{t`Before`}</th><th scope="col" className="py-1 font-medium">{t`After`}</th></tr></thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.path} className="border-t border-line align-top">
                <th scope="row" className="py-1.5 pr-2 text-left font-normal break-words text-muted">{change.path}</th>
                <td className="py-1.5 pr-2 break-words whitespace-pre-wrap text-muted">{textOf(change.before)}</td>
                <td className="py-1.5 break-words whitespace-pre-wrap">{textOf(change.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </SidePanel>
  )
}
