import { useLingui } from '@lingui/react/macro'
import { useBlocker } from '@tanstack/react-router'
import { Button, Dialog } from '../../ui/index.ts'

/** Asks before typed work is left behind. `isDirty` is asked at the time of leaving. */
export function LeaveGuard({ isDirty }: { readonly isDirty: () => boolean }) {
  const { t } = useLingui()
  const blocker = useBlocker({ shouldBlockFn: isDirty, enableBeforeUnload: isDirty, withResolver: true })
  if (blocker.status !== 'blocked') return null
  return (
    <Dialog
      open onClose={blocker.reset} title={t`Leave without saving?`} description={t`What you typed since the last save would be lost.`}
      actions={<><Button onClick={blocker.proceed}>{t`Leave`}</Button><Button tone="primary" onClick={blocker.reset}>{t`Keep writing`}</Button></>}
    />
  )
}
