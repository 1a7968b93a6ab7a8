import { useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'
import { Button, Dialog, ProblemNote, TextField, type ButtonTone } from '../../ui/index.ts'

export type PasswordDialogProps = {
  readonly title: string
  readonly description: ReactNode
  readonly confirm: string
  readonly tone?: ButtonTone | undefined
  readonly busy: boolean
  readonly error: unknown
  readonly onConfirm: (password: string) => void
  readonly onClose: () => void
}

/** Asks for the password again before what would let someone else in. */
export function PasswordDialog({ title, description, confirm, tone = 'primary', busy, error, onConfirm, onClose }: PasswordDialogProps) {
  const { t } = useLingui()
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState(false)
  const send = () => {
    setMissing(password === '')
    if (password !== '' && !busy) onConfirm(password)
  }
  return (
    <Dialog open onClose={onClose} title={title} description={description} actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone={tone} busy={busy} onClick={send}>{confirm}</Button></>}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); send() }} className="space-y-3">
        <ProblemNote error={error} />
        <TextField label={t`Your password`} type="password" autoComplete="current-password" autoFocus value={password} error={missing && password === '' ? t`Write your password.` : undefined} onChange={(event) => setPassword(event.target.value)} />
      </form>
    </Dialog>
  )
}
