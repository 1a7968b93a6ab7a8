import { useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import type { InvitationPreview } from '../../../../contract/team.ts'
import { PASSWORD_MIN } from '../../../features/security/password-form.tsx'
import { useAction } from '../../../lib/action.ts'
import { addressIn } from '../../../lib/company.tsx'
import { isApiProblem, isOffline } from '../../../lib/problem.ts'
import { roleLabel } from '../../../lib/role-words.ts'
import { meQuery, personApi } from '../../../lib/session.ts'
import { Bone, Button, Facts, InstantText, Link, OfflineState, TextField } from '../../../ui/index.ts'
import { FormRefusal } from '../../form-refusal.tsx'
import { useSignOut } from '../../frame/user-menu.tsx'
import { AccessLayout } from './access-layout.tsx'
import { keepToken, useLinkToken } from './link-token.ts'

/** Opens the company one has just joined. */
function useArrive() {
  const queries = useQueryClient()
  const go = useNavigate()
  return async ({ company }: { readonly company: { readonly slug: string } }) => {
    await queries.fetchQuery({ ...meQuery, staleTime: 0 })
    await go({ to: addressIn(company.slug) } as never)
  }
}

type Person = { name: string; password: string }

/** Someone without an account: a name and a password make one, and join. */
function JoinForm({ token, email }: { readonly token: string; readonly email: string }) {
  const { t } = useLingui()
  const form = useForm<Person>({ defaultValues: { name: '', password: '' } })
  const join = useAction({ run: (body: Person) => personApi.post('/api/invitations/join', { body: { ...body, token } }), quiet: true, after: useArrive() })
  const { errors } = form.formState
  const problem = isApiProblem(join.error) ? join.error : null
  return (
    <form noValidate onSubmit={form.handleSubmit((values) => join.mutate(values))} className="space-y-4">
      <FormRefusal problem={problem} fields={['name', 'password']} />
      <TextField label={t`E-mail`} type="email" autoComplete="username" value={email} readOnly disabled hint={t`The invitation is addressed to it.`} />
      <TextField label={t`First and last name`} autoComplete="name" autoFocus error={errors.name?.message ?? problem?.field('name')} {...form.register('name', { required: t`Write your name.` })} />
      <TextField label={t`Password`} type="password" autoComplete="new-password" hint={t`At least ${PASSWORD_MIN} characters; a short sentence is easy to remember.`} error={errors.password?.message ?? problem?.field('password')} {...form.register('password', { minLength: { value: PASSWORD_MIN, message: t`Write at least ${PASSWORD_MIN} characters.` }, required: t`Choose a password.` })} />
      <Button type="submit" tone="primary" busy={join.isPending} className="w-full">{t`Create my account and join`}</Button>
    </form>
  )
}

/** Someone who is signed in: one press. With another account, the way to change. */
function AcceptForm({ token, preview, email }: { readonly token: string; readonly preview: InvitationPreview; readonly email: string }) {
  const { t } = useLingui()
  const accept = useAction({ run: () => personApi.post('/api/invitations/accept', { body: { token } }), quiet: true, after: useArrive() })
  const signOut = useSignOut()
  const other = email.toLowerCase() !== preview.email.toLowerCase()
  if (other) {
    return (
      <div className="space-y-4">
        <p>{t`You are signed in as ${email}, and the invitation is addressed to ${preview.email}.`}</p>
        <p className="text-muted">{t`Sign out, then open the link of the e-mail again.`}</p>
        <Button tone="primary" onClick={signOut}>{t`Sign out`}</Button>
      </div>
    )
  }
  return (
    <div className="space-y-4">
      <FormRefusal problem={isApiProblem(accept.error) ? accept.error : null} />
      <Button tone="primary" busy={accept.isPending} onClick={() => accept.mutate()} className="w-full">{t`Join ${preview.company.name}`}</Button>
      <p className="text-center text-sm text-muted">{t`as ${email}`}</p>
    </div>
  )
}

function Preview({ token, preview }: { readonly token: string; readonly preview: InvitationPreview }) {
  const { t, i18n } = useLingui()
  const { data: me, isPending } = useQuery(meQuery)
  const lead = preview.invitedBy ? t`${preview.invitedBy} invites you to work on this file.` : t`You are invited to work on this file.`
  return (
    <AccessLayout title={t`Join ${preview.company.name}`} lead={lead}>
      <div className="mb-6">
        <Facts items={[
          { name: t`Your role`, value: preview.customRole?.name ?? i18n._(roleLabel(preview.role)) },
          { name: t`Good until`, value: <InstantText instant={preview.expiresAt} /> },
        ]} />
      </div>
      {isPending ? <Bone className="w-2/3" /> : me ? <AcceptForm token={token} preview={preview} email={me.user.email} />
        : preview.hasAccount ? (
          <div className="space-y-3">
            <p>{t`${preview.email} already has an account here. Sign in with it, then join.`}</p>
            <Link to="/connexion" search={{ vers: '/invitation' }} onClick={() => keepToken(token)} look={{ button: 'primary' }} className="w-full">{t`Sign in`}</Link>
          </div>
        ) : <JoinForm token={token} email={preview.email} />}
    </AccessLayout>
  )
}

/** Where the link of an invitation leads. */
export function Page() {
  const { t } = useLingui()
  const token = useLinkToken({ orKept: true })
  const query = useQuery({
    queryKey: ['person', '/api/invitations/preview', token], enabled: token !== null, retry: false, staleTime: Infinity,
    queryFn: () => personApi.post('/api/invitations/preview', { body: { token: token ?? '' } }),
  })
  if (token && query.data) return <Preview token={token} preview={query.data} />
  if (token && query.isPending) return <AccessLayout title={t`Invitation`}><div role="status" aria-label={t`Loading`} className="space-y-3"><Bone className="w-2/3" /><Bone className="w-1/2" /></div></AccessLayout>
  if (isOffline(query.error)) return <AccessLayout title={t`Invitation`}><OfflineState onRetry={() => { void query.refetch() }} /></AccessLayout>
  return (
    <AccessLayout title={t`This invitation no longer works`} lead={isApiProblem(query.error) ? query.error.detail : t`The link is not complete: open it again from the e-mail, whole.`}>
      <Link to="/" look={{ button: 'plain' }}>{t`Go to the home page`}</Link>
    </AccessLayout>
  )
}
