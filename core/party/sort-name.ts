/** A name as lists are ordered by it: without accents, ligatures or capitals, so that Élan stands between Duval and Fabre. */
export function sortName(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae').trim()
}
