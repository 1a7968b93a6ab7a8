import { useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { useAction } from '../../../lib/action.ts'
import { isApiProblem } from '../../../lib/problem.ts'
import { useSearchState } from '../../../lib/search-state.ts'
import { instanceQuery, meQuery, personApi } from '../../../lib/session.ts'
import { Button, Link, TextField } from '../../../ui/index.ts'
import { FormRefusal } from '../../form-refusal.tsx'
import { AccessLayout } from './access-layout.tsx'
import { safeReturn } from './safe-return.ts'

type Credentials = { email: string; password: string }

/** Signs in, then opens the page that was asked for. */
function useSignIn() {
  const queries = useQueryClient()
  const go = useNavigate()
  const [search] = useSearchState()
  return useAction({
    run: (body: Credentials) => personApi.post('/api/auth/login', { body }),
    quiet: true,
    after: async () => {
      await queries.fetchQuery({ ...meQuery, staleTime: 0 })
      await go({ href: safeReturn(search['vers']) } as never)
    },
  })
}

export function Page() {
  const { t } = useLingui()
  const { data: instance } = useQuery(instanceQuery)
  const form = useForm<Credentials>({ defaultValues: { email: '', password: '' } })
  const signIn = useSignIn()
  const demo = instance?.demo
  const { errors } = form.formState
  const problem = isApiProblem(signIn.error) ? signIn.error : null
  return (
    <AccessLayout title={t`Sign in`} lead={t`Your bank, your invoices and your books, on one page.`}>
      <form noValidate onSubmit={form.handleSubmit((values) => signIn.mutate(values))} className="space-y-4">
        <FormRefusal problem={problem} />
        <TextField label={t`E-mail`} type="email" autoComplete="username" autoFocus error={errors.email?.message ?? problem?.field('email')} {...form.register('email', { required: t`Write your e-mail address.` })} />
        <TextField label={t`Password`} type="password" autoComplete="current-password" error={errors.password?.message ?? problem?.field('password')} {...form.register('password', { required: t`Write your password.` })} />
        <Button type="submit" tone="primary" busy={signIn.isPending} className="w-full">{t`Sign in`}</Button>
      </form>
      <p className="mt-5 text-muted">{t`No account yet?`} <Link to="/inscription">{t`Create one`}</Link></p>
      {demo ? (
        <section aria-label={t`Demonstration`} className="mt-8 border-t border-line pt-5">
          <h2 className="font-medium">{t`This installation holds a demonstration`}</h2>
          <p className="mt-1 text-muted">{t`Two companies and the firm that serves them, with eighteen months of work.`}</p>
          <dl className="figures mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
            <dt className="text-muted">{t`E-mail`}</dt><dd className="select-all">{demo.email}</dd>
            <dt className="text-muted">{t`Password`}</dt><dd className="select-all">{demo.password}</dd>
          </dl>
          <Button className="mt-4" busy={signIn.isPending} onClick={() => { form.reset(demo); signIn.mutate(demo) }}>{t`Open the demonstration`}</Button>
        </section>
      ) : null}
    </AccessLayout>
  )
}
