import { fold, wordsOf } from '../matching/normalise.ts'

/** What a label says once the bank's own words are taken away. */
export type CleanLabel = {
  /** The words that tell, folded, in reading order; numbers are not among them. */
  readonly words: readonly string[]
  /** How the money moved, as far as the label tells. */
  readonly method: 'card' | 'debit' | 'transfer' | 'cheque' | 'other'
  /** Letters a reference begins with ("REM" of REM183): suppliers number their invoices each in their own way. */
  readonly prefixes: readonly string[]
}

/** Words that banks write around what matters: nothing of them tells what a line is for. */
const BANK_WORDS = new Set(('VIR VIREMENT VIREMENTS VRT SEPA RECU EMIS EMISE INST INSTANTANE WEB LOGITEL EUROPEEN FAVEUR VOTRE EN PRLV PRELEVEMENT PREL CARTE CB PAIEMENT ACHAT DU DE DES LE LA LES ET AU AUX D L A ' +
  'FACTURE FACTURES FACT FAC FA REGLEMENT REGLT REGLTS MOTIF REF REFERENCE LIB LIBELLE ID EMETTEUR MDT ECH ECHEANCE NUM NO N POUR PAR BEN NOTPROVIDED REMISE DATE EUR').split(' '))
/** Companies that take the card for others: the merchant comes after them. */
const PROCESSORS = new Set(['PAYPAL', 'SUMUP', 'ZTL', 'SQ', 'LYF', 'PAY', 'ZETTLE', 'IZETTLE', 'STANCER', 'LYDIA'])
const LEGAL_FORMS = new Set(['SARL', 'SAS', 'SASU', 'EURL', 'SA', 'SNC', 'SELARL', 'SCOP', 'EI', 'EIRL', 'STE', 'SOCIETE', 'ETS', 'ETABLISSEMENTS'])

const CARD = /\b(?:CARTE|CB)\b/
const DEBIT = /\b(?:PRLV|PREL|PRELEVEMENT)\b/
const CHEQUE = /\b(?:CHEQUES?|CHQ)\b/
const TRANSFER = /\b(?:VIR|VIRT|VIREMENTS?|VRT)\b/
/** The label is cut there before it is read: no bank writes longer ones, and a bad file must not cost more. */
const LABEL_MAX = 1_000
const WORDS_MAX = 24

function methodOf(folded: string): CleanLabel['method'] {
  if (CHEQUE.test(folded)) return 'cheque'
  if (DEBIT.test(folded)) return 'debit'
  if (CARD.test(folded)) return 'card'
  return TRANSFER.test(folded) ? 'transfer' : 'other'
}

/** Reads a bank label: its telling words, how the money moved, and how its references begin. Any text is accepted. */
export function cleanLabel(label: string): CleanLabel {
  const folded = fold(label.slice(0, LABEL_MAX))
  const all = wordsOf(folded)
  const letters = all.filter((word) => word.length > 1 && !/\d/.test(word) && !/^X+$/.test(word))
  const telling = letters.filter((word) => !BANK_WORDS.has(word) && !PROCESSORS.has(word) && !LEGAL_FORMS.has(word))
  const prefixes = all.flatMap((word) => /^([A-Z]{2,6})\d{2,}$/.exec(word)?.[1] ?? [])
  // A label made of nothing but the bank's words still tells: it is kept as it is.
  return { words: (telling.length > 0 ? telling : letters).slice(0, WORDS_MAX), method: methodOf(folded), prefixes: prefixes.slice(0, 3) }
}

/** The words of a label in one text: what a memory of labels is asked with. Empty when the label tells nothing. */
export function labelKey({ words }: CleanLabel): string {
  return words.join(' ')
}
