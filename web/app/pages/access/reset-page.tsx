import { useLingui } from '@lingui/react/macro'
import { useForm } from 'react-hook-form'
import { PASSWORD_MIN } from '../../../features/security/password-form.tsx'
import { useAction } from '../../../lib/action.ts'
import { isApiProblem } from '../../../lib/problem.ts'
import { personApi } from '../../../lib/session.ts'
import { Button, Link, TextField } from '../../../ui/index.ts'
import { FormRefusal } from '../../form-refusal.tsx'
import { AccessLayout } from './access-layout.tsx'
import { useLinkToken } from './link-token.ts'

/** Where the link of the e-mail leads: a new password, once. */
export function Page() {
  const { t } = useLingui()
  const token = useLinkToken()
  const form = useForm({ defaultValues: { password: '' } })
  const reset = useAction({ run: ({ password }: { password: string }) => personApi.post('/api/auth/password-reset/confirm', { body: { token: token ?? '', password } }), quiet: true })
  const problem = isApiProblem(reset.error) ? reset.error : null
  if (!token) {
    return (
      <AccessLayout title={t`This link is not complete`} lead={t`Open it again from the e-mail, whole, or ask for another one.`}>
        <Link to="/mot-de-passe-oublie" look={{ button: 'primary' }}>{t`Ask for another link`}</Link>
      </AccessLayout>
    )
  }
  if (reset.isSuccess) {
    return (
      <AccessLayout title={t`Your password is changed`} lead={t`Every device that was signed in has been signed out.`}>
        <Link to="/connexion" look={{ button: 'primary' }}>{t`Sign in`}</Link>
      </AccessLayout>
    )
  }
  return (
    <AccessLayout title={t`Choose a new password`}>
      <form noValidate onSubmit={form.handleSubmit((values) => reset.mutate(values))} className="space-y-4">
        <FormRefusal problem={problem} fields={['password']} />
        <TextField label={t`New password`} type="password" autoComplete="new-password" autoFocus hint={t`At least ${PASSWORD_MIN} characters; a short sentence is easy to remember.`} error={form.formState.errors.password?.message ?? problem?.field('password')} {...form.register('password', { minLength: { value: PASSWORD_MIN, message: t`Write at least ${PASSWORD_MIN} characters.` }, required: t`Choose a password.` })} />
        <Button type="submit" tone="primary" busy={reset.isPending} className="w-full">{t`Change my password`}</Button>
      </form>
      {problem ? <p className="mt-5"><Link to="/mot-de-passe-oublie">{t`Ask for another link`}</Link></p> : null}
    </AccessLayout>
  )
}
