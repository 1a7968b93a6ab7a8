/** A text trimmed, its white space made single. Most texts already are: they are looked through once and given back. */
export function squeeze(text: string): string {
  const trimmed = text.trim()
  let wasBlank = false
  for (let at = 0; at < trimmed.length; at += 1) {
    const code = trimmed.charCodeAt(at)
    const isBlank = code === 32
    if ((isBlank && wasBlank) || code < 32 || code === 160 || (code >= 0x1680 && code <= 0x3000)) return trimmed.replace(/\s+/g, ' ')
    wasBlank = isBlank
  }
  return trimmed
}

/** Words that fill an empty reference: NOTPROVIDED, NONREF, zeros. */
export function isFiller(text: string): boolean {
  const first = text.charCodeAt(0)
  // N, n and 0: any other beginning needs no closer look.
  return (first === 78 || first === 110 || first === 48) && /^(?:NOT ?PROVIDED|NONREF|0+)$/i.test(text)
}
