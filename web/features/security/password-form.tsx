import { useLingui } from '@lingui/react/macro'
import { useForm } from 'react-hook-form'
import { useAction } from '../../lib/action.ts'
import { isApiProblem } from '../../lib/problem.ts'
import { useRefresh } from '../../lib/queries.ts'
import { personApi } from '../../lib/session.ts'
import { Button, ProblemNote, TextField } from '../../ui/index.ts'

export const PASSWORD_MIN = 10
type Draft = { current: string; password: string }

/** Changes the password; the other devices are then signed out by the server. */
export function PasswordForm({ email }: { readonly email: string }) {
  const { t } = useLingui()
  const refresh = useRefresh(personApi)
  const form = useForm<Draft>({ defaultValues: { current: '', password: '' } })
  const change = useAction({
    run: (body: Draft) => personApi.post('/api/auth/password', { body }), quiet: true,
    done: () => t`Your password is changed, and your other devices are signed out.`,
    after: async () => { form.reset(); await refresh('/api/auth/sessions') },
  })
  const { errors } = form.formState
  const problem = isApiProblem(change.error) ? change.error : null
  return (
    <form noValidate onSubmit={form.handleSubmit((draft) => change.mutate(draft))} className="max-w-sm space-y-4">
      <ProblemNote error={change.error} except={({ field }) => field === 'current' || field === 'password'} />
      {/* Password managers look for the account beside its password. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <TextField label={t`Present password`} type="password" autoComplete="current-password" error={errors.current?.message ?? problem?.field('current')} {...form.register('current', { required: t`Write your password.` })} />
      <TextField label={t`New password`} type="password" autoComplete="new-password" hint={t`At least ${PASSWORD_MIN} characters; a short sentence is easy to remember.`} error={errors.password?.message ?? problem?.field('password')} {...form.register('password', { minLength: { value: PASSWORD_MIN, message: t`Write at least ${PASSWORD_MIN} characters.` }, required: t`Choose a password.` })} />
      <Button type="submit" tone="primary" busy={change.isPending}>{t`Change my password`}</Button>
    </form>
  )
}
