import { useLingui } from '@lingui/react/macro'
import { classes } from './classes.ts'

/** A grey place where a text will stand. It shows after 300 ms: a fast answer never flickers. */
export function Bone({ className }: { readonly className?: string | undefined }) {
  return <span aria-hidden className={classes('breathe block h-3.5 rounded-sm bg-line', className)} />
}

const WIDTHS = ['w-1/2', 'w-2/3', 'w-5/12', 'w-7/12', 'w-1/3']

/** The rows of a list to come. */
export function RowsSkeleton({ rows = 10, label }: { readonly rows?: number | undefined; readonly label?: string | undefined }) {
  const { t } = useLingui()
  return (
    <div role="status" aria-label={label ?? t`Loading`}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-9 items-center gap-4 border-b border-line px-3">
          <Bone className="w-20" />
          <span className="flex-1"><Bone className={WIDTHS[row % WIDTHS.length]} /></span>
          <Bone className="w-24" />
        </div>
      ))}
    </div>
  )
}

/** A title and its lines, for a page that is not a list. */
export function PageSkeleton() {
  const { t } = useLingui()
  return (
    <div role="status" aria-label={t`Loading`} className="space-y-5 p-6">
      <Bone className="h-6 w-52" />
      <div className="space-y-3">{WIDTHS.map((width) => <Bone key={width} className={width} />)}</div>
    </div>
  )
}
