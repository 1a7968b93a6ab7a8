import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Fingerprint } from 'lucide-react'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import type { Instance } from '../../../../contract/identity.ts'
import type { SignInAnswer } from '../../../../contract/sign-in.ts'
import { useAction } from '../../../lib/action.ts'
import { canUsePasskeys, readPasskey } from '../../../lib/passkeys.ts'
import { isApiProblem } from '../../../lib/problem.ts'
import { instanceQuery, personApi } from '../../../lib/session.ts'
import { useWait } from '../../../lib/wait.ts'
import { Button, Link, TextField } from '../../../ui/index.ts'
import { FormRefusal } from '../../form-refusal.tsx'
import { AccessLayout } from './access-layout.tsx'
import { SecondFactorForm, useEnter, WaitNote } from './sign-in-steps.tsx'

type Credentials = { email: string; password: string }
type Demo = NonNullable<Instance['demo']>

function DemoBox({ demo, busy, onOpen }: { readonly demo: Demo; readonly busy: boolean; readonly onOpen: () => void }) {
  const { t } = useLingui()
  return (
    <section aria-label={t`Demonstration`} className="mt-8 border-t border-line pt-5">
      <h2 className="font-medium">{t`This installation holds a demonstration`}</h2>
      <p className="mt-1 text-muted">{t`Two companies and the firm that serves them, with eighteen months of work.`}</p>
      <dl className="figures mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        <dt className="text-muted">{t`E-mail`}</dt><dd className="select-all">{demo.email}</dd>
        <dt className="text-muted">{t`Password`}</dt><dd className="select-all">{demo.password}</dd>
      </dl>
      <Button className="mt-4" busy={busy} onClick={onOpen}>{t`Open the demonstration`}</Button>
    </section>
  )
}

/** Signing in: the password, then the code when there is a second factor; or a passkey, which is both. */
export function Page() {
  const { t } = useLingui()
  const { data: instance } = useQuery(instanceQuery)
  const form = useForm<Credentials>({ defaultValues: { email: '', password: '' } })
  const [coding, setCoding] = useState(false)
  const enter = useEnter()
  const follow = async (answer: SignInAnswer) => {
    if (answer.next === 'two-factor') setCoding(true)
    else await enter()
  }
  const signIn = useAction({ run: (body: Credentials) => personApi.post('/api/auth/login', { body }), quiet: true, after: follow })
  const passkey = useAction({ run: async () => personApi.post('/api/auth/passkeys/sign-in', { body: { credential: await readPasskey(await personApi.post('/api/auth/passkeys/authentication')) } }), quiet: true, after: enter })
  const wait = useWait(signIn.error)
  const { errors } = form.formState
  const problem = isApiProblem(signIn.error) ? signIn.error : isApiProblem(passkey.error) ? passkey.error : null
  if (coding) {
    return (
      <AccessLayout title={t`One more step`} lead={t`Write the code of six digits that your authenticator application shows for Quittance.`}>
        <SecondFactorForm onDone={() => { void enter() }} onBack={() => { setCoding(false); signIn.reset(); form.reset() }} />
      </AccessLayout>
    )
  }
  const demo = instance?.demo
  return (
    <AccessLayout title={t`Sign in`} lead={t`Your bank, your invoices and your books, on one page.`}>
      <form noValidate onSubmit={form.handleSubmit((values) => { passkey.reset(); if (wait === 0) signIn.mutate(values) })} className="space-y-4">
        <FormRefusal problem={problem} />
        <WaitNote seconds={wait} />
        <TextField label={t`E-mail`} type="email" autoComplete="username webauthn" autoFocus error={errors.email?.message ?? problem?.field('email')} {...form.register('email', { required: t`Write your e-mail address.` })} />
        <div>
          <TextField label={t`Password`} type="password" autoComplete="current-password" error={errors.password?.message ?? problem?.field('password')} {...form.register('password', { required: t`Write your password.` })} />
          <p className="mt-1.5 text-sm"><Link to="/mot-de-passe-oublie">{t`Forgotten password`}</Link></p>
        </div>
        <Button type="submit" tone="primary" busy={signIn.isPending} disabled={wait > 0} className="w-full">{t`Sign in`}</Button>
      </form>
      {canUsePasskeys() ? <Button icon={Fingerprint} busy={passkey.isPending} onClick={() => { signIn.reset(); passkey.mutate() }} className="mt-3 w-full">{t`Sign in with a passkey`}</Button> : null}
      <p className="mt-5 text-muted">{t`No account yet?`} <Link to="/inscription">{t`Create one`}</Link></p>
      {demo ? <DemoBox demo={demo} busy={signIn.isPending} onOpen={() => { form.reset(demo); signIn.mutate(demo) }} /> : null}
    </AccessLayout>
  )
}
