/** True when nine digits carry a right key (Luhn's, as INSEE gives it). */
export function isSiren(text: string): boolean {
  if (!/^\d{9}$/.test(text) || text === '000000000') return false
  let total = 0
  for (let index = 0; index < 9; index += 1) {
    const digit = Number(text[index])
    const weighed = index % 2 === 1 ? digit * 2 : digit
    total += weighed > 9 ? weighed - 9 : weighed
  }
  return total % 10 === 0
}

/** The French intra-community VAT number of a SIREN: FR, a key, the SIREN. Key = (12 + 3 x (SIREN mod 97)) mod 97. */
export function vatNumberOfSiren(siren: string): string {
  const key = (12 + 3 * (Number(siren) % 97)) % 97
  return `FR${String(key).padStart(2, '0')}${siren}`
}
