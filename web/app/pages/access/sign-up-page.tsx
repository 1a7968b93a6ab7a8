import { useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { useAction } from '../../../lib/action.ts'
import { isApiProblem } from '../../../lib/problem.ts'
import { instanceQuery, meQuery, personApi } from '../../../lib/session.ts'
import { Button, Link, TextField } from '../../../ui/index.ts'
import { FormRefusal } from '../../form-refusal.tsx'
import { AccessLayout } from './access-layout.tsx'

const PASSWORD_MIN = 10
type Account = { name: string; email: string; password: string }

export function Page() {
  const { t } = useLingui()
  const queries = useQueryClient()
  const go = useNavigate()
  const { data: instance } = useQuery(instanceQuery)
  const form = useForm<Account>({ defaultValues: { name: '', email: '', password: '' } })
  const signUp = useAction({
    run: (body: Account) => personApi.post('/api/auth/sign-up', { body }),
    quiet: true,
    after: async () => {
      await queries.fetchQuery({ ...meQuery, staleTime: 0 })
      await go({ to: '/bienvenue' } as never)
    },
  })
  const { errors } = form.formState
  const problem = isApiProblem(signUp.error) ? signUp.error : null
  const first = instance?.hasUsers === false
  return (
    <AccessLayout
      title={first ? t`Welcome to Quittance` : t`Create your account`}
      lead={first ? t`Nobody has an account here yet: yours is the first. You create your company just after.` : t`You then create your company, or join the one whose owner adds you.`}
    >
      <form noValidate onSubmit={form.handleSubmit((values) => signUp.mutate(values))} className="space-y-4">
        <FormRefusal problem={problem} fields={['name', 'email', 'password']} />
        <TextField label={t`First and last name`} autoComplete="name" autoFocus error={errors.name?.message ?? problem?.field('name')} {...form.register('name', { required: t`Write your name.` })} />
        <TextField label={t`E-mail`} type="email" autoComplete="username" error={errors.email?.message ?? problem?.field('email')} {...form.register('email', { required: t`Write your e-mail address.` })} />
        <TextField label={t`Password`} type="password" autoComplete="new-password" hint={t`At least ${PASSWORD_MIN} characters; a short sentence is easy to remember.`} error={errors.password?.message ?? problem?.field('password')} {...form.register('password', { minLength: { value: PASSWORD_MIN, message: t`Write at least ${PASSWORD_MIN} characters.` }, required: t`Choose a password.` })} />
        <Button type="submit" tone="primary" busy={signUp.isPending} className="w-full">{t`Create my account`}</Button>
      </form>
      {first ? null : <p className="mt-5 text-muted">{t`Already have an account?`} <Link to="/connexion">{t`Sign in`}</Link></p>}
    </AccessLayout>
  )
}
