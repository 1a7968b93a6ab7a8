import type { Problem, Text } from '../../../core/kernel/problem.ts'
import { englishAmount, frenchAmount } from '../../../core/ledger/amount-text.ts'
import type { FecDetail, FecFinding } from './record.ts'

/** What a rule says of a breach, given the details a finding carries. */
type Words = (finding: FecFinding) => Text

type Rule = { readonly severity: 'error' | 'warning'; readonly words: Words }

function inFrench(detail: FecDetail): string {
  if (typeof detail === 'string') return detail
  return typeof detail === 'bigint' ? frenchAmount(detail) : detail.day.split('-').reverse().join('/')
}

function inEnglish(detail: FecDetail): string {
  if (typeof detail === 'string') return detail
  return typeof detail === 'bigint' ? englishAmount(detail) : detail.day
}

function fill(template: string, finding: FecFinding, write: (detail: FecDetail) => string): string {
  return template.replace(/\{(\d|line|field)\}/g, (_, key: string) => {
    if (key === 'line') return String(finding.line ?? '')
    if (key === 'field') return finding.field ?? ''
    const detail = finding.detail?.[Number(key)]
    return detail === undefined ? '' : write(detail)
  })
}

const say = (severity: 'error' | 'warning', fr: string, en: string): Rule => ({
  severity, words: (finding) => ({ fr: fill(fr, finding, inFrench), en: fill(en, finding, inEnglish) }),
})
const error = (fr: string, en: string): Rule => say('error', fr, en)
const warn = (fr: string, en: string): Rule => say('warning', fr, en)

/**
 * Every rule a FEC is held to, by its stable code. {0}, {1}... are the finding's details and {field} its column.
 * Sources: LPF art. L.47 A-I and A.47 A-1; the rules of the tax administration's own tool, Test Compta Demat (2021); what that
 * tool leaves unchecked (balance, sequence, order, lettering) is from the same articles and PCG art. 1031-1 to 1031-4.
 */
