/** A bank that is known without being told. `bankCode`: the five digits of a French account; `bic`: the first eight characters. */
export type KnownInstitution = { readonly bankCode: string; readonly bic: string; readonly name: string }

/**
 * French bank codes and BIC of the banks companies use most. Source: both are printed on every account statement (RIB) of these
 * banks; the Banque de France keeps the codes (Fichier des implantations bancaires), SWIFT the BIC. Regional banks have a code each
 * and share the first eight characters of their BIC, by which they are found.
 */
export const KNOWN_INSTITUTIONS: readonly KnownInstitution[] = [
  { bankCode: '30004', bic: 'BNPAFRPP', name: 'BNP Paribas' },
  { bankCode: '30003', bic: 'SOGEFRPP', name: 'Société Générale' },
  { bankCode: '30002', bic: 'CRLYFRPP', name: 'LCL' },
  { bankCode: '20041', bic: 'PSSTFRPP', name: 'La Banque Postale' },
  { bankCode: '30066', bic: 'CMCIFRPP', name: 'CIC' },
  { bankCode: '10278', bic: 'CMCIFR2A', name: 'Crédit Mutuel' },
  { bankCode: '15589', bic: 'CMBRFR2B', name: 'Crédit Mutuel de Bretagne' },
  { bankCode: '18206', bic: 'AGRIFRPP', name: 'Crédit Agricole' },
  { bankCode: '17515', bic: 'CEPAFRPP', name: 'Caisse d\'Épargne' },
  { bankCode: '10107', bic: 'BREDFRPP', name: 'BRED Banque Populaire' },
  { bankCode: '42559', bic: 'CCOPFRPP', name: 'Crédit Coopératif' },
  { bankCode: '30007', bic: 'NATXFRPP', name: 'Natixis' },
  { bankCode: '40618', bic: 'BOUSFRPP', name: 'BoursoBank' },
  { bankCode: '14518', bic: 'FTNOFRP1', name: 'Fortuneo' },
  { bankCode: '16958', bic: 'QNTOFRP1', name: 'Qonto' },
  { bankCode: '28233', bic: 'REVOFRP2', name: 'Revolut' },
  { bankCode: '20433', bic: 'NTSBFRM1', name: 'N26' },
  { bankCode: '12548', bic: 'AXABFRPP', name: 'AXA Banque' },
]

/** The code of the bank inside a French or Monegasque IBAN, or in the bank's own writing of the account; null in any other. */
export function bankCodeOf(account: { readonly iban: string | null; readonly bankWriting: string | null }): string | null {
  if (account.iban !== null) return /^(FR|MC)\d{2}\d{5}/.test(account.iban) ? account.iban.slice(4, 9) : null
  const compact = (account.bankWriting ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '')
  // Bank, branch and account: 5 + 5 + 11, with or without the key.
  return /^\d{10}[A-Z0-9]{11}(\d{2})?$/.test(compact) ? compact.slice(0, 5) : null
}

/** The bank of a French bank code, or of a BIC; undefined when it is not in the list. */
export function institutionBy(known: { readonly bankCode?: string | null; readonly bic?: string | null }): KnownInstitution | undefined {
  const bic = known.bic?.toUpperCase().slice(0, 8)
  return KNOWN_INSTITUTIONS.find((one) => one.bankCode === known.bankCode) ?? (bic ? KNOWN_INSTITUTIONS.find((one) => one.bic === bic) : undefined)
}

/** Dark enough for white letters to be read on each (contrast of at least 4.5). */
const COLOURS = ['#1f5f8b', '#7a3e9d', '#9a3b3b', '#2e6b3f', '#8a5a00', '#45507a', '#0f6b6b', '#7d3c5f'] as const

/** The colour of an institution without a picture: the same for the same name, everywhere. */
export function colourOf(name: string): string {
  let sum = 0
  for (const character of name.toUpperCase()) sum = (sum * 31 + character.codePointAt(0)!) % 9_973
  return COLOURS[sum % COLOURS.length]!
}

/** Two letters that stand for a name: the first of its first two words, or its first two. */
export function initialsOf(name: string): string {
  const words = name.toUpperCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const letters = words.length > 1 ? `${words[0]!.slice(0, 1)}${words[1]!.slice(0, 1)}` : (words[0] ?? '?').slice(0, 2)
  return letters
}
