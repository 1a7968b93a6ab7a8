/** Words without accents or case: "echeance" finds "Échéance". */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLowerCase()
}

/** Whether every word typed is somewhere in the text. */
export function matchesWords(text: string, typed: string): boolean {
  const haystack = plain(text)
  return plain(typed).split(/\s+/).every((word) => haystack.includes(word))
}