export const FEC_RULES = {
  // The file.
  FEC_NAME: error('Le nom du fichier « {0} » n\'est pas « SIREN + FEC + date de clôture » (123456782FEC20261231.txt). Renommez le fichier.', 'The file name "{0}" is not "SIREN + FEC + closing day" (123456782FEC20261231.txt). Rename the file.'),
  FEC_SIREN: error('Le SIREN {0} du nom de fichier n\'existe pas : sa clé est fausse. Vérifiez-le.', 'The SIREN {0} in the file name does not exist: its check digit is wrong. Check it.'),
  FEC_ENCODING: error('L\'encodage est {0}. Enregistrez le fichier en UTF-8, ISO-8859-15 ou ASCII.', 'The encoding is {0}. Save the file in UTF-8, ISO-8859-15 or ASCII.'),
  FEC_CHARACTER: error('Ligne {line} : un caractère de contrôle ou illisible se trouve dans le champ {field}. Retirez-le.', 'Line {line}: there is a control or unreadable character in the field {field}. Remove it.'),
  FEC_EMPTY: error('Le fichier ne contient aucune écriture. Exportez-le de nouveau.', 'The file holds no entry. Export it again.'),
  FEC_NOT_A_FEC: error('Ce fichier n\'est pas un FEC : sa première ligne ne porte pas les noms des champs. Choisissez un autre fichier.', 'This file is not a FEC: its first line does not hold the names of the fields. Choose another file.'),
  FEC_SEPARATOR: error('Les champs sont séparés par « {0} ». Utilisez la tabulation ou la barre verticale.', 'Fields are separated by "{0}". Use the tabulation or the vertical bar.'),
  FEC_COLUMN_MISSING: error('Le champ {field} manque à la première ligne. Ajoutez cette colonne, vide au besoin si la loi le permet.', 'The field {field} is missing from the first line. Add this column, blank where the law allows it.'),
  FEC_COLUMN_ORDER: error('Le champ {field} n\'est pas à sa place : la loi le veut en position {0}, il est en position {1}. Remettez les colonnes dans l\'ordre.', 'The field {field} is out of place: the law wants it in position {0}, it is in position {1}. Put the columns in order.'),
  FEC_COLUMN_CASE: warn('Le champ « {0} » s\'écrit « {field} ». Corrigez la première ligne.', 'The field "{0}" is spelled "{field}". Correct the first line.'),
  FEC_COLUMN_EXTRA: warn('La colonne « {0} » (position {1}) n\'est pas prévue par la loi. Elle est admise après les autres ; décrivez-la dans la notice.', 'The column "{0}" (position {1}) is not in the law. It is allowed after the others; describe it in the notice.'),
  FEC_COLUMN_REPEATED: error('La colonne {field} figure deux fois à la première ligne. Retirez l\'une des deux.', 'The column {field} appears twice on the first line. Remove one of the two.'),
  // One line.
  FEC_FIELD_COUNT: error('Ligne {line} : {0} champs au lieu de {1}. Cherchez un séparateur ou un saut de ligne dans un libellé.', 'Line {line}: {0} fields instead of {1}. Look for a separator or a line break inside a label.'),
  FEC_EMPTY_LINE: error('Ligne {line} : la ligne est vide. Supprimez-la.', 'Line {line}: the line is empty. Delete it.'),
  FEC_REQUIRED: error('Ligne {line} : le champ {field} est vide alors qu\'il est obligatoire. Renseignez-le.', 'Line {line}: the field {field} is empty and is required. Fill it in.'),
  FEC_ABSENT: error('Ligne {line} : le champ {field} est à blanc (données absentes). Renseignez-le sur chaque ligne.', 'Line {line}: the field {field} is blank (absent data). Fill it in on every line.'),
  FEC_AMOUNT_POINT: error('Ligne {line} : {field} vaut « {0} » : le séparateur décimal est la virgule.', 'Line {line}: {field} is "{0}": the decimal separator is the comma.'),
  FEC_AMOUNT_THOUSANDS: error('Ligne {line} : {field} vaut « {0} » : retirez le séparateur de milliers.', 'Line {line}: {field} is "{0}": remove the thousands separator.'),
  FEC_AMOUNT_FORMAT: error('Ligne {line} : {field} vaut « {0} », qui n\'est pas un nombre. Écrivez-le en chiffres, avec une virgule.', 'Line {line}: {field} is "{0}", which is not a number. Write it in digits, with a comma.'),
  FEC_AMOUNT_PRECISION: error('Ligne {line} : {field} vaut « {0} », plus précis que le centime ou trop grand. Corrigez-le à la source ; il n\'est pas arrondi.', 'Line {line}: {field} is "{0}", finer than a cent or too large. Correct it at the source; it is not rounded.'),
  FEC_AMOUNT_EMPTY: warn('Ligne {line} : {field} est vide et compté pour zéro. Écrivez 0,00.', 'Line {line}: {field} is empty and counted as zero. Write 0,00.'),
  FEC_DATE: error('Ligne {line} : {field} vaut « {0} », qui n\'est pas une date AAAAMMJJ. Corrigez-la.', 'Line {line}: {field} is "{0}", which is not a day written AAAAMMJJ (YYYYMMDD). Correct it.'),
  FEC_DATE_RANGE: warn('Ligne {line} : {field} est le {0}, hors des années 1900 à 2099. Vérifiez cette date.', 'Line {line}: {field} is {0}, outside the years 1900 to 2099. Check this day.'),
  FEC_SENS: error('Ligne {line} : Sens vaut « {0} ». Écrivez D ou C, ou bien +1 ou -1.', 'Line {line}: Sens is "{0}". Write D or C, or +1 or -1.'),
  FEC_ACCOUNT_DIGITS: warn('Ligne {line} : le compte « {0} » ne commence pas par trois chiffres du plan comptable. Corrigez-le.', 'Line {line}: the account "{0}" does not begin with three digits of the chart. Correct it.'),
  FEC_ACCOUNT_UNKNOWN: warn('Ligne {line} : le compte {0} n\'existe pas au plan comptable général. Vérifiez son numéro.', 'Line {line}: the account {0} is not in the French chart of accounts. Check its number.'),
  FEC_BOTH_SIDES: warn('Ligne {line} : le débit ({0}) et le crédit ({1}) sont tous deux renseignés. Séparez-les en deux lignes.', 'Line {line}: both the debit ({0}) and the credit ({1}) are filled in. Split them into two lines.'),
  FEC_NO_SIDE: warn('Ligne {line} : le débit et le crédit sont tous deux à zéro. Retirez la ligne ou corrigez-la.', 'Line {line}: both the debit and the credit are zero. Remove the line or correct it.'),
  FEC_AUXILIARY: error('Ligne {line} : CompAuxNum et CompAuxLib vont ensemble ; {field} est vide. Renseignez les deux ou aucun.', 'Line {line}: CompAuxNum and CompAuxLib go together; {field} is empty. Fill in both or neither.'),
  FEC_CURRENCY: error('Ligne {line} : Montantdevise et Idevise vont ensemble ; {field} est vide. Renseignez les deux ou aucun.', 'Line {line}: Montantdevise and Idevise go together; {field} is empty. Fill in both or neither.'),
  FEC_CURRENCY_CODE: warn('Ligne {line} : « {0} » n\'est pas un code de devise à trois lettres (ISO 4217).', 'Line {line}: "{0}" is not a three-letter currency code (ISO 4217).'),
  FEC_VALID_BEFORE: error('Ligne {line} : l\'écriture du {0} est validée le {1}, avant sa date. Corrigez l\'une des deux dates.', 'Line {line}: the entry of {0} was validated on {1}, before its day. Correct one of the two days.'),
  FEC_OUTSIDE_YEAR: error('Ligne {line} : l\'écriture du {0} n\'est pas dans l\'exercice clos le {1}. Vérifiez la date ou le nom du fichier.', 'Line {line}: the entry of {0} is not in the year closed on {1}. Check the day or the file name.'),
  FEC_LETTER_DATE: error('Ligne {line} : EcritureLet et DateLet vont ensemble ; {field} est vide. Renseignez les deux ou aucun.', 'Line {line}: EcritureLet and DateLet go together; {field} is empty. Fill in both or neither.'),
  // Entries and the whole ledger.
  FEC_TOTAL: error('Le total des débits ({0}) diffère du total des crédits ({1}) de {2}. Cherchez l\'écriture déséquilibrée.', 'Total debits ({0}) and total credits ({1}) differ by {2}. Look for the entry that does not balance.'),
  FEC_ENTRY_BALANCE: error('Ligne {line} : l\'écriture {0} du journal {1} n\'est pas équilibrée : débit {2}, crédit {3}. Complétez-la.', 'Line {line}: the entry {0} of the journal {1} does not balance: debit {2}, credit {3}. Complete it.'),
  FEC_ENTRY_DATE: error('Ligne {line} : l\'écriture {0} du journal {1} porte deux dates, {2} et {3}. Une écriture n\'en a qu\'une.', 'Line {line}: the entry {0} of the journal {1} has two days, {2} and {3}. An entry has only one.'),
  FEC_ENTRY_VALID_DATE: error('Ligne {line} : l\'écriture {0} du journal {1} porte deux dates de validation, {2} et {3}. Une écriture est validée en une fois.', 'Line {line}: the entry {0} of the journal {1} has two validation days, {2} and {3}. An entry is validated at once.'),
  FEC_ENTRY_PIECE: warn('Ligne {line} : l\'écriture {0} du journal {1} cite plusieurs pièces, {2} et {3}. Vérifiez qu\'il s\'agit d\'une seule opération.', 'Line {line}: the entry {0} of the journal {1} names several documents, {2} and {3}. Check that it is one operation.'),
  FEC_ENTRY_SCATTERED: warn('Ligne {line} : l\'écriture {0} du journal {1} reprend après d\'autres écritures. Ses lignes devraient se suivre.', 'Line {line}: the entry {0} of the journal {1} resumes after other entries. Its lines should follow one another.'),
  FEC_NUMBER_SHARED: error('Ligne {line} : le numéro {0} sert à deux journaux, {1} et {2}. Un numéro désigne une seule écriture.', 'Line {line}: the number {0} is used by two journals, {1} and {2}. A number names one entry only.'),
  FEC_NUMBER_PER_JOURNAL: warn('Les numéros d\'écriture recommencent dans chaque journal ({0} numéros partagés). C\'est admis si la notice l\'explique.', 'Entry numbers start again in each journal ({0} shared numbers). This is allowed if the notice explains it.'),
  FEC_NUMBER_GAP: error('La numérotation est interrompue : il manque {0} entre {1} et {2}. Expliquez cette rupture dans la notice.', 'The numbering is broken: {0} missing between {1} and {2}. Explain this break in the notice.'),
  FEC_NUMBER_UNUSED: error('Ligne {line} : les écritures portent le numéro « {0} », qui n\'est pas une séquence. Numérotez-les à la validation.', 'Line {line}: entries carry the number "{0}", which is not a sequence. Number them at validation.'),
  FEC_VALIDATION_ORDER: warn('Ligne {line} : une écriture validée le {0} suit une écriture validée le {1}. Classez le fichier par ordre de validation.', 'Line {line}: an entry validated on {0} follows one validated on {1}. Sort the file by order of validation.'),
  FEC_OPENING_FIRST: error('Ligne {line} : les à-nouveaux (journal {0}) viennent après d\'autres écritures. Ils ouvrent le fichier.', 'Line {line}: the opening entries (journal {0}) come after other entries. They open the file.'),
  FEC_CLOSING_ENTRY: error('Ligne {line} : l\'écriture {0} du journal {1} solde les classes 6 et 7. Retirez-la : la somme des classes 6 et 7 est le résultat.', 'Line {line}: the entry {0} of the journal {1} zeroes classes 6 and 7. Remove it: the sum of classes 6 and 7 is the result.'),
  FEC_CENTRALISED: warn('Ligne {line} : le journal {0} ({1}) semble centraliser d\'autres journaux. Le fichier n\'en contient pas.', 'Line {line}: the journal {0} ({1}) seems to centralise other journals. The file must hold none.'),
  FEC_ACCOUNT_LABEL: error('Ligne {line} : le compte {0} s\'intitule « {1} » puis « {2} ». Un compte n\'a qu\'un libellé.', 'Line {line}: the account {0} is called "{1}" then "{2}". An account has one label only.'),
  FEC_AUXILIARY_LABEL: warn('Ligne {line} : le compte auxiliaire {0} s\'intitule « {1} » puis « {2} ». Gardez un seul libellé.', 'Line {line}: the auxiliary account {0} is called "{1}" then "{2}". Keep one label.'),
  FEC_JOURNAL_LABEL: warn('Ligne {line} : le journal {0} s\'intitule « {1} » puis « {2} ». Gardez un seul libellé.', 'Line {line}: the journal {0} is called "{1}" then "{2}". Keep one label.'),
  FEC_LETTER_BALANCE: error('Ligne {line} : le lettrage {0} du compte {1} ne se solde pas : débit {2}, crédit {3}. Délettrez ou complétez.', 'Line {line}: the letter {0} of the account {1} does not cancel out: debit {2}, credit {3}. Remove the letter or complete it.'),
  FEC_VAT_RATE: warn('Ligne {line} : la TVA de l\'écriture {0} ({1} pour {2}) ne correspond à aucun taux connu. Vérifiez-la.', 'Line {line}: the VAT of the entry {0} ({1} on {2}) matches no known rate. Check it.'),
  FEC_MORE: warn('{0} autres lignes enfreignent la règle {1}.', '{0} more lines break the rule {1}.'),
} as const satisfies Record<string, Rule>

export type FecRule = keyof typeof FEC_RULES

/** The words and the severity of a finding, as a problem for people; the rule is its code. */
export function toProblem(finding: FecFinding): Problem {
  const rule: Rule = FEC_RULES[finding.rule]
  return {
    severity: rule.severity, code: finding.rule, message: rule.words(finding),
    where: { ...(finding.line === null ? {} : { line: finding.line }), ...(finding.field ? { field: finding.field } : {}) },
  }
}
