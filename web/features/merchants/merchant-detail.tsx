import { useLingui } from '@lingui/react/macro'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { MerchantDetail } from '../../../contract/merchants.ts'
import { formatSiren } from '../../lib/format.ts'
import { Button, Checkbox, CompanyLink, DateText, Facts, InstantText, Money, Section, TextField } from '../../ui/index.ts'

export type MerchantActs = {
  readonly onRename: ((name: string, siren: string | null) => void) | undefined
  readonly onSplit: ((name: string, aliasIds: readonly string[]) => void) | undefined
  readonly onUndo: ((changeId: string) => void) | undefined
  readonly busy: boolean
}

/** A merchant: what it is called and what its labels are, its lines, what people did to it, and the way back of each. */
export function MerchantDetailView({ merchant, acts }: { readonly merchant: MerchantDetail; readonly acts: MerchantActs }) {
  const { t } = useLingui()
  return (
    <>
      {acts.onRename ? <NameForm key={`${merchant.name}${merchant.siren ?? ''}`} merchant={merchant} onRename={acts.onRename} busy={acts.busy} /> : null}
      <Facts items={[
        { name: t`Lines`, value: merchant.lineCount > 0 ? <CompanyLink to="banque/operations" search={{ marchand: merchant.id }} className="figures">{merchant.lineCount}</CompanyLink> : t`none` },
        ...(merchant.totals.length > 0 ? [{ name: t`Total`, value: merchant.totals.map((total) => <Money key={total.currency} value={total} className="mr-3" />) }] : []),
        ...(merchant.firstOn && merchant.lastOn ? [{ name: t`Seen`, value: <><DateText day={merchant.firstOn} /> – <DateText day={merchant.lastOn} /></> }] : []),
        ...(acts.onRename ? [] : [{ name: 'SIREN', value: merchant.siren ? formatSiren(merchant.siren) : null }]),
        { name: t`Known from`, value: merchant.madeBy === 'rule' ? t`its labels` : t`a person` },
      ]} />
      <Labels merchant={merchant} onSplit={acts.onSplit} busy={acts.busy} />
      {merchant.changes.length > 0 ? (
        <Section title={t`What was done`}>
          <ul className="text-sm">
            {merchant.changes.map((change) => (
              <li key={change.id} className="flex items-start gap-3 border-t border-line py-2 first:border-t-0">
                <div className="min-w-0 flex-1"><p className={change.undoneAt ? 'text-muted line-through' : ''}>{change.text}</p><p className="text-xs text-muted">{change.by} · <InstantText instant={change.undoneAt ?? change.at} />{change.undoneAt ? ` · ${t`undone`}` : ''}</p></div>
                {change.mayUndo && acts.onUndo ? <Button size="small" tone="quiet" icon={Undo2} busy={acts.busy} onClick={() => acts.onUndo?.(change.id)}>{t`Undo`}</Button> : null}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  )
}

function NameForm({ merchant, onRename, busy }: { readonly merchant: MerchantDetail; readonly onRename: NonNullable<MerchantActs['onRename']>; readonly busy: boolean }) {
  const { t } = useLingui()
  const [name, setName] = useState(merchant.name)
  const [siren, setSiren] = useState(merchant.siren ?? '')
  const digits = siren.replace(/\s/g, '')
  const isChanged = name.trim() !== merchant.name || digits !== (merchant.siren ?? '')
  const isGood = name.trim() !== '' && (digits === '' || /^\d{9}$/.test(digits))
  return (
    <form className="mb-4 grid grid-cols-[1fr_8.5rem] items-end gap-2" onSubmit={(event) => { event.preventDefault(); if (isChanged && isGood) onRename(name.trim(), digits || null) }}>
      <TextField label={t`Name`} maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
      <TextField label="SIREN" inputMode="numeric" maxLength={11} value={siren} error={digits === '' || /^\d{9}$/.test(digits) ? undefined : t`Nine digits.`} onChange={(event) => setSiren(event.target.value)} />
      {isChanged ? <div className="col-span-2 flex gap-2"><Button size="small" tone="primary" type="submit" busy={busy} disabled={!isGood}>{t`Save`}</Button><Button size="small" tone="quiet" onClick={() => { setName(merchant.name); setSiren(merchant.siren ?? '') }}>{t`Cancel`}</Button></div> : null}
    </form>
  )
}

/** The words of labels that lead here. Those ticked can leave for a merchant of their own. */
function Labels({ merchant, onSplit, busy }: { readonly merchant: MerchantDetail; readonly onSplit: MerchantActs['onSplit']; readonly busy: boolean }) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [name, setName] = useState('')
  const toggle = (id: string) => setChosen((all) => new Set(all.has(id) ? [...all].filter((one) => one !== id) : [...all, id]))
  const canSplit = onSplit !== undefined && merchant.aliases.length > 1
  return (
    <Section title={t`Labels that lead here`} description={canSplit ? t`Tick those that are somebody else: they leave with their lines.` : undefined}>
      {merchant.aliases.length === 0 ? <p className="text-sm text-muted">{t`None yet: its lines were put here one by one.`}</p> : (
        <ul className="text-sm">
          {merchant.aliases.map((alias) => (
            <li key={alias.id} className="flex items-center gap-3 border-t border-line py-1.5 first:border-t-0">
              {canSplit ? <Checkbox label={t`Choose the label ${alias.pattern}`} labelHidden checked={chosen.has(alias.id)} onChange={() => toggle(alias.id)} /> : null}
              <span className="min-w-0 flex-1 truncate font-mono" title={alias.pattern}>{alias.pattern}</span>
              {alias.madeBy === 'person' ? <span className="text-xs text-muted">{t`by a person`}</span> : null}
              <span className="figures text-muted">{alias.lineCount}</span>
            </li>
          ))}
        </ul>
      )}
      {canSplit && chosen.size > 0 ? (
        <form className="mt-3 flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); if (name.trim()) { onSplit(name.trim(), [...chosen]); setChosen(new Set()); setName('') } }}>
          <TextField label={t`Name of the merchant they leave for`} className="flex-1" maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
          <Button type="submit" busy={busy} disabled={!name.trim() || chosen.size === merchant.aliases.length}>{t`Split`}</Button>
        </form>
      ) : null}
      {canSplit && chosen.size === merchant.aliases.length ? <p className="mt-1 text-xs text-muted">{t`Leave at least one label here: to change the name of all, rename the merchant.`}</p> : null}
    </Section>
  )
}
