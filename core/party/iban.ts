/** An IBAN without spaces, in capitals. */
export function compactIban(text: string): string {
  return text.replace(/[\s.-]/g, '').toUpperCase()
}

/** True when the letters, the length and the key (ISO 13616, mod 97 = 1) of an IBAN are right; spaces are allowed. */
export function isIban(text: string): boolean {
  const iban = compactIban(text)
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false
  const expected = LENGTHS[iban.slice(0, 2)]
  if (expected !== undefined && iban.length !== expected) return false
  let rest = 0
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = char >= 'A' ? char.charCodeAt(0) - 55 : Number(char)
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97
  }
  return rest === 1
}

/** Lengths of the countries a French company meets (SWIFT IBAN registry); others are checked by key alone. */
const LENGTHS: Readonly<Record<string, number>> = { FR: 27, MC: 27, DE: 22, BE: 16, LU: 20, CH: 21, ES: 24, IT: 27, NL: 18, GB: 22, PT: 25, IE: 22, AT: 20, PL: 28 }
