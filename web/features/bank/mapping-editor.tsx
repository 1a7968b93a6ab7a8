import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { TryMapping } from '../../../contract/banking.ts'
import type { AmountReading, CsvProfile, DateOrder, DecimalMark, MappingSuggestion } from '../../../core/bank/mapping.ts'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { reading, useRefresh } from '../../lib/queries.ts'
import { Button, classes, ComboField, Dialog, ProblemNote, SelectField, TextField } from '../../ui/index.ts'
import { draftOf, missingIn, profileOf, profileWord, ROLES, withRole, type MappingDraft, type Role } from './mapping.ts'

const ROWS_SHOWN = 6
/** A column whose role is less sure than this is said to be a guess. */
const SURE = 0.8

function useRoleWords(): Readonly<Record<Role, string>> {
  const { t } = useLingui()
  return {
    ignore: t`Not taken`, booked: t`Day booked`, started: t`Day of the purchase`, value: t`Value date`, label: t`Label`, amount: t`Amount`, debit: t`Debit`, credit: t`Credit`, sign: t`Debit or credit sign`, balance: t`Balance`,
    fee: t`Fee`, currency: t`Currency`, account: t`Account`, name: t`Counterparty`, iban: t`IBAN of the counterparty`, reference: t`Reference`, bankId: t`Number at the bank`, status: t`State at the bank`,
  }
}

function useReadingWords(): Readonly<Record<AmountReading, string>> {
  const { t } = useLingui()
  return {
    signed: t`minus goes out`, inverted: t`plus goes out`, outgoing: t`everything goes out`, flagged: t`a column says the direction`, marked: t`what comes in is marked`,
    summed: t`debits are negative`, reversed: t`credit less debit`, usual: t`two columns, no signs`, swapped: t`debit comes in`, 'less-fee': t`signed, less the fee`,
  }
}

export type MappingEditorProps = { readonly suggestion: MappingSuggestion; readonly profile: CsvProfile | null; readonly busy: boolean; readonly error: unknown; readonly onTry: (body: TryMapping) => void }

/** How the columns of a CSV file or a sheet are understood: one role each, with examples. Every change is tried at once on the file. */
export function MappingEditor({ suggestion, profile, busy, error, onTry }: MappingEditorProps) {
  const { t } = useLingui()
  const [draft, setDraft] = useState<MappingDraft>(() => draftOf(suggestion, profile))
  const [saving, setSaving] = useState(false)
  const set = (next: MappingDraft) => { setDraft(next); const made = profileOf(next, suggestion); if (made) onTry({ profile: made }) }
  const missing = missingIn(draft)
  const missingWords = { booked: t`the day`, label: t`the label`, amount: t`the amount` }
  return (
    <div aria-busy={busy}>
      <Settings suggestion={suggestion} draft={draft} named={profile?.name} onSet={set} onTry={onTry} />
      {error ? <div className="mt-3"><ProblemNote error={error} /></div> : null}
      {missing.length > 0 ? <p role="status" className="mt-3 rounded-lg bg-amber-soft px-3 py-2 text-sm">{t`Say which column holds: ${missing.map((one) => missingWords[one]).join(', ')}.`}</p> : null}
      <ColumnsTable suggestion={suggestion} draft={draft} onSet={set} />
      <div className="mt-3 flex flex-wrap items-center gap-3"><Button size="small" disabled={missing.length > 0} onClick={() => setSaving(true)}>{t`Keep these columns for the next files`}</Button>{busy ? <span role="status" className="text-sm text-muted">{t`Reading the file again…`}</span> : null}</div>
      {saving ? <ProfileDialog make={(title) => profileOf(draft, suggestion, { name: profileWord(title), title })} onClose={() => setSaving(false)} /> : null}
    </div>
  )
}

