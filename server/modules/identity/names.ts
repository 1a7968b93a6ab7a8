const SLUG_MAX = 48

/** A name as it stands in a web address: "Atelier Lumière & Fils" gives "atelier-lumiere-fils". */
export function slugOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae')
  return plain.replaceAll(/[^a-z0-9]+/g, '-').replace(/^-/, '').slice(0, SLUG_MAX).replace(/-$/, '') || 'societe'
}

/** Whether nine digits are a SIREN: their Luhn sum is a multiple of ten (INSEE, identifiant SIREN). */
export function isSiren(text: string): boolean {
  if (!/^\d{9}$/.test(text) || text === '000000000') return false
  let sum = 0
  for (const [index, digit] of [...text].entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}
