/** Legal forms and civilities say nothing about who pays. */
const EMPTY_WORDS = new Set(['SARL', 'SAS', 'SASU', 'EURL', 'SA', 'SCI', 'SNC', 'SELARL', 'SCOP', 'SCP', 'EI', 'EIRL', 'GIE', 'STE', 'SOCIETE', 'ETS', 'ETABLISSEMENTS', 'DE', 'DU', 'DES', 'LA', 'LE', 'LES', 'ET'])

/** Words banks and payers write around a name or a reference: never part of a payer's identity. */
const BANKING_WORDS = new Set(('VIR VIREMENT SEPA RECU EMIS WEB LOGITEL EUROPEEN FAVEUR VOTRE EN INST INSTANTANE PRLV PRELEVEMENT REMISE CHEQUE CHEQUES CHQ ECH ID EMETTEUR MDT LIB MOTIF REF REFDO BEN POUR ' +
  'NOTPROVIDED INTL TX FACTURE FACTURES FACT FA FAC NO NUM REGLEMENT REGLT PAIEMENT MERCI ACPTE ACOMPTE ECHEANCE SOLDE COMPTE RELEVE ESCOMPTE REMBT REMBOURSEMENT REJET IMPAYE CARTE CB DATE AVOIR').split(' '))

/** Upper case without accents, so that "Électricité" and "ELECTRICITE" are one word. */
export function fold(text: string): string {
  const upper = text.toUpperCase()
  // Most bank labels are plain ASCII: decomposing them would cost more than everything else here.
  return /^[\x20-\x7e]*$/.test(upper) ? upper : upper.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replaceAll('Œ', 'OE').replaceAll('Æ', 'AE')
}

/** The folded letters-and-digits words of a text, in reading order. */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[A-Z0-9]+/g) ?? []
}

/** Folded letters and digits only: "fa-2026 0042" and "FA20260042" are one number. */
export function squeeze(text: string): string {
  return fold(text).replace(/[^A-Z0-9]+/g, '')
}

/** The words of a company's name that tell it from others: legal form, civilities and linking words left out. */
export function nameWords(name: string): string[] {
  const all = wordsOf(name)
  const telling = all.filter((word) => !EMPTY_WORDS.has(word))
  return telling.length > 0 ? telling : all
}

/** A word without its vowels: abbreviated names ("NTTYG GTHR") keep their consonants. */
export function skeleton(word: string): string {
  return word.replace(/[AEIOUY]/g, '')
}

/** A stable key of who wrote this label: its name-like words, without digits, banking words and legal forms. Empty when nothing is left. */
export function payerKey(label: string): string {
  return wordsOf(label).filter((word) => word.length > 1 && !/\d/.test(word) && !BANKING_WORDS.has(word) && !EMPTY_WORDS.has(word)).join(' ')
}

/** True when the two words differ by one digit or letter wrong, missing, added, or by two neighbours swapped. */
export function oneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  const shortest = Math.min(a.length, b.length)
  while (start < shortest && a[start] === b[start]) start += 1
  let end = 0
  while (end < shortest - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  const left = a.slice(start, a.length - end)
  const right = b.slice(start, b.length - end)
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}
