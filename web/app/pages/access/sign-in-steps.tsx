import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { SignInAnswer } from '../../../../contract/sign-in.ts'
import { CodeField, isCode } from '../../../features/security/code-field.tsx'
import { useAction } from '../../../lib/action.ts'
import { isApiProblem } from '../../../lib/problem.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { meQuery, personApi } from '../../../lib/session.ts'
import { useWait } from '../../../lib/wait.ts'
import { Button, TextField } from '../../../ui/index.ts'
import { FormRefusal } from '../../form-refusal.tsx'
import { safeReturn } from './safe-return.ts'

/** Opens the page that was asked for, once signed in. */
export function useEnter(): () => Promise<void> {
  const queries = useQueryClient()
  const go = useNavigate()
  const [search] = useSearchState()
  return async () => {
    await queries.fetchQuery({ ...meQuery, staleTime: 0 })
    await go({ href: safeReturn(search['vers']) } as never)
  }
}

/** After too many tries: how long to wait, counted down. The button comes back by itself. */
export function WaitNote({ seconds }: { readonly seconds: number }) {
  const { t } = useLingui()
  if (seconds === 0) return null
  const minutes = Math.floor(seconds / 60)
  const rest = String(seconds % 60).padStart(2, '0')
  return <p className="text-sm text-muted">{t`You can try again in`} <span aria-hidden className="figures font-medium text-ink">{`${minutes}:${rest}`}</span><span className="sr-only">{t`${seconds} seconds`}</span></p>
}

/** The code after the password; a recovery code when the telephone is away. */
export function SecondFactorForm({ onDone, onBack }: { readonly onDone: (answer: SignInAnswer) => void; readonly onBack: () => void }) {
  const { t } = useLingui()
  const [recovery, setRecovery] = useState(false)
  const [text, setText] = useState('')
  const [short, setShort] = useState(false)
  const verify = useAction({ run: () => personApi.post('/api/auth/two-factor/verify', { body: recovery ? { recoveryCode: text.trim() } : { code: text } }), quiet: true })
  const wait = useWait(verify.error)
  const complete = recovery ? text.replace(/[\s-]/g, '').length >= 10 : isCode(text)
  const send = () => {
    setShort(!complete)
    if (complete && wait === 0 && !verify.isPending) verify.mutate(undefined, { onSuccess: onDone })
  }
  const change = (next: string) => { setText(next); setShort(false) }
  const swap = () => { setRecovery(!recovery); change(''); verify.reset() }
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); send() }} className="space-y-4">
      <FormRefusal problem={isApiProblem(verify.error) ? verify.error : null} />
      <WaitNote seconds={wait} />
      {recovery
        ? <TextField key="recovery" label={t`Recovery code`} autoFocus autoComplete="off" spellCheck={false} hint={t`Each recovery code works once.`} value={text} error={short ? t`Write one of your recovery codes.` : undefined} controlClass="figures tracking-wide" onChange={(event) => change(event.target.value)} />
        : <CodeField key="code" value={text} onChange={change} error={short ? t`Write the six digits your application shows.` : undefined} />}
      <Button type="submit" tone="primary" busy={verify.isPending} disabled={wait > 0} className="w-full">{t`Sign in`}</Button>
      <div className="flex flex-wrap justify-between gap-x-4 gap-y-1">
        <button type="button" onClick={swap} className="rounded-sm text-accent underline decoration-line-strong underline-offset-3">{recovery ? t`Use the code of my telephone` : t`Use a recovery code`}</button>
        <button type="button" onClick={onBack} className="rounded-sm text-muted underline decoration-line-strong underline-offset-3">{t`Another account`}</button>
      </div>
    </form>
  )
}
