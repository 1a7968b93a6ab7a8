import { useLingui } from '@lingui/react/macro'

/** The sentences the law wants on this document, each with why it is there. */
export function Mentions({ mentions }: { readonly mentions: readonly { readonly code: string; readonly text: string; readonly because: string }[] }) {
  const { t } = useLingui()
  return (
    <ul aria-label={t`Legal mentions`} className="space-y-2 text-sm">
      {mentions.map((mention) => (
        <li key={mention.code}>
          <p>{mention.text}</p>
          <p className="text-xs text-muted">{mention.because}</p>
        </li>
      ))}
    </ul>
  )
}
