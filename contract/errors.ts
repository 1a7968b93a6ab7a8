import type { Text } from '../core/kernel/problem.ts'

/** `field`: the form field the sentence belongs to, where there is one. */
type ErrorRow = { readonly status: number; readonly field?: string } & Text

/**
 * Every refusal the API can give: one code, one status, one sentence in each language.
 * `{name}` is filled from the refusal's details.
 */
export const ERRORS = {
  REQUEST_INVALID: { status: 400, fr: 'La demande contient des champs à corriger.', en: 'Some fields of the request need correcting.' },
  JSON_MALFORMED: { status: 400, fr: 'Le corps de la demande n\'est pas du JSON lisible.', en: 'The request body is not readable JSON.' },
  TENANT_REQUIRED: { status: 400, fr: 'Indiquez la société concernée par l\'en-tête Quittance-Tenant.', en: 'Name the company with the Quittance-Tenant header.' },
  CURSOR_INVALID: { status: 400, fr: 'Ce curseur de page n\'est pas valable. Reprenez la liste depuis le début.', en: 'This page cursor is not valid. Start the list again.' },
  SIGN_IN_REQUIRED: { status: 401, fr: 'Connectez-vous pour continuer.', en: 'Sign in to continue.' },
  CREDENTIALS_WRONG: { status: 401, fr: 'L\'adresse ou le mot de passe ne correspond pas.', en: 'The e-mail or the password does not match.' },
  PERMISSION_MISSING: { status: 403, fr: 'Votre rôle ne donne pas le droit « {permission} ». Un propriétaire ou un administrateur peut vous l\'accorder.', en: 'Your role lacks the permission "{permission}". An owner or an administrator can grant it.' },
  ORIGIN_REFUSED: { status: 403, fr: 'Cette demande vient d\'un autre site et a été refusée.', en: 'This request comes from another site and was refused.' },
  NOT_FOUND: { status: 404, fr: 'Cet élément n\'existe pas ou ne vous est pas accessible.', en: 'This item does not exist or you have no access to it.' },
  EMAIL_TAKEN: { status: 409, field: 'email', fr: 'Un compte existe déjà pour cette adresse. Connectez-vous.', en: 'An account already exists for this e-mail. Sign in.' },
  USER_UNKNOWN: { status: 404, field: 'email', fr: 'Aucun compte n\'a l\'adresse {email}. Cette personne doit d\'abord créer son compte.', en: 'No account has the e-mail {email}. That person must sign up first.' },
  MEMBER_EXISTS: { status: 409, field: 'email', fr: 'Cette personne est déjà membre.', en: 'This person is already a member.' },
  LAST_OWNER: { status: 409, fr: 'Une société garde toujours un propriétaire. Nommez-en un autre d\'abord.', en: 'A company always keeps one owner. Name another one first.' },
  OWNER_ONLY: { status: 403, fr: 'Seul un propriétaire peut nommer, changer ou retirer un propriétaire.', en: 'Only an owner can name, change or remove an owner.' },
  FIRM_UNKNOWN: { status: 404, field: 'firmSlug', fr: 'Aucun cabinet n\'a l\'identifiant « {slug} ».', en: 'No firm has the identifier "{slug}".' },
  GRANT_EXISTS: { status: 409, field: 'firmSlug', fr: 'Ce cabinet a déjà accès à la société.', en: 'This firm already has access to the company.' },
  VERSION_CONFLICT: { status: 409, fr: 'Quelqu\'un a modifié cet élément entre-temps. Rechargez-le, puis refaites votre changement.', en: 'Someone changed this item in the meantime. Reload it, then make your change again.' },
  SIREN_INVALID: { status: 400, field: 'siren', fr: 'Le SIREN {siren} est faux : sa clé de contrôle ne tombe pas juste.', en: 'The SIREN {siren} is wrong: its check digit does not add up.' },
  IBAN_INVALID: { status: 400, field: 'iban', fr: 'L\'IBAN {iban} est faux : sa clé de contrôle ne tombe pas juste.', en: 'The IBAN {iban} is wrong: its check digits do not add up.' },
  PAYLOAD_TOO_LARGE: { status: 413, fr: 'Le fichier dépasse la taille permise ({limit} Mo). Découpez-le par période.', en: 'The file exceeds the size allowed ({limit} MB). Split it by period.' },
  FILE_MISSING: { status: 400, fr: 'Joignez un fichier dans le champ « file ».', en: 'Attach a file in the field "file".' },
  FILE_EMPTY: { status: 400, fr: 'Le fichier {file} est vide.', en: 'The file {file} is empty.' },
  UPLOAD_INTERRUPTED: { status: 400, fr: 'L\'envoi du fichier s\'est interrompu avant la fin. Envoyez-le de nouveau.', en: 'The upload stopped before its end. Send the file again.' },
  FILE_UNREADABLE: { status: 422, fr: 'Le fichier {file} n\'a pas pu être lu comme {expected}. Rien n\'a été enregistré.', en: 'The file {file} could not be read as {expected}. Nothing was stored.' },
  MEDIA_TYPE_REFUSED: { status: 415, fr: 'Ce type de contenu n\'est pas accepté ici.', en: 'This content type is not accepted here.' },
  RATE_LIMITED: { status: 429, fr: 'Trop d\'essais. Attendez {seconds} secondes.', en: 'Too many attempts. Wait {seconds} seconds.' },
  ENTRY_INVALID: { status: 422, fr: 'L\'écriture ne peut pas être enregistrée telle quelle.', en: 'The entry cannot be stored as it is.' },
  ENTRY_FINAL: { status: 409, fr: 'L\'écriture {number} est validée : elle se corrige par une contrepassation.', en: 'Entry {number} is validated: correct it with a reversal.' },
  ENTRY_OF_DOCUMENT: { status: 409, fr: 'L\'écriture {number} vient d\'une facture, d\'un relevé ou d\'un rapprochement. Corrigez-la par un avoir ou en annulant le rapprochement : les deux restent ainsi d\'accord.', en: 'Entry {number} comes from an invoice, a statement or a match. Correct it with a credit note or by undoing the match, so that both stay in agreement.' },
  ENTRY_ALREADY_REVERSED: { status: 409, fr: 'L\'écriture {number} a déjà été contrepassée.', en: 'Entry {number} was already reversed.' },
  LETTERING_INVALID: { status: 422, fr: 'Ces lignes ne peuvent pas être lettrées ensemble.', en: 'These lines cannot be lettered together.' },
  NO_FISCAL_YEAR: { status: 422, fr: 'Aucun exercice ne contient le {date}. Créez-le dans Réglages, Exercices.', en: 'No fiscal year holds {date}. Create it under Settings, Fiscal years.' },
  FISCAL_YEAR_OVERLAPS: { status: 409, fr: 'Ces dates chevauchent un exercice existant ({startsOn} à {endsOn}).', en: 'These dates overlap an existing fiscal year ({startsOn} to {endsOn}).' },
  FISCAL_YEAR_INVALID: { status: 422, fr: 'Un exercice dure de 1 jour à 24 mois et finit après avoir commencé.', en: 'A fiscal year lasts from 1 day to 24 months and ends after it starts.' },
  PERIOD_LOCKED: { status: 409, fr: 'La période du {date} est verrouillée. Passez l\'écriture dans une période ouverte.', en: 'The period of {date} is locked. Post the entry in an open period.' },
  YEAR_NOT_EMPTY: { status: 409, fr: 'L\'exercice contient déjà des écritures : l\'import d\'un FEC complet demande un exercice vide.', en: 'The fiscal year already holds entries: importing a whole FEC needs an empty one.' },
  FEC_REFUSED: { status: 422, fr: 'Le fichier {file} ne peut pas être importé : corrigez les lignes signalées. Rien n\'a été enregistré.', en: 'The file {file} cannot be imported: correct the lines listed. Nothing was stored.' },
  OPENING_EMPTY: { status: 409, fr: 'L\'exercice n\'a aucun solde à reporter.', en: 'The fiscal year has no balance to carry forward.' },
  OPENING_PREVIOUS_MISSING: { status: 409, fr: 'L\'exercice du {startsOn} n\'a pas encore ses à-nouveaux. Reportez d\'abord l\'exercice qui le précède.', en: 'The fiscal year of {startsOn} has no opening entry yet. Carry the year before it forward first.' },
  SIREN_REQUIRED: { status: 422, fr: 'Le nom du FEC commence par le SIREN. Renseignez-le dans Réglages, Société.', en: 'A FEC file name starts with the SIREN. Fill it in under Settings, Company.' },
  CUSTOMER_CODE_TAKEN: { status: 409, field: 'code', fr: 'Le code client {code} est déjà pris.', en: 'The customer code {code} is already taken.' },
  INVOICE_INVALID: { status: 422, fr: 'La facture contient des éléments à corriger.', en: 'The invoice needs correcting.' },
  INVOICE_ALREADY_ISSUED: { status: 409, fr: 'La facture {number} est finalisée : elle ne change plus. Corrigez-la par un avoir.', en: 'Invoice {number} is issued and final. Correct it with a credit note.' },
  INVOICE_NOT_ISSUED: { status: 409, fr: 'Cette facture est encore un brouillon. Finalisez-la d\'abord.', en: 'This invoice is still a draft. Issue it first.' },
  INVOICE_DATE_BEFORE_LAST: { status: 409, fr: 'La dernière facture de la série porte la date du {last}. La numérotation suit les dates : choisissez ce jour ou un jour suivant.', en: 'The last invoice of the series is dated {last}. Numbers follow dates: choose that day or a later one.' },
  INVOICE_CREDITED: { status: 409, fr: 'La facture {number} est déjà couverte par un avoir.', en: 'Invoice {number} is already covered by a credit note.' },
  INVOICE_PAID: { status: 409, fr: 'La facture {number} a reçu un paiement. Annulez d\'abord son rapprochement.', en: 'Invoice {number} has received a payment. Undo its match first.' },
  INVOICE_RATE_MISSING: { status: 422, fr: 'Une facture en {currency} demande son montant en {base}.', en: 'An invoice in {currency} needs its amount in {base}.' },
  BANK_ACCOUNT_EXISTS: { status: 409, fr: 'Ce compte bancaire existe déjà.', en: 'This bank account already exists.' },
  BANK_ACCOUNT_NEEDED: { status: 422, fr: 'Le fichier ne désigne pas un compte connu. Choisissez-en un ou créez-le.', en: 'The file names no known account. Choose one or create it.' },
  BANK_ACCOUNTS_SEVERAL: { status: 422, fr: 'Le fichier contient plusieurs comptes qui ne sont pas tous connus. Créez ceux qui manquent, puis recommencez. Rien n\'a été enregistré.', en: 'The file holds several accounts that are not all known. Create those that are missing, then try again. Nothing was stored.' },
  BANK_ACCOUNT_DIFFERS: { status: 422, fr: 'Le fichier désigne le compte {named}, qui n\'est pas le compte choisi ({chosen}). Rien n\'a été enregistré.', en: 'The file names the account {named}, which is not the account chosen ({chosen}). Nothing was stored.' },
  BANK_CURRENCY_DIFFERS: { status: 422, fr: 'Le relevé est en {currency}, le compte en {base}. Rien n\'a été enregistré.', en: 'The statement is in {currency}, the account in {base}. Nothing was stored.' },
  IMPORT_ALREADY_COMMITTED: { status: 409, fr: 'Ce relevé a déjà été enregistré.', en: 'This statement was already stored.' },
  LINE_NOT_POSTED: { status: 409, fr: 'L\'opération est en cours d\'écriture. Réessayez dans un instant.', en: 'The line is being posted. Try again in a moment.' },
  LINE_ALREADY_TREATED: { status: 409, fr: 'Cette opération est déjà rapprochée.', en: 'This line is already reconciled.' },
  MATCH_TOO_LARGE: { status: 422, fr: 'La répartition ({allocated}) dépasse ce qui reste à traiter ({left}).', en: 'The allocation ({allocated}) exceeds what is left to treat ({left}).' },
  MATCH_EXCEEDS_INVOICE: { status: 422, fr: 'Le montant affecté à la facture {number} dépasse ce qui reste dû ({open}).', en: 'The amount allocated to invoice {number} exceeds what is owed ({open}).' },
  MATCH_CURRENCY_DIFFERS: { status: 422, fr: 'La facture {number} n\'est pas dans la devise du compte.', en: 'Invoice {number} is not in the currency of the account.' },
  MATCH_EXISTS: { status: 409, fr: 'Cette opération est déjà rapprochée de la facture {number}. Annulez ce rapprochement pour en changer le montant.', en: 'This line is already matched with invoice {number}. Undo that match to change its amount.' },
  MATCH_SIGN_WRONG: { status: 422, fr: 'La répartition ({allocated}) doit être un montant non nul, du même sens que l\'opération ({left}).', en: 'The allocation ({allocated}) must be an amount other than zero, in the direction of the line ({left}).' },
  MATCH_ALREADY_UNDONE: { status: 409, fr: 'Ce rapprochement est déjà annulé.', en: 'This match is already undone.' },
  DATA_FOLDER_LOCKED: { status: 500, fr: 'Le dossier {folder} est déjà ouvert par le processus {pid}.', en: 'The folder {folder} is already open in process {pid}.' },
  NOT_READY: { status: 503, fr: 'Le service démarre ou s\'arrête. Réessayez dans un instant.', en: 'The service is starting or stopping. Try again in a moment.' },
  INTERNAL: { status: 500, fr: 'Une erreur inattendue est survenue. Rien n\'a été enregistré. Citez le numéro {id}.', en: 'An unexpected error occurred. Nothing was stored. Quote the number {id}.' },
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof ERRORS

/** The sentence of a code in one language, its {names} filled in. */
export function errorSentence(code: ErrorCode, locale: keyof Text, details: Readonly<Record<string, string>> = {}): string {
  return ERRORS[code][locale].replace(/\{(\w+)\}/g, (whole, name: string) => details[name] ?? whole)
}

/** The form field a refusal is about, or undefined. */
export function errorField(code: ErrorCode): string | undefined {
  const row: ErrorRow = ERRORS[code]
  return row.field
}
