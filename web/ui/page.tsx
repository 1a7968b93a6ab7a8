import { useLingui } from '@lingui/react/macro'
import { useEffect, type ReactNode } from 'react'
import { classes } from './classes.ts'

export type PageProps = {
  readonly title: string
  /** Beside the title: a status, a count. */
  readonly aside?: ReactNode
  /** The one primary action, and quiet ones before it. */
  readonly actions?: ReactNode
  /** Removable filters, under the title. */
  readonly filters?: ReactNode
  /** A line above the title: where one comes from. */
  readonly back?: ReactNode
  /** `grid`: the content scrolls by itself and fills the height. `text`: the page scrolls, at a reading width. */
  readonly layout?: 'grid' | 'text' | 'wide' | undefined
  readonly children: ReactNode
}

/** A page: title row, filters, content. It also names the browser's tab. */
export function Page({ title, layout = 'wide', children, ...header }: PageProps) {
  useDocumentTitle(title)
  return (
    <div data-page className={classes('flex min-h-0 flex-1 flex-col', layout === 'grid' ? 'overflow-hidden' : 'overflow-y-auto')}>
      <PageHeader title={title} {...header} />
      {layout === 'grid' ? children : <div className={classes('w-full px-4 pb-10 desk:px-6', layout === 'text' && 'max-w-3xl')}>{children}</div>}
    </div>
  )
}

export type PageHeaderProps = Omit<PageProps, 'layout' | 'children'>

export function PageHeader({ title, aside, actions, filters, back }: PageHeaderProps) {
  return (
    <header className="shrink-0 px-4 pt-4 pb-3 desk:px-6">
      {back ? <div className="mb-1 text-sm">{back}</div> : null}
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-title font-semibold">{title}</h1>
        {aside}
        {actions ? <div data-print="no" className="ml-auto flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {filters ? <div data-print="no" className="mt-3">{filters}</div> : null}
    </header>
  )
}

export function useDocumentTitle(title: string): void {
  useEffect(() => { document.title = `${title} · Quittance` }, [title])
}

/** A part of a page under its own head, parted from the one before by a hairline. */
export function Section({ title, description, actions, children }: { readonly title: string; readonly description?: ReactNode; readonly actions?: ReactNode; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="border-t border-line py-6 first:border-t-0 first:pt-2">
      <div className="mb-3 flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1">
          <h2 className="text-lead font-semibold">{title}</h2>
          {description ? <p className="mt-0.5 max-w-prose text-muted">{description}</p> : null}
        </div>
        {actions}
      </div>
      <div>{children}</div>
    </section>
  )
}

/** Names and values in two columns, for a detail. An absent value says so. */
export function Facts({ items }: { readonly items: readonly { readonly name: string; readonly value: ReactNode }[] }) {
  const { t } = useLingui()
  return (
    <dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-6 text-sm">
      {items.map(({ name, value }) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid border-b border-line py-2 last:border-b-0">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">{value === null || value === undefined || value === '' ? <span className="text-muted">{t`Not filled in`}</span> : value}</dd>
        </div>
      ))}
    </dl>
  )
}
