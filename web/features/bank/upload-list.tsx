import { useLingui } from '@lingui/react/macro'
import { useRef, useState } from 'react'
import type { BankImport } from '../../../contract/banking.ts'
import { fileBody, type Api } from '../../lib/api.ts'
import { isApiProblem } from '../../lib/problem.ts'
import { Badge, CompanyLink, DateText, ProblemList, ProblemNote, Status } from '../../ui/index.ts'
import { isPlain, NO_DECISION, commitOf, wholeContinuity } from './account-choice.ts'
import { formatName } from './format-words.ts'
import { ContinuityStatus } from './status.tsx'

export type Upload = { readonly key: number; readonly fileName: string; readonly result?: BankImport | undefined; readonly error?: unknown }

/** Reads files one after the other, so that each is judged against the ones before. `onOne` is told when a file came alone. */
export function useUploads(api: Api, onOne: (read: BankImport) => void, onRead: () => void) {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const [busy, setBusy] = useState(false)
  const last = useRef(0)
  const settle = (key: number, change: Partial<Upload>) => setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const send = async (files: readonly File[]) => {
    setBusy(true)
    const added = files.map((file) => ({ key: ++last.current, fileName: file.name }))
    setUploads((all) => [...all, ...added])
    for (const [index, file] of files.entries()) {
      try {
        const result = await api.post('/api/imports', { body: fileBody(file) })
        settle(added[index]!.key, { result })
        onRead()
        if (files.length === 1) onOne(result)
      } catch (error) {
        settle(added[index]!.key, { error })
      }
    }
    setBusy(false)
  }
  /** Stores the files that nobody needs to look at, in the order they were given. One that is refused is said, the others go on. */
  const storePlain = async () => {
    setBusy(true)
    for (const { key, result } of uploads) {
      if (!result || !isPlain(result)) continue
      const body = commitOf(result, { accountId: '', name: '', iban: '' }, NO_DECISION)
      try {
        settle(key, { result: await api.post('/api/imports/:id/commit', { params: { id: result.id }, body: body ?? {} }) })
      } catch (error) {
        settle(key, { error })
      }
    }
    setBusy(false)
    onRead()
  }
  const plain = uploads.flatMap(({ result }) => (result && isPlain(result) ? [result] : []))
  return { uploads, busy, send, storePlain, plain }
}

/** What became of each file given here: what is in it, whether its balances hold, and what is left to do with it. */
export function UploadList({ uploads }: { readonly uploads: readonly Upload[] }) {
  const { t } = useLingui()
  if (uploads.length === 0) return null
  return <ul aria-label={t`Files given`} aria-live="polite" className="mt-4 border-t border-line">{uploads.map((upload) => <UploadRow key={upload.key} upload={upload} />)}</ul>
}

function UploadRow({ upload: { fileName, result, error } }: { readonly upload: Upload }) {
  const { t, i18n } = useLingui()
  const days = result?.lines.map(({ bookedOn }) => bookedOn).sort() ?? []
  const errors = result?.problems.filter(({ severity }) => severity === 'error').length ?? 0
  return (
    <li className="border-b border-line py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 basis-48 truncate font-medium" title={fileName}>{fileName}</span>
        {result ? <>
          <Badge tone={result.counts.new > 0 ? 'green' : 'grey'}>{t`${result.counts.new} new`}</Badge>
          {result.counts.known > 0 ? <Badge>{t`${result.counts.known} known`}</Badge> : null}
          {result.counts.suspicious > 0 ? <Badge tone="amber">{t`${result.counts.suspicious} to check`}</Badge> : null}
          {errors > 0 ? <Badge tone="red">{errors === 1 ? t`1 not read` : t`${errors} not read`}</Badge> : null}
          <CompanyLink to={`banque/import/${result.id}`}>{result.status === 'committed' || result.counts.new + result.counts.suspicious + errors === 0 ? t`See the file` : t`Look and store`}</CompanyLink>
        </> : error ? <Status tone="red">{t`Not read`}</Status> : <Status tone="grey">{t`Reading…`}</Status>}
      </div>
      {result ? (
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-sm text-muted">
          <span>{formatName(result.format, (message) => i18n._(message))}</span>
          <span>{result.account.name ?? (result.account.currency === null ? t`several accounts` : t`account to be said`)}</span>
          {days.length > 0 ? <span><DateText day={days[0]!} /> – <DateText day={days.at(-1)!} /></span> : null}
          {result.status === 'committed' ? <Status tone="green">{t`Stored`}</Status> : <ContinuityStatus continuity={wholeContinuity(result.statements)} />}
        </p>
      ) : null}
      {error ? <div className="mt-2 space-y-2"><ProblemNote error={error} except={() => true} />{isApiProblem(error) ? <ProblemList problems={error.problems} /> : null}</div> : null}
    </li>
  )
}
