import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { FEC_COLUMNS } from './columns.ts'
import { fecFileName } from './file-name.ts'
import type { FecOutputEncoding } from './writer.ts'

/** What the notice describes. `numbering` is the company's own explanation of breaks in the sequence, empty when there is none. */
export type NoticeInput = {
  readonly companyName: string
  readonly siren: string
  readonly from: LocalDate
  readonly closingOn: LocalDate
  readonly encoding: FecOutputEncoding
  readonly separator: '\t' | '|'
  readonly lines: number
  readonly entries: number
  readonly journals: readonly { readonly code: string; readonly label: string }[]
  readonly numbering: string
}

const MEANINGS: Readonly<Record<(typeof FEC_COLUMNS)[number], string>> = {
  JournalCode: 'Code du journal', JournalLib: 'Libellé du journal',
  EcritureNum: "Numéro de l'écriture, sur une séquence continue de l'exercice", EcritureDate: "Date de comptabilisation de l'écriture",
  CompteNum: 'Numéro de compte (plan comptable général)', CompteLib: 'Libellé du compte',
  CompAuxNum: 'Numéro de compte auxiliaire (à blanc si non utilisé)', CompAuxLib: 'Libellé du compte auxiliaire (à blanc si non utilisé)',
  PieceRef: 'Référence de la pièce justificative', PieceDate: 'Date de la pièce justificative', EcritureLib: "Libellé de l'écriture",
  Debit: 'Montant au débit, en euros', Credit: 'Montant au crédit, en euros',
  EcritureLet: 'Lettrage (à blanc si non utilisé)', DateLet: 'Date de lettrage (à blanc si non utilisé)', ValidDate: "Date de validation de l'écriture",
  Montantdevise: 'Montant en devise (à blanc si non utilisé)', Idevise: 'Identifiant de la devise, ISO 4217 (à blanc si non utilisé)',
}

const TYPES: Readonly<Record<string, string>> = {
  EcritureDate: 'date', PieceDate: 'date', DateLet: 'date', ValidDate: 'date', Debit: 'numérique', Credit: 'numérique', Montantdevise: 'numérique',
}

const french = (date: LocalDate): string => date.split('-').reverse().join('/')

/** The name of the notice that goes with an export. */
export function noticeFileName(siren: string, closingOn: LocalDate): string {
  return fecFileName(siren, closingOn).replace(/\.txt$/, '_notice.txt')
}

/**
 * The description that must go with a FEC: names, types and meanings of its fields, codes used, character set, separators and
 * records. Text in French, lines ended by CR LF. Source: LPF art. A.47 A-1, XI.
 */
export function fecNotice(input: NoticeInput): string {
  const separator = input.separator === '|' ? 'barre verticale ( | )' : 'tabulation'
  const lines = [
    'NOTICE DU FICHIER DES ÉCRITURES COMPTABLES', '(article A. 47 A-1 du livre des procédures fiscales)', '',
    `Entreprise : ${input.companyName}`, `SIREN : ${input.siren}`, `Exercice : du ${french(input.from)} au ${french(input.closingOn)}`,
    `Fichier : ${fecFileName(input.siren, input.closingOn)}`, `Contenu : ${input.entries} écritures, ${input.lines} lignes, tous journaux confondus`, '',
    'FORMAT',
    `Jeu de caractères : ${input.encoding.toUpperCase()}`, `Séparateur de champs : ${separator}`, 'Enregistrements de longueur variable, séparés par retour chariot et saut de ligne (CR LF)',
    'Première ligne : noms des champs', 'Dates : AAAAMMJJ', 'Nombres : en base 10, virgule décimale, deux décimales, sans séparateur de milliers', '',
    'CHAMPS',
    ...FEC_COLUMNS.map((name, index) => `${String(index + 1).padStart(2)}. ${name.padEnd(13)} ${(TYPES[name] ?? 'alphanumérique').padEnd(14)} ${MEANINGS[name]}`), '',
    'JOURNAUX', ...input.journals.map(({ code, label }) => `${code.padEnd(10)} ${label}`), '',
    'NUMÉROTATION',
    'Le numéro est attribué à la validation, sur une séquence unique et continue par exercice, et n\'est jamais réutilisé. Le numéro 1 est celui des à-nouveaux.',
    ...(input.numbering ? [input.numbering] : []), '',
    'Le fichier ne contient ni écritures de centralisation, ni écritures de solde des classes 6 et 7.',
  ]
  return `${lines.join('\r\n')}\r\n`
}
