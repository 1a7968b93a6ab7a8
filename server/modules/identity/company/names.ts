const SLUG_MAX = 48

/** A name as it stands in a web address: "Atelier Lumière & Fils" gives "atelier-lumiere-fils". */
export function slugOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae')
  return plain.replaceAll(/[^a-z0-9]+/g, '-').replace(/^-/, '').slice(0, SLUG_MAX).replace(/-$/, '') || 'societe'
}
