/** What stands before a name because a payment firm carried the operation: the name is what follows the star. */
const CARRIERS = /^(?:SUMUP|SUM UP|SQ|SQU|ZTL|ZETTLE|IZ|PAYPAL|PP|STRIPE|SP|LYF(?: PAY)?|LYDIA|MOLLIE|ADYEN|WPY|TST|NYA|PAYPLUG|ALMA|KLARNA|SHOPIFY|CKO) ?[*_] ?|^LYF PAY (?=\S)/
/** A few names that banks shorten; the long form is how the firm writes itself. */
const SHORTENED: readonly (readonly [RegExp, string])[] = [[/^(?:AMZN|AMAZON)\b.*$/, 'AMAZON'], [/^GOOGLE ?\*(?=\S)/, 'GOOGLE '], [/^MICROSOFT ?\*.*$/, 'MICROSOFT'], [/^APPLE\.COM\/BILL.*$/, 'APPLE'], [/^UBER ?\* ?EATS\b.*$/, 'UBER EATS'], [/^UBER ?\*.*$/, 'UBER']]
const LEGAL_FORMS = new Set('SARL SAS SASU EURL SA SCI SNC SELARL SCOP SCP EI EIRL GIE STE SOCIETE ETS ETABLISSEMENTS LTD LIMITED PLC INC LLC CORP GMBH AG BV NV SRL SPA OY AB'.split(' '))
const SMALL_WORDS = new Set('DE DU DES D LA LE LES L ET EN AU AUX A SUR SOUS OF THE AND'.split(' '))
/** Where the name ends and what the payer wrote begins, when nothing separates them. */
const REASON_WORDS = new Set('FACTURE FACTURES FACT FAC FA FV INV INVOICE REGLT REGLEMENT REF REFERENCE SALAIRE SALAIRES PAIE LOYER ECHEANCE ECH ACPTE ACOMPTE SOLDE VIREMENT REMBT REMBOURSEMENT VOTRE PAIEMENT MERCI COTIS COTISATION NUMERO NUM NO CLIENT CLIENTS MOTIF MANDAT MDT RUM ID ICS AVOIR RELEVE ESCOMPTE PASDSN TVA DSN MENSUALITE ABONNEMENT CONTRAT COMMANDE DEVIS NOTE'.split(' '))

/** True for a word that belongs to a number, a day or a reference rather than to a name. */
function isNumberLike(word: string): boolean {
  return /\d{3,}/.test(word) || /^\d{1,2}\/\d{2,4}$/.test(word) || /^[A-Z]{2}\d{2}[A-Z0-9]{9,}$/.test(word) || /^[A-Z]{1,4}-\d+/.test(word)
}

/** The words of a name and what the payer wrote after it, cut at the first word that can only be the latter. The first word always is of the name. */
export function cutReason(text: string): { readonly name: string; readonly reason: string } {
  const words = text.split(' ')
  const at = words.findIndex((word, index) => index > 0 && (isNumberLike(word) || REASON_WORDS.has(word.replace(/[:./]+$/, ''))))
  const end = at < 0 ? words.length : at
  return { name: words.slice(0, end).join(' ').replace(/[ ,;:/-]+$/, ''), reason: words.slice(end).join(' ').trim() }
}

/** A name without who carried the payment, the number of the shop and what is left of a cut word. */
export function cleanName(text: string): string {
  let name = text.trim()
  for (const [pattern, long] of SHORTENED) if (pattern.test(name)) name = name.replace(pattern, long)
  name = name.replace(CARRIERS, '').replace(/^\W+/, '')
  const words = name.split(' ')
  while (words.length > 1 && (/^[^A-Z]*$/.test(words.at(-1)!) || isNumberLike(words.at(-1)!))) words.pop()
  return words.join(' ').replace(/[ *,;:/_-]+$/, '')
}

/**
 * What tells one merchant from another in a name in capitals: its words without legal forms, numbers and the domain of a site.
 * Null when no letter is left.
 */
export function merchantKey(name: string): string | null {
  const words = name.replace(/\.(?:COM|FR|NET|ORG|EU|IO|CO\.UK)\b/g, ' ').match(/[A-Z0-9&+']+/g) ?? []
  const telling = words.filter((word) => /[A-Z]/.test(word) && !isNumberLike(word) && !LEGAL_FORMS.has(word))
  const kept = telling.length > 0 ? telling : words.filter((word) => /[A-Z]/.test(word))
  return kept.length === 0 || kept.join('').length < 2 ? null : kept.join(' ')
}

/** Letters read one by one: without a vowel (SNCF), a legal form (SCI), or up to three that begin with a vowel and a consonant (EDF, AXA). */
function isInitials(letters: string): boolean {
  return letters.length < 2 || !/[AEIOUY]/.test(letters) || LEGAL_FORMS.has(letters) || (letters.length <= 3 && /^[AEIOU][^AEIOUY]/.test(letters))
}

/** A name as people write it: "LEROY MERLIN" becomes "Leroy Merlin", initials such as EDF or SNCF stay. A name in small letters is left as it is. */
export function displayName(name: string): string {
  if (name !== name.toUpperCase()) return name
  return name.split(' ').map((word, index) => {
    if (index > 0 && SMALL_WORDS.has(word)) return word.toLowerCase()
    const letters = word.replace(/[^A-Z]/g, '')
    if (isInitials(letters) || /\d/.test(word)) return word
    return word.toLowerCase().replace(/(^|['-])([a-z])/g, (_whole, before: string, letter: string) => before + letter.toUpperCase())
  }).join(' ')
}
