import { useLingui } from '@lingui/react/macro'
import type { Ref } from 'react'
import { TextField } from '../../ui/index.ts'

/** The six digits an application shows. Phones offer the code by themselves; spaces are welcome. */
export function CodeField({ value, onChange, error, autoFocus = true, ref }: { readonly value: string; readonly onChange: (code: string) => void; readonly error?: string | undefined; readonly autoFocus?: boolean | undefined; readonly ref?: Ref<HTMLInputElement> | undefined }) {
  const { t } = useLingui()
  return (
    <TextField
      ref={ref} label={t`Code of six digits`} inputMode="numeric" autoComplete="one-time-code" autoFocus={autoFocus} maxLength={9} placeholder="123 456" value={value} error={error}
      onChange={(event) => onChange(event.target.value)} className="max-w-52" controlClass="figures text-lead tracking-[0.2em]"
    />
  )
}

/** Whether the text holds six digits, whatever the spaces. */
export function isCode(text: string): boolean {
  return /^\d{6}$/.test(text.replace(/\s/g, ''))
}
