import { useLingui } from '@lingui/react/macro'
import { useRef, useState } from 'react'
import type { BankImport } from '../../../contract/banking.ts'
import { fileBody, type Api } from '../../lib/api.ts'
import { isApiProblem } from '../../lib/problem.ts'
import { Badge, CompanyLink, ProblemList, ProblemNote, Status } from '../../ui/index.ts'
import { formatName } from './format-words.ts'

export type Upload = { readonly key: number; readonly fileName: string; readonly result?: BankImport | undefined; readonly error?: unknown }

/** Reads files one after the other, so that each is judged against the ones before. `onOne` is told when a file came alone. */
export function useUploads(api: Api, onOne: (read: BankImport) => void, onRead: () => void) {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const [busy, setBusy] = useState(false)
  const last = useRef(0)
  const send = async (files: readonly File[]) => {
    setBusy(true)
    const added = files.map((file) => ({ key: ++last.current, fileName: file.name }))
    setUploads((all) => [...added, ...all])
    const settle = (key: number, change: Partial<Upload>) => setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)))
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
  return { uploads, busy, send }
}

/** What became of each file given here: read and waiting for its word, or refused with the lines at fault. */
export function UploadList({ uploads }: { readonly uploads: readonly Upload[] }) {
  const { t, i18n } = useLingui()
  if (uploads.length === 0) return null
  return (
    <ul aria-label={t`Files given`} aria-live="polite" className="mt-4 border-t border-line">
      {uploads.map(({ key, fileName, result, error }) => (
        <li key={key} className="border-b border-line py-2.5">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-0 flex-1 truncate font-medium">{fileName}</span>
            {result ? <span className="text-sm text-muted">{formatName(result.format, (message) => i18n._(message))}</span> : null}
            {result ? <Badge tone={result.counts.new > 0 ? 'green' : 'grey'}>{t`${result.counts.new} new`}</Badge> : null}
            {result && result.counts.suspicious > 0 ? <Badge tone="amber">{t`${result.counts.suspicious} to check`}</Badge> : null}
            {result ? <CompanyLink to={`banque/import/${result.id}`}>{result.counts.new + result.counts.suspicious > 0 ? t`Look and store` : t`See the file`}</CompanyLink> : error ? <Status tone="red">{t`Not read`}</Status> : <Status tone="grey">{t`Reading…`}</Status>}
          </div>
          {error ? <div className="mt-2 space-y-2"><ProblemNote error={error} except={() => true} />{isApiProblem(error) ? <ProblemList problems={error.problems} /> : null}</div> : null}
        </li>
      ))}
    </ul>
  )
}