/** A way that is known, and how days, decimals and signs are written. The first choice of each says what was found in the file. */
function Settings({ suggestion, draft, named, onSet, onTry }: { readonly suggestion: MappingSuggestion; readonly draft: MappingDraft; readonly named: string | undefined; readonly onSet: (draft: MappingDraft) => void; readonly onTry: (body: TryMapping) => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const profiles = useQuery(reading(api, '/api/import-profiles')).data
  const readings = useReadingWords()
  const orders = { 'day-first': t`day, month, year`, 'month-first': t`month, day, year` } as const
  const marks = { ',': t`comma: 1 234,56`, '.': t`dot: 1,234.56` } as const
  const found = (words: string) => ({ value: '', label: t`found: ${words}` })
  const known = [...profiles?.items.map(({ id, name }) => ({ value: `own:${id}`, label: name, detail: t`yours` })) ?? [], ...profiles?.shipped.map(({ name, title }) => ({ value: name, label: title })) ?? []]
  const all = <T extends string>(words: Readonly<Record<T, string>>) => (Object.keys(words) as T[]).map((value) => ({ value, label: words[value] }))
  return (
    <div className="grid items-end gap-3 desk:grid-cols-4">
      <ComboField
        label={t`A way that is known`} placeholder={t`A bank, or one of yours`} options={known} value={known.find(({ value }) => value === (named ?? suggestion.recognised)) ?? null}
        onChange={(option) => { if (option) onTry(option.value.startsWith('own:') ? { profileId: option.value.slice(4) } : { named: option.value }) }}
      />
      <SelectField label={t`Days are written`} value={draft.dateOrder ?? ''} onChange={(event) => onSet({ ...draft, dateOrder: (event.target.value || undefined) as DateOrder | undefined })} options={[found(orders[suggestion.dateOrder.value]), ...all(orders)]} />
      <SelectField label={t`Decimals`} value={draft.decimalMark ?? ''} onChange={(event) => onSet({ ...draft, decimalMark: (event.target.value || undefined) as DecimalMark | undefined })} options={[found(marks[suggestion.decimalMark.value]), ...all(marks)]} />
      <SelectField label={t`Signs`} value={draft.reading ?? ''} onChange={(event) => onSet({ ...draft, reading: (event.target.value || undefined) as AmountReading | undefined })} options={[found(readings[suggestion.reading.value]), ...all(readings)]} />
    </div>
  )
}

function ColumnsTable({ suggestion, draft, onSet }: { readonly suggestion: MappingSuggestion; readonly draft: MappingDraft; readonly onSet: (draft: MappingDraft) => void }) {
  const { t } = useLingui()
  const words = useRoleWords()
  return (
    <div role="region" aria-label={t`Columns and their first rows`} tabIndex={0} className="mt-3 overflow-x-auto border-y border-line">
      <table className="min-w-full text-sm">
        <thead>
          <tr>
            {suggestion.columns.map(({ column, header, confidence, role }, at) => (
              <th key={column} scope="col" className={classes('min-w-40 px-2 py-2 text-left align-top font-normal', draft.roles[at] === 'ignore' && 'text-muted')}>
                <SelectField label={t`Role of column ${column}`} labelHidden value={draft.roles[at]} onChange={(event) => onSet(withRole(draft, at, event.target.value as Role))} options={ROLES.map((value) => ({ value, label: words[value] }))} />
                <span className="mt-1 block max-w-56 truncate font-medium" title={header}>{header || t`column ${column}`}</span>
                {role !== null && role === draft.roles[at] && confidence < SURE ? <span className="block text-xs text-amber">{t`to be checked`}</span> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {suggestion.rows.slice(0, ROWS_SHOWN).map((row, index) => (
            <tr key={index} className="border-t border-line">
              {suggestion.columns.map(({ column }, at) => <td key={column} title={row[at]} className={classes('figures max-w-56 truncate px-2 py-1', draft.roles[at] === 'ignore' && 'text-muted')}>{row[at]}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ProfileDialog({ make, onClose }: { readonly make: (title: string) => CsvProfile | undefined; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [name, setName] = useState('')
  const save = useAction({ run: (profile: CsvProfile) => api.post('/api/import-profiles', { body: { name: name.trim(), profile } }), quiet: true, after: () => { onClose(); return refresh('/api/import-profiles') }, done: () => t`Kept: files with the same columns are read this way.` })
  return (
    <Dialog open onClose={onClose} title={t`Keep these columns`} description={t`A file with the same titles is then read by itself.`} actions={<><Button onClick={onClose}>{t`Cancel`}</Button><Button tone="primary" type="submit" form="profile" busy={save.isPending} disabled={!name.trim()}>{t`Save`}</Button></>}>
      <form id="profile" onSubmit={(event) => { event.preventDefault(); const profile = make(name.trim()); if (name.trim() && profile) save.mutate(profile) }}>
        {save.error ? <div className="mb-3"><ProblemNote error={save.error} /></div> : null}
        <TextField label={t`Name`} autoFocus maxLength={80} value={name} placeholder={t`Export of my bank`} onChange={(event) => setName(event.target.value)} />
      </form>
    </Dialog>
  )
}
