import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { ShieldCheck, ShieldOff } from 'lucide-react'
import { useState } from 'react'
import type { TwoFactor, TwoFactorEnrolment } from '../../../contract/sign-in.ts'
import { useAction } from '../../lib/action.ts'
import { reading, useRefresh } from '../../lib/queries.ts'
import { personApi } from '../../lib/session.ts'
import { Button, CopyText, Dialog, ErrorState, InstantText, ProblemNote, RowsSkeleton, Section, Status } from '../../ui/index.ts'
import { CodeField, isCode } from './code-field.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { QrCode } from './qr-code.tsx'
import { RecoveryCodesDialog } from './recovery-codes.tsx'

/** 'JBSW Y3DP …': a seed that a person can read and type. */
function inFours(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ')
}

/** The picture to scan, the key to type instead, and the first code, which proves that both clocks agree. */
function ScanDialog({ enrolment, onClose, onCodes }: { readonly enrolment: TwoFactorEnrolment; readonly onClose: () => void; readonly onCodes: (codes: readonly string[]) => void }) {
  const { t } = useLingui()
  const [code, setCode] = useState('')
  const confirm = useAction({ run: () => personApi.post('/api/auth/two-factor/confirm', { body: { code } }), quiet: true })
  const send = () => { if (isCode(code) && !confirm.isPending) confirm.mutate(undefined, { onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes) }) }
  return (
    <Dialog
      open wide onClose={onClose} title={t`Scan, then write the code`}
      actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" busy={confirm.isPending} disabled={!isCode(code)} onClick={send}>{t`Turn it on`}</Button></>}
    >
      <div className="flex flex-col gap-6 desk:flex-row">
        <QrCode text={enrolment.uri} label={t`QR code to scan with your authenticator application`} />
        <form noValidate onSubmit={(event) => { event.preventDefault(); send() }} className="min-w-0 flex-1 space-y-4">
          <ol className="list-decimal space-y-1 pl-4 text-muted">
            <li>{t`Open an authenticator application on your telephone.`}</li>
            <li>{t`Scan this picture, or type the key below.`}</li>
            <li>{t`Write here the code it shows.`}</li>
          </ol>
          <CopyText label={t`Key to type`} value={enrolment.secret} shown={inFours(enrolment.secret)} />
          <ProblemNote error={confirm.error} />
          <CodeField value={code} onChange={setCode} />
        </form>
      </div>
    </Dialog>
  )
}

type Step = { readonly at: 'password' | 'off' | 'renew' } | { readonly at: 'scan'; readonly enrolment: TwoFactorEnrolment } | { readonly at: 'codes'; readonly codes: readonly string[] } | null

function useSteps() {
  const { t } = useLingui()
  const refresh = useRefresh(personApi)
  const [step, setStep] = useState<Step>(null)
  const enrol = useAction({ run: (password: string) => personApi.post('/api/auth/two-factor/enrol', { body: { password } }), quiet: true })
  const disable = useAction({ run: (password: string) => personApi.post('/api/auth/two-factor/disable', { body: { password } }), quiet: true, after: () => refresh('/api/auth/two-factor'), done: () => t`The second factor is off.` })
  const renew = useAction({ run: (password: string) => personApi.post('/api/auth/two-factor/recovery-codes', { body: { password } }), quiet: true, after: () => refresh('/api/auth/two-factor') })
  const open = (at: 'password' | 'off' | 'renew') => { enrol.reset(); disable.reset(); renew.reset(); setStep({ at }) }
  const showCodes = (codes: readonly string[]) => { void refresh('/api/auth/two-factor'); setStep({ at: 'codes', codes }) }
  return { step, setStep, open, showCodes, enrol, disable, renew }
}

function Steps({ email, steps }: { readonly email: string; readonly steps: ReturnType<typeof useSteps> }) {
  const { t } = useLingui()
  const { step, setStep, showCodes, enrol, disable, renew } = steps
  const close = () => setStep(null)
  switch (step?.at) {
    case 'password': return <PasswordDialog title={t`Turn on the second factor`} description={t`A code that changes every thirty seconds will be asked for after your password. You need an authenticator application on your telephone.`} confirm={t`Continue`} busy={enrol.isPending} error={enrol.error} onClose={close} onConfirm={(password) => enrol.mutate(password, { onSuccess: (enrolment) => setStep({ at: 'scan', enrolment }) })} />
    case 'scan': return <ScanDialog enrolment={step.enrolment} onClose={close} onCodes={showCodes} />
    case 'codes': return <RecoveryCodesDialog codes={step.codes} email={email} onClose={close} />
    case 'off': return <PasswordDialog title={t`Turn off the second factor?`} description={t`Your password alone will then open your account, and the recovery codes stop working.`} confirm={t`Turn it off`} tone="danger" busy={disable.isPending} error={disable.error} onClose={close} onConfirm={(password) => disable.mutate(password, { onSuccess: close })} />
    case 'renew': return <PasswordDialog title={t`Make new recovery codes`} description={t`The present ones stop working at once.`} confirm={t`Make new codes`} busy={renew.isPending} error={renew.error} onClose={close} onConfirm={(password) => renew.mutate(password, { onSuccess: ({ recoveryCodes }) => showCodes(recoveryCodes) })} />
    default: return null
  }
}

const FEW = 3

function State({ state, steps }: { readonly state: TwoFactor; readonly steps: ReturnType<typeof useSteps> }) {
  const { t } = useLingui()
  if (!state.enabled) {
    return (
      <div className="flex flex-wrap items-center gap-4">
        <p className="min-w-56 flex-1"><Status tone="amber">{t`Off`}</Status> <span className="mt-1 block text-muted">{t`Someone who learns your password can open your account.`}</span></p>
        <Button tone="primary" icon={ShieldCheck} onClick={() => steps.open('password')}>{t`Turn it on`}</Button>
      </div>
    )
  }
  const left = state.recoveryCodesLeft
  return (
    <div className="flex flex-wrap items-start gap-4">
      <div className="min-w-56 flex-1 space-y-1">
        <p><Status tone="green">{t`On`}</Status>{state.enabledAt ? <span className="text-muted"> {t`since`} <InstantText instant={state.enabledAt} /></span> : null}</p>
        <p className={left <= FEW ? 'text-amber' : 'text-muted'}>{left === 0 ? t`No recovery code is left: make new ones.` : left === 1 ? t`1 recovery code is left.` : t`${left} recovery codes are left.`}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => steps.open('renew')}>{t`Make new codes`}</Button>
        <Button tone="danger" icon={ShieldOff} onClick={() => steps.open('off')}>{t`Turn it off`}</Button>
      </div>
    </div>
  )
}

/** The second factor of the person: off, or on with what is left of its recovery codes. */
export function SecondFactor({ email }: { readonly email: string }) {
  const { t } = useLingui()
  const query = useQuery(reading(personApi, '/api/auth/two-factor'))
  const steps = useSteps()
  return (
    <Section title={t`Second factor`} description={t`A code of your telephone, asked for after the password.`}>
      {query.data ? <State state={query.data} steps={steps} /> : query.error ? <ErrorState error={query.error} onRetry={() => { void query.refetch() }} /> : <RowsSkeleton rows={2} />}
      <Steps email={email} steps={steps} />
    </Section>
  )
}
