import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { BankLine } from '../../../contract/banking.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { useRefresh } from '../../lib/queries.ts'
import { Button, InstantText, TextArea } from '../../ui/index.ts'

/** The question put about a line and its answer; whoever reads it can answer in place. */
export function HoldThread({ line, hold }: { readonly line: BankLine; readonly hold: NonNullable<BankLine['hold']> }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [text, setText] = useState('')
  const answer = useAction({
    run: (words: string) => api.post('/api/transactions/:id/hold/answer', { params: { id: line.id }, body: { text: words } }),
    after: () => { setText(''); return refresh('/api/transactions', '/api/transactions/:id') }, done: () => t`Answered.`,
  })
  return (
    <div className="mb-4 rounded-lg bg-amber-soft px-3 py-2.5 text-sm">
      <p className="text-xs text-muted">{hold.by?.name ?? t`Someone`} {hold.askedOf ? <>→ {hold.askedOf.name}</> : null} · <InstantText instant={hold.at} /></p>
      <p className="mt-0.5 whitespace-pre-line">{hold.question}</p>
      {hold.answer ? (
        <div className="mt-2 border-l-2 border-amber pl-2.5">
          <p className="text-xs text-muted">{hold.answer.by?.name ?? t`Someone`} · <InstantText instant={hold.answer.at} /></p>
          <p className="mt-0.5 whitespace-pre-line">{hold.answer.text}</p>
        </div>
      ) : (
        <form className="mt-2 space-y-2" onSubmit={(event) => { event.preventDefault(); if (text.trim()) answer.mutate(text.trim()) }}>
          <TextArea label={t`Answer`} rows={2} maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />
          <Button size="small" type="submit" busy={answer.isPending} disabled={!text.trim()}>{t`Answer`}</Button>
        </form>
      )}
    </div>
  )
}
