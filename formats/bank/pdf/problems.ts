import { type Currency } from '../../../core/kernel/currency.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { type Problem, problem, warning } from '../../../core/kernel/problem.ts'

/** Why no text could be taken out of a PDF. */
export type Unreadable = 'protected' | 'damaged' | 'too-large' | 'too-slow' | 'no-text'

const UNREADABLE: Readonly<Record<Unreadable, () => Problem>> = {
  protected: () => problem('PDF_PROTECTED', { fr: 'Ce PDF est protégé par un mot de passe. Ouvrez-le, enregistrez-le sans mot de passe, puis recommencez.', en: 'This PDF is protected by a password. Open it, save it without one, then try again.' }),
  damaged: () => problem('PDF_DAMAGED', { fr: 'Ce PDF est abîmé. Téléchargez-le de nouveau depuis la banque.', en: 'This PDF is damaged. Download it again from the bank.' }),
  'too-large': () => problem('FILE_TOO_LARGE', { fr: 'Ce PDF est trop grand pour un relevé (32 Mo ou 500 pages au plus). Séparez-le par période.', en: 'This PDF is too large for a statement (32 MB or 500 pages at most). Split it by period.' }),
  'too-slow': () => problem('PDF_TOO_COMPLEX', { fr: 'Ce PDF demande trop de temps ou de mémoire : sa lecture est arrêtée. Exportez le relevé en CAMT.053, CFONB 120 ou CSV.', en: 'This PDF takes too much time or memory: its reading was stopped. Export the statement as CAMT.053, CFONB 120 or CSV.' }),
  'no-text': () => problem('PDF_WITHOUT_TEXT', {
    fr: 'Ce PDF n\'a pas de texte : c\'est une image numérisée, ou une page vide. Téléchargez le relevé depuis le site de la banque, ou exportez-le en CAMT.053, CFONB 120 ou CSV.',
    en: 'This PDF has no text: it is a scanned image, or an empty page. Download the statement from the bank\'s site, or export it as CAMT.053, CFONB 120 or CSV.',
  }),
}

/** The sentence for a PDF that gives no text. */
export function unreadable(why: Unreadable): Problem {
  return UNREADABLE[why]()
}

export const noStatement = (): Problem => problem('NO_STATEMENT', {
  fr: 'Aucune opération datée n\'est reconnue dans ce document. Vérifiez que c\'est un relevé de compte, ou exportez-le en CAMT.053, CFONB 120 ou CSV.',
  en: 'No dated movement is recognised in this document. Check that it is an account statement, or export it as CAMT.053, CFONB 120 or CSV.',
})

/** The arithmetic does not prove what was read: a person has to look. `missing` is what lacks, null when no balances are stated. */
export function toReview(missing: bigint | null, currency: Currency, line: number | undefined): Problem {
  const amount = missing === null ? '' : `${formatAmount(missing, currency)} ${currency}`
  return problem('PDF_TO_REVIEW', missing === null ? {
    fr: 'Ce relevé ne donne pas ses deux soldes, ou le signe de ses montants : rien ne prouve que la lecture est complète. Comparez chaque ligne avec le document avant de la prendre.',
    en: 'This statement does not give both of its balances, or the sign of its amounts: nothing proves that the reading is complete. Compare each line with the document before taking it.',
  } : {
    fr: `Le solde d'ouverture et les opérations lues ne donnent pas le solde de clôture (écart de ${amount}). Comparez chaque ligne avec le document, corrigez celles qui diffèrent.`,
    en: `The opening balance and the lines read do not give the closing balance (difference of ${amount}). Compare each line with the document and correct those that differ.`,
  }, line === undefined ? {} : { line })
}

export const amountMissing = (line: number, page: number): Problem => problem('AMOUNT_UNREADABLE', {
  fr: `Page ${page} : une ligne datée n'a pas de montant lisible. Elle n'est pas reprise ; saisissez-la si c'est une opération.`, en: `Page ${page}: a dated line has no readable amount. It is left out; enter it if it is a movement.`,
}, { line, field: 'amount' })

export const dayMissing = (line: number, text: string): Problem => problem('DATE_UNREADABLE', {
  fr: `La date « ${text} » n'est pas au calendrier, ou le document ne donne pas son année. L'opération n'est pas reprise ; saisissez-la.`, en: `The date "${text}" is not in the calendar, or the document does not give its year. The line is left out; enter it.`,
}, { line, field: 'bookedOn' })

export const totalDiffers = (line: number): Problem => warning('TOTAL_DIFFERS', {
  fr: 'Le total imprimé sur cette ligne n\'est pas celui des opérations lues, alors que les soldes les prouvent. Signalez-le à la banque si l\'écart vous importe.',
  en: 'The total printed on this line is not that of the movements read, though the balances prove them. Tell the bank if the difference matters to you.',
}, { line })
