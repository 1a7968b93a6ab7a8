import type { Text } from '../kernel/problem.ts'

/** Codes of the journals every company starts with. */
export type JournalCode = 'VT' | 'AC' | 'BQ' | 'CA' | 'OD' | 'AN' | 'RT'

export type Journal = { readonly code: string; readonly label: Text }

/**
 * The default journals. Codes and names are common usage, not law; the French name is what a FEC carries as JournalLib.
 * RT holds the moves of VAT from its waiting accounts when a payment is allocated.
 */
export const JOURNALS: readonly (Journal & { readonly code: JournalCode })[] = [
  { code: 'VT', label: { fr: 'Ventes', en: 'Sales' } },
  { code: 'AC', label: { fr: 'Achats', en: 'Purchases' } },
  { code: 'BQ', label: { fr: 'Banque', en: 'Bank' } },
  { code: 'CA', label: { fr: 'Caisse', en: 'Cash' } },
  { code: 'OD', label: { fr: 'Opérations diverses', en: 'Miscellaneous operations' } },
  { code: 'AN', label: { fr: 'À nouveaux', en: 'Opening balances' } },
  { code: 'RT', label: { fr: 'Règlements - TVA sur encaissements', en: 'Settlements - VAT on payments' } },
]

/** The French name of a default journal, or the code itself for a journal the company added. */
export function journalLabel(code: string): string {
  return JOURNALS.find((journal) => journal.code === code)?.label.fr ?? code
}

/**
 * True for a journal of opening balances ("à-nouveaux"), by its code or its name as other software writes them:
 * AN, ANO, RAN, OUV, or a name with "nouveau", "ouverture" or "report".
 */
export function isOpeningJournal(code: string, label: string): boolean {
  return /^(AN|ANO|ANV|AND|ANOUV|RAN|OUV)\d*$/i.test(code.trim()) || /(\bA[\s-]?NOUVEAU|À[\s-]?NOUVEAU|OUVERTURE|\bREPORTS? [AÀ]\b)/i.test(label)
}
