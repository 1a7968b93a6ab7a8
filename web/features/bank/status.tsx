import { useLingui } from '@lingui/react/macro'
import type { BankImport, BankLine } from '../../../contract/banking.ts'
import { Status } from '../../ui/index.ts'

type ContinuityValue = BankImport['statements'][number]['continuity']

/** Whether opening + lines = closing, in a word. */
export function ContinuityStatus({ continuity }: { readonly continuity: ContinuityValue }) {
  const { t } = useLingui()
  if (continuity === 'proven') return <Status tone="green">{t`Balances proven`}</Status>
  if (continuity === 'broken') return <Status tone="red">{t`Balances broken`}</Status>
  return <Status tone="grey">{t`Balances not given`}</Status>
}

/** Where a bank line stands. */
export function LineStatus({ line }: { readonly line: BankLine }) {
  const { t } = useLingui()
  if (line.status === 'pending') return <Status tone="violet">{t`Announced`}</Status>
  if (line.hold) return <Status tone="amber">{t`On hold`}</Status>
  if (line.state === 'posting') return <Status tone="grey">{t`Being posted`}</Status>
  if (line.state === 'to_treat') return <Status tone="amber">{t`To treat`}</Status>
  if (line.state === 'part_treated') return <Status tone="amber">{t`Partly treated`}</Status>
  return <Status tone="green">{t`Treated`}</Status>
}

/** What the import makes of one delivered line. */
export function VerdictStatus({ verdict, removed = false }: { readonly verdict: BankImport['lines'][number]['verdict']; readonly removed?: boolean | undefined }) {
  const { t } = useLingui()
  if (verdict === 'new') return <Status tone="green">{t`New`}</Status>
  if (verdict === 'known') return <Status tone="grey">{removed ? t`Removed before` : t`Already known`}</Status>
  return <Status tone="amber">{t`Suspicious`}</Status>
}
