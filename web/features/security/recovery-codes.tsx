import { useLingui } from '@lingui/react/macro'
import { Check, Copy, Download, Printer } from 'lucide-react'
import { Button, Dialog, useCopy } from '../../ui/index.ts'

function saveAs(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** The recovery codes, this one time: to copy, print or save before the window is closed. */
export function RecoveryCodesDialog({ codes, email, onClose }: { readonly codes: readonly string[]; readonly email: string; readonly onClose: () => void }) {
  const { t } = useLingui()
  const { copied, copy } = useCopy()
  const text = `${t`Quittance: recovery codes of ${email}`}\n${t`Each one works once, in place of the code of your telephone.`}\n\n${codes.join('\n')}\n`
  return (
    <Dialog
      open onClose={onClose} title={t`Keep these recovery codes`}
      description={<p>{t`Each one lets you sign in once without your telephone. They are shown now and never again: put them where you keep what matters, not in this computer alone.`}</p>}
      actions={<Button tone="primary" onClick={onClose}>{t`I have kept them`}</Button>}
    >
      <div data-print-alone>
        <p className="mb-2 text-sm text-muted">{email}</p>
        <ul aria-label={t`Recovery codes`} className="figures grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-lg border border-line-strong bg-sunken p-4 text-lead tracking-wide">
          {codes.map((code) => <li key={code} className="select-all">{code}</li>)}
        </ul>
      </div>
      <div data-print="no" className="mt-3 flex flex-wrap gap-2">
        <Button size="small" icon={copied ? Check : Copy} onClick={() => copy(text)}><span aria-live="polite">{copied ? t`Copied` : t`Copy`}</span></Button>
        <Button size="small" icon={Download} onClick={() => saveAs('quittance-codes.txt', text)}>{t`Save as a file`}</Button>
        <Button size="small" icon={Printer} onClick={() => print()}>{t`Print`}</Button>
      </div>
    </Dialog>
  )
}
