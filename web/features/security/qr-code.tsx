import { create } from 'qrcode'
import { useMemo } from 'react'

/** Four modules of quiet ground around the code, as the standard asks (ISO/IEC 18004). */
const QUIET = 4

/** A text as a QR code, drawn as one path: black on white in both themes, which every phone reads. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' })
    const dark = Array.from(modules.data).flatMap((on, place) => on ? [`M${place % modules.size + QUIET} ${Math.floor(place / modules.size) + QUIET}h1v1h-1z`] : [])
    return { size: modules.size + QUIET * 2, path: dark.join('') }
  }, [text])
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" className="size-44 shrink-0 rounded-lg border border-line">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
