import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { SuspiciousLine } from '../../../contract/banking.ts'
import type { Static } from 'typebox'
import { useAction } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { useListNavigation } from '../../lib/list-navigation.ts'
import { useShortcuts } from '../../lib/keyboard.ts'
import { reading, useRefresh } from '../../lib/queries.ts'
import { Button, classes, DateText, Kbd, Money, Section } from '../../ui/index.ts'

type Row = Static<typeof SuspiciousLine>
const SHOWN_MAX = 50

/** Lines that resemble one that is known, with no proof: each is decided once, and the decision is remembered. */
export function SuspiciousPile({ accountId }: { readonly accountId: string }) {
  const { t } = useLingui()
  const { api, may } = useCompany()
  const refresh = useRefresh(api)
  const list = useRef<HTMLUListElement>(null)
  const query = useQuery(reading(api, '/api/transactions/suspicious', { query: { accountId, limit: SHOWN_MAX } }))
  const rows = query.data?.items ?? []
  const decide = useAction({
    run: ({ row, action }: { readonly row: Row; readonly action: 'take' | 'skip' }) => api.post('/api/transactions/suspicious/decide', { body: { decisions: [{ id: row.id, action }] } }),
    after: () => refresh('/api/transactions/suspicious', '/api/accounts', '/api/accounts/:id', '/api/accounts/:id/summary', '/api/transactions'),
    done: (_, { action }) => action === 'take' ? t`Taken: it is a line of its own.` : t`Left out: it was already known.`,
  })
  const canDecide = may('bank.import') && !decide.isPending
  const { active, setActive } = useListNavigation({ count: rows.length, enabled: canDecide, reveal: (index) => { list.current?.children[index]?.scrollIntoView({ block: 'nearest' }) } })
  const row = rows[active]
  useShortcuts([
    { keys: 'n', label: t`It is new: take it`, group: t`Suspicious lines`, when: canDecide && row !== undefined, run: () => decide.mutate({ row: row!, action: 'take' }) },
    { keys: 'd', label: t`It is a double: leave it out`, group: t`Suspicious lines`, when: canDecide && row !== undefined, run: () => decide.mutate({ row: row!, action: 'skip' }) },
  ])
  if (rows.length === 0) return null
  return (
    <Section title={t`Is it the same line twice?`} description={t`Each of these resembles a line that is known, and nothing proves that it repeats it. Say it once: it will not be asked again.`}>
      <ul ref={list} aria-label={t`Suspicious lines`}>
        {rows.map((one, index) => (
          <li key={one.id} onClick={() => setActive(index)} className={classes('grid grid-cols-1 gap-x-6 gap-y-1 border-t border-line px-2 py-2.5 text-sm desk:grid-cols-[1fr_auto]', index === active && 'bg-sunken shadow-[inset_2px_0_0_var(--accent)]')}>
            <div className="min-w-0">
              <Side label={t`delivered`} line={one} />
              {one.resembles ? <Side label={t`known`} line={one.resembles} isKnown /> : null}
              <p className="mt-0.5 text-muted">{one.because}</p>
            </div>
            {may('bank.import') ? (
              <div className="flex items-center gap-2">
                <Button size="small" disabled={decide.isPending} onClick={() => decide.mutate({ row: one, action: 'take' })}>{index === active ? <Kbd keys="n" /> : null} {t`New`}</Button>
                <Button size="small" tone="quiet" disabled={decide.isPending} onClick={() => decide.mutate({ row: one, action: 'skip' })}>{index === active ? <Kbd keys="d" /> : null} {t`Double`}</Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Side({ label, line, isKnown = false }: { readonly label: string; readonly line: Pick<Row, 'bookedOn' | 'amount' | 'label'>; readonly isKnown?: boolean | undefined }) {
  return (
    <p className={classes('flex items-baseline gap-3', isKnown && 'text-muted')}>
      <span className="w-16 shrink-0 text-xs text-muted">{label}</span><DateText day={line.bookedOn} />
      <span className="min-w-0 flex-1 truncate" title={line.label}>{line.label}</span><Money value={line.amount} signed className={isKnown ? '' : 'font-medium'} />
    </p>
  )
}
