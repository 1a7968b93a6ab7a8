import { useLingui } from '@lingui/react/macro'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { classes } from './classes.ts'

const SAID_MS = 2_000

/** Puts a text in the clipboard and says so for two seconds. */
export function useCopy(): { readonly copied: boolean; readonly copy: (text: string) => void } {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SAID_MS)
    return () => clearTimeout(timer)
  }, [copied])
  return { copied, copy: (text) => { void navigator.clipboard?.writeText(text).then(() => setCopied(true), () => undefined) } }
}

/** A key, an address: set apart to be read, selected whole, or copied. */
export function CopyText({ label, value, shown = value, className }: { readonly label: string; readonly value: string; /** What is written, when it differs from what is copied. */ readonly shown?: string | undefined; readonly className?: string | undefined }) {
  const { t } = useLingui()
  const { copied, copy } = useCopy()
  const Icon = copied ? Check : Copy
  return (
    <div role="group" aria-label={label} className={classes('flex min-w-0 items-center gap-1 rounded-lg border border-line-strong bg-sunken pl-3', className)}>
      <code className="figures min-w-0 flex-1 py-2 font-sans text-sm break-all select-all">{shown}</code>
      <button type="button" onClick={() => copy(value)} className="flex h-9 shrink-0 items-center gap-1.5 rounded-lg px-3 text-sm text-muted hover:text-ink">
        <Icon size={14} aria-hidden /><span aria-live="polite">{copied ? t`Copied` : t`Copy`}</span><span className="sr-only">{label}</span>
      </button>
    </div>
  )
}
