import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BankLine, NewHold } from '../../../contract/banking.ts'
import { useCompany } from '../../lib/company.tsx'
import { useShortcuts } from '../../lib/keyboard.ts'
import { reading } from '../../lib/queries.ts'
import { Button, Dialog, SelectField, TextArea } from '../../ui/index.ts'
import { LineHead } from './line-head.tsx'

/** `h`: sets a line aside with a question to a colleague; it comes back once it is answered or released. */
export function HoldDialog({ line, onHold, onClose }: { readonly line: BankLine; readonly onHold: (hold: NewHold, askedName: string | undefined) => void; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { api, me } = useCompany()
  const members = useQuery(reading(api, '/api/members')).data?.items.filter(({ userId }) => userId !== me.user.id) ?? []
  const [question, setQuestion] = useState(line.hold?.question ?? '')
  const [askedOf, setAskedOf] = useState(line.hold?.askedOf?.id ?? '')
  const text = question.trim()
  const save = () => { if (text) onHold({ question: text, ...(askedOf ? { askedOf } : {}) }, members.find(({ userId }) => userId === askedOf)?.name) }
  return (
    <Dialog open onClose={onClose} title={t`Set aside and ask`} actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" disabled={!text} onClick={save}>{t`Set aside`}</Button></>}>
      <SaveKey onSave={save} />
      <LineHead line={line} />
      <div className="mt-4 space-y-3">
        <TextArea label={t`Question`} autoFocus rows={3} maxLength={1000} value={question} placeholder={t`What was bought? Where is the receipt?`} onChange={(event) => setQuestion(event.target.value)} />
        <SelectField label={t`Asked of`} value={askedOf} onChange={(event) => setAskedOf(event.target.value)} options={[{ value: '', label: t`Nobody in particular` }, ...members.map(({ userId, name }) => ({ value: userId, label: name }))]} />
      </div>
    </Dialog>
  )
}

function SaveKey({ onSave }: { readonly onSave: () => void }) {
  const { t } = useLingui()
  useShortcuts([{ keys: 'Mod+Enter', label: t`Set aside`, run: onSave }])
  return null
}
