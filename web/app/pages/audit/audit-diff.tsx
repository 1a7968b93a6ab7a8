import { useLingui } from '@lingui/react/macro'
import { Fragment, type ReactNode } from 'react'
import type { Money as MoneyValue } from '../../../../contract/common.ts'
import { DateText, InstantText, Money } from '../../../ui/index.ts'
import { changesOf, type Change } from './audit-words.ts'
import { fieldWords } from './field-words.ts'

const TEXT_MAX = 400

function isMoney(value: unknown): value is MoneyValue {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value && typeof value.amount === 'string' && Object.keys(value).length === 2
}

/** A stored value as a person reads it: days, instants and amounts in their own form, lists one item a line. */
function Value({ value }: { readonly value: unknown }) {
  const { t } = useLingui()
  if (value === null || value === undefined || value === '') return <span className="text-muted">{t`empty`}</span>
  if (typeof value === 'boolean') return <>{value ? t`yes` : t`no`}</>
  if (isMoney(value)) return <Money value={value} />
  if (typeof value === 'string') {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return <DateText day={value} />
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(value)) return <InstantText instant={value} />
    return <>{value.length > TEXT_MAX ? `${value.slice(0, TEXT_MAX)}…` : value}</>
  }
  if (typeof value === 'number') return <span className="figures">{value}</span>
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null)) return <>{value.map((item, place) => <span key={place} className="block">{String(item)}</span>)}</>
  return <code className="font-sans whitespace-pre-wrap">{JSON.stringify(value, null, 1).slice(0, TEXT_MAX)}</code>
}

/** What came and what went in a list of plain values, instead of the list twice. */
function listChange({ before, after }: Change): { readonly gone: readonly string[]; readonly come: readonly string[] } | null {
  const plain = (value: unknown): value is readonly (string | number)[] => Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number')
  if (!plain(before) || !plain(after)) return null
  return { gone: before.filter((item) => !after.includes(item)).map(String), come: after.filter((item) => !before.includes(item)).map(String) }
}

function Old({ children }: { readonly children: ReactNode }) {
  const { t } = useLingui()
  return <del className="block rounded-sm bg-red-soft px-1.5 py-0.5 no-underline decoration-red/40"><span className="sr-only">{t`before:`} </span><span aria-hidden className="mr-1.5 text-red">−</span>{children}</del>
}

function New({ children }: { readonly children: ReactNode }) {
  const { t } = useLingui()
  return <ins className="block rounded-sm bg-green-soft px-1.5 py-0.5 no-underline"><span className="sr-only">{t`after:`} </span><span aria-hidden className="mr-1.5 text-green">+</span>{children}</ins>
}

function ChangeText({ change }: { readonly change: Change }) {
  const list = listChange(change)
  if (list) return <>{list.gone.map((item) => <Old key={`- ${item}`}>{item}</Old>)}{list.come.map((item) => <New key={`+ ${item}`}>{item}</New>)}</>
  return (
    <>
      {change.before === null || change.before === undefined ? null : <Old><Value value={change.before} /></Old>}
      {change.after === null || change.after === undefined ? null : <New><Value value={change.after} /></New>}
    </>
  )
}

/** What changed, field by field, the old above the new. A creation or a removal lists its values plainly. */
export function AuditDiff({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  const { t, i18n } = useLingui()
  const changes = changesOf(before, after)
  if (changes.length === 0) return <p className="text-muted">{t`No value changed.`}</p>
  const created = before === null || before === undefined
  const removed = after === null || after === undefined
  return (
    <dl className="grid grid-cols-[minmax(6rem,35%)_1fr] gap-x-4 text-sm">
      {changes.map((change) => (
        <Fragment key={change.path}>
          <dt className="border-t border-line py-1.5 break-words text-muted">{change.path ? fieldWords(change.path, (words) => i18n._(words)) : t`Value`}</dt>
          <dd className="min-w-0 space-y-0.5 border-t border-line py-1.5 break-words">
            {created || removed ? <Value value={created ? change.after : change.before} /> : <ChangeText change={change} />}
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}
