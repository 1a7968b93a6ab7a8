import { useLingui } from '@lingui/react/macro'
import { Upload } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { classes } from './classes.ts'

export type DropZoneProps = {
  readonly label: string
  readonly hint?: ReactNode
  /** As the attribute of a file input: ".csv,.xml". */
  readonly accept?: string | undefined
  readonly multiple?: boolean | undefined
  readonly busy?: boolean | undefined
  readonly onFiles: (files: readonly File[]) => void
}

/** A place for a file: click, drop, or press Enter on it. */
export function DropZone({ label, hint, accept, multiple = false, busy = false, onFiles }: DropZoneProps) {
  const { t } = useLingui()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])]
    if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1))
  }
  return (
    <div
      onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); if (!busy) take(event.dataTransfer.files) }}
    >
      <button
        type="button" disabled={busy} onClick={() => input.current?.click()}
        className={classes('flex w-full flex-col items-center rounded-lg border border-dashed px-6 py-8 text-center transition-colors', over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface hover:border-muted')}
      >
        <Upload size={20} strokeWidth={1.5} aria-hidden className={classes('mb-2 text-muted', busy && 'animate-pulse')} />
        <span className="font-medium">{busy ? t`Reading the file…` : label}</span>
        {hint ? <span className="mt-1 text-sm text-muted">{hint}</span> : null}
      </button>
      {/* Not drawn and not read out: the button above is its only name. */}
      <input ref={input} type="file" hidden accept={accept} multiple={multiple} onChange={(event) => { take(event.target.files); event.target.value = '' }} />
    </div>
  )
}
