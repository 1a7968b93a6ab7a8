import { useLingui } from '@lingui/react/macro'
import { useForm } from 'react-hook-form'
import { useAction } from '../../../lib/action.ts'
import { isApiProblem } from '../../../lib/problem.ts'
import { personApi } from '../../../lib/session.ts'
import { useWait } from '../../../lib/wait.ts'
import { Button, Link, TextField } from '../../../ui/index.ts'
import { FormRefusal } from '../../form-refusal.tsx'
import { AccessLayout } from './access-layout.tsx'
import { WaitNote } from './sign-in-steps.tsx'

/** Asks for a link by e-mail. The answer is the same whether the address has an account or not. */
export function Page() {
  const { t } = useLingui()
  const form = useForm({ defaultValues: { email: '' } })
  const ask = useAction({ run: (body: { email: string }) => personApi.post('/api/auth/password-reset', { body }), quiet: true })
  const wait = useWait(ask.error)
  const problem = isApiProblem(ask.error) ? ask.error : null
  if (ask.data) {
    const { minutes } = ask.data
    const email = ask.variables.email
    return (
      <AccessLayout title={t`Look in your mail`}>
        <p role="status">{t`If ${email} has an account here, a link has been sent to it. It works for ${minutes} minutes.`}</p>
        <p className="mt-2 text-muted">{t`Nothing came? Look among unwanted mail, or ask whoever looks after this installation: without a mail server, messages wait in its outbox.`}</p>
        <p className="mt-5"><Link to="/connexion">{t`Back to the sign-in`}</Link></p>
      </AccessLayout>
    )
  }
  return (
    <AccessLayout title={t`Forgotten password`} lead={t`Write your address: we send you a link to choose another password.`}>
      <form noValidate onSubmit={form.handleSubmit((values) => { if (wait === 0) ask.mutate(values) })} className="space-y-4">
        <FormRefusal problem={problem} fields={['email']} />
        <WaitNote seconds={wait} />
        <TextField label={t`E-mail`} type="email" autoComplete="username" autoFocus error={form.formState.errors.email?.message ?? problem?.field('email')} {...form.register('email', { required: t`Write your e-mail address.` })} />
        <Button type="submit" tone="primary" busy={ask.isPending} disabled={wait > 0} className="w-full">{t`Send me the link`}</Button>
      </form>
      <p className="mt-5"><Link to="/connexion">{t`Back to the sign-in`}</Link></p>
    </AccessLayout>
  )
}
