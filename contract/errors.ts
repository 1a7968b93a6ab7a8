import type { Text } from '../core/kernel/problem.ts'

/**
 * `field`: the form field the sentence belongs to, where there is one. `passing`: the same request may succeed in a moment.
 * `help`: for the page of the code, what the sentence leaves out.
 */
type ErrorRow = { readonly status: number; readonly field?: string; readonly passing?: true; readonly help?: Text } & Text

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
  TOKEN_INVALID: { status: 401, fr: 'Ce jeton ou cette clé n\'est pas valable : il est inconnu, expiré ou révoqué. Demandez-en un autre.', en: 'This token or key is not valid: it is unknown, expired or revoked. Ask for another one.' },
  API_KEY_NOT_A_PERSON: { status: 403, fr: 'Une clé d\'API agit dans sa société et nulle part ailleurs. Cette adresse demande une personne connectée.', en: 'An API key acts in its company and nowhere else. This address needs a signed-in person.' },
  CREDENTIALS_WRONG: { status: 401, fr: 'L\'adresse ou le mot de passe ne correspond pas.', en: 'The e-mail or the password does not match.' },
  CODE_REQUIRED: { status: 400, field: 'code', fr: 'Ce compte est protégé par un second facteur. Indiquez un code de votre application, ou un code de secours.', en: 'This account is protected by a second factor. Give a code of your application, or a recovery code.' },
  CODE_WRONG: { status: 401, field: 'code', fr: 'Ce code n\'est pas le bon, ou il a déjà servi. Attendez le suivant.', en: 'This code is wrong, or it was used already. Wait for the next one.' },
  CHALLENGE_ENDED: { status: 401, fr: 'Cette connexion a expiré ou a connu trop de codes faux. Recommencez avec votre mot de passe.', en: 'This sign-in has expired or had too many wrong codes. Start again with your password.' },
  PASSWORD_WRONG: { status: 403, field: 'password', fr: 'Ce n\'est pas votre mot de passe actuel.', en: 'This is not your present password.' },
  PASSWORD_COMMON: { status: 422, field: 'password', fr: 'Ce mot de passe est parmi les plus courants : il serait deviné aussitôt. Choisissez-en un autre, par exemple quatre mots au hasard.', en: 'This password is one of the most common: it would be guessed at once. Choose another one, for example four words at random.' },
  PASSWORD_PERSONAL: { status: 422, field: 'password', fr: 'Ce mot de passe est fait de votre nom ou de votre adresse. Choisissez-en un autre, par exemple quatre mots au hasard.', en: 'This password is made of your name or e-mail. Choose another one, for example four words at random.' },
  TWO_FACTOR_ALREADY_ON: { status: 409, fr: 'Le second facteur est déjà actif. Désactivez-le d\'abord pour changer d\'application.', en: 'The second factor is already on. Turn it off first to change applications.' },
  TWO_FACTOR_NOT_BEGUN: { status: 409, fr: 'Commencez par ajouter Quittance à votre application.', en: 'Add Quittance to your application first.' },
  TWO_FACTOR_OFF: { status: 409, fr: 'Le second facteur n\'est pas actif.', en: 'The second factor is not on.' },
  PASSKEY_REFUSED: { status: 401, fr: 'Cette clé d\'accès n\'a pas été reconnue, ou la demande a expiré. Recommencez.', en: 'This passkey was not recognised, or the request has expired. Try again.' },
  PASSKEYS_UNAVAILABLE: { status: 409, fr: 'Les navigateurs n\'acceptent les clés d\'accès qu\'à une adresse https portant un nom, ou sur localhost. Changez PUBLIC_URL.', en: 'Browsers accept passkeys only at an https address with a name, or on localhost. Change PUBLIC_URL.' },
  RESET_LINK_ENDED: { status: 410, fr: 'Ce lien a expiré ou a déjà servi. Demandez-en un autre.', en: 'This link has expired or was used already. Ask for another one.' },
  REFRESH_TOKEN_ENDED: { status: 401, fr: 'Ce jeton de renouvellement n\'est plus valable. Connectez-vous de nouveau.', en: 'This refresh token is no longer valid. Sign in again.' },
  SESSION_NEEDED: { status: 403, fr: 'Cette demande se fait depuis un navigateur connecté, pas avec un jeton.', en: 'This request is made from a signed-in browser, not with a token.' },
  PERMISSION_MISSING: { status: 403, fr: 'Votre rôle ne donne pas le droit « {permission} ». Un propriétaire ou un administrateur peut vous l\'accorder.', en: 'Your role lacks the permission "{permission}". An owner or an administrator can grant it.' },
  HTTPS_REQUIRED: { status: 403, fr: 'Cette adresse n\'est ouverte qu\'en https. Appelez {url} ; si la demande portait une clé ou un mot de passe, changez-les.', en: 'This address is only open over https. Call {url}; if the request carried a key or a password, change them.' },
  ORIGIN_REFUSED: { status: 403, fr: 'Cette demande vient d\'un autre site et a été refusée.', en: 'This request comes from another site and was refused.' },
  NOT_FOUND: { status: 404, fr: 'Cet élément n\'existe pas ou ne vous est pas accessible.', en: 'This item does not exist or you have no access to it.' },
  EMAIL_TAKEN: { status: 409, field: 'email', fr: 'Un compte existe déjà pour cette adresse. Connectez-vous.', en: 'An account already exists for this e-mail. Sign in.' },
  USER_UNKNOWN: { status: 404, field: 'email', fr: 'Aucun compte n\'a l\'adresse {email}. Cette personne doit d\'abord créer son compte.', en: 'No account has the e-mail {email}. That person must sign up first.' },
  MEMBER_EXISTS: { status: 409, field: 'email', fr: 'Cette personne est déjà membre.', en: 'This person is already a member.' },
  LAST_OWNER: { status: 409, fr: 'Une société garde toujours un propriétaire. Nommez-en un autre d\'abord.', en: 'A company always keeps one owner. Name another one first.' },
  OWNER_ONLY: { status: 403, fr: 'Seul un propriétaire peut nommer, changer ou retirer un propriétaire.', en: 'Only an owner can name, change or remove an owner.' },
  ROLE_NAME_TAKEN: { status: 409, field: 'name', fr: 'La société a déjà un rôle « {name} ».', en: 'The company already has a role "{name}".' },
  ROLE_IN_USE: { status: 409, fr: 'Le rôle « {name} » est porté par des personnes ou des invitations ({count}). Donnez-leur d\'abord un autre rôle.', en: 'The role "{name}" is carried by people or invitations ({count}). Give them another role first.' },
  ROLE_EXCEEDS_YOURS: { status: 403, fr: 'Vous n\'avez pas vous-même le droit « {permission} » : vous ne pouvez ni le donner, ni le retirer à quelqu\'un.', en: 'You lack the permission "{permission}" yourself: you can neither give it nor take it from someone.' },
  ROLES_TOO_MANY: { status: 409, fr: 'La société a déjà {limit} rôles. Retirez ceux qui ne servent plus.', en: 'The company already has {limit} roles. Remove those no longer used.' },
  PERMISSION_UNKNOWN: { status: 422, field: 'permissions', fr: 'Il n\'y a pas de droit « {permission} ».', en: 'There is no permission "{permission}".' },
  KEY_SCOPE_REFUSED: { status: 422, field: 'scopes', fr: 'Une clé ne peut pas recevoir le droit « {permission} » : il n\'existe pas, vous ne l\'avez pas, ou il demande une personne.', en: 'A key cannot receive the permission "{permission}": it does not exist, you lack it, or it needs a person.' },
  KEY_EXPIRY_PAST: { status: 422, field: 'expiresAt', fr: 'La date de fin de la clé est déjà passée.', en: 'The key would already have expired.' },
  KEYS_TOO_MANY: { status: 409, fr: 'La société a déjà {limit} clés en service. Révoquez celles qui ne servent plus.', en: 'The company already has {limit} keys in service. Revoke those no longer used.' },
  INVITATION_EXISTS: { status: 409, field: 'email', fr: 'Une invitation attend déjà une réponse à l\'adresse {email}. Renvoyez-la ou retirez-la.', en: 'An invitation already awaits an answer at {email}. Send it again or withdraw it.' },
  INVITATION_INVALID: { status: 404, fr: 'Ce lien d\'invitation n\'est plus valable : il a servi, il a expiré ou l\'invitation a été retirée. Demandez-en une autre.', en: 'This invitation link no longer works: it was used, has expired or was withdrawn. Ask for another one.' },
  INVITATION_OTHER_PERSON: { status: 403, fr: 'Cette invitation est adressée à {email}. Connectez-vous avec ce compte pour l\'accepter.', en: 'This invitation is addressed to {email}. Sign in with that account to accept it.' },
  INVITATION_CLOSED: { status: 409, fr: 'Cette invitation a déjà reçu sa réponse ou a été retirée.', en: 'This invitation was already answered or withdrawn.' },
  INVITATIONS_TOO_MANY: { status: 409, fr: 'Déjà {limit} invitations attendent une réponse. Retirez-en avant d\'en envoyer d\'autres.', en: '{limit} invitations already await an answer. Withdraw some before sending more.' },
  FIRM_ONLY: { status: 422, fr: 'Seul un cabinet répartit ses clients entre ses collaborateurs.', en: 'Only a firm shares its clients out among its people.' },
  COMPANY_HOLDS_BOOKS: { status: 409, fr: 'La société contient des écritures validées ou des factures : la loi demande de les garder dix ans. Elle ne peut pas être retirée.', en: 'The company holds validated entries or invoices, which the law requires to keep for ten years. It cannot be removed.' },
  FIRM_UNKNOWN: { status: 404, field: 'firmSlug', fr: 'Aucun cabinet n\'a l\'identifiant « {slug} ».', en: 'No firm has the identifier "{slug}".' },
  GRANT_EXISTS: { status: 409, field: 'firmSlug', fr: 'Ce cabinet a déjà accès à la société.', en: 'This firm already has access to the company.' },
  VERSION_CONFLICT: { status: 412, fr: 'Quelqu\'un a modifié cet élément entre-temps. Rechargez-le, puis refaites votre changement.', en: 'Someone changed this item in the meantime. Reload it, then make your change again.' },
  SIREN_INVALID: { status: 400, field: 'siren', fr: 'Le SIREN {siren} est faux : sa clé de contrôle ne tombe pas juste.', en: 'The SIREN {siren} is wrong: its check digit does not add up.' },
  IBAN_INVALID: { status: 400, field: 'iban', fr: 'L\'IBAN {iban} est faux : sa clé de contrôle ne tombe pas juste.', en: 'The IBAN {iban} is wrong: its check digits do not add up.' },
  PAYLOAD_TOO_LARGE: { status: 413, fr: 'Le fichier dépasse la taille permise ({limit} Mo). Découpez-le par période.', en: 'The file exceeds the size allowed ({limit} MB). Split it by period.' },
  FILE_MISSING: { status: 400, fr: 'Joignez un fichier dans le champ « file ».', en: 'Attach a file in the field "file".' },
  FILE_EMPTY: { status: 400, fr: 'Le fichier {file} est vide.', en: 'The file {file} is empty.' },
  UPLOAD_INTERRUPTED: { status: 400, fr: 'L\'envoi du fichier s\'est interrompu avant la fin. Envoyez-le de nouveau.', en: 'The upload stopped before its end. Send the file again.' },
  FILE_REFUSED: { status: 422, fr: 'Le fichier {file} est refusé : {reasonFr}. Rien n\'a été enregistré.', en: 'The file {file} is refused: {reasonEn}. Nothing was stored.' },
  FILE_UNREADABLE: { status: 422, fr: 'Le fichier {file} n\'a pas pu être lu comme {expected}. Rien n\'a été enregistré.', en: 'The file {file} could not be read as {expected}. Nothing was stored.' },
  MEDIA_TYPE_REFUSED: { status: 415, fr: 'Ce type de contenu n\'est pas accepté ici.', en: 'This content type is not accepted here.' },
  RATE_LIMITED: { status: 429, passing: true, fr: 'Trop d\'essais. Attendez {seconds} secondes.', en: 'Too many attempts. Wait {seconds} seconds.' },
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
  LINE_NOT_POSTED: { status: 409, passing: true, fr: 'L\'opération est en cours d\'écriture. Réessayez dans un instant.', en: 'The line is being posted. Try again in a moment.' },
  LINE_ALREADY_TREATED: { status: 409, fr: 'Cette opération est déjà rapprochée.', en: 'This line is already reconciled.' },
  MATCH_TOO_LARGE: { status: 422, fr: 'La répartition ({allocated}) dépasse ce qui reste à traiter ({left}).', en: 'The allocation ({allocated}) exceeds what is left to treat ({left}).' },
  MATCH_EXCEEDS_INVOICE: { status: 422, fr: 'Le montant affecté à la facture {number} dépasse ce qui reste dû ({open}).', en: 'The amount allocated to invoice {number} exceeds what is owed ({open}).' },
  MATCH_CURRENCY_DIFFERS: { status: 422, fr: 'La facture {number} n\'est pas dans la devise du compte.', en: 'Invoice {number} is not in the currency of the account.' },
  MATCH_EXISTS: { status: 409, fr: 'Cette opération est déjà rapprochée de la facture {number}. Annulez ce rapprochement pour en changer le montant.', en: 'This line is already matched with invoice {number}. Undo that match to change its amount.' },
  MATCH_SIGN_WRONG: { status: 422, fr: 'La répartition ({allocated}) doit être un montant non nul, du même sens que l\'opération ({left}).', en: 'The allocation ({allocated}) must be an amount other than zero, in the direction of the line ({left}).' },
  MATCH_ALREADY_UNDONE: { status: 409, fr: 'Ce rapprochement est déjà annulé.', en: 'This match is already undone.' },
  IDEMPOTENCY_KEY_INVALID: { status: 400, field: 'Idempotency-Key', fr: 'L\'en-tête Idempotency-Key compte de 1 à 255 caractères imprimables, par exemple un uuid.', en: 'The Idempotency-Key header has 1 to 255 printable characters, for example a uuid.' },
  IDEMPOTENCY_KEY_REUSED: { status: 409, field: 'Idempotency-Key', fr: 'Cette clé Idempotency-Key a déjà servi à une autre demande. Prenez une nouvelle clé pour chaque nouvelle demande.', en: 'This Idempotency-Key already served another request. Take a new key for each new request.' },
  IDEMPOTENCY_IN_PROGRESS: { status: 409, passing: true, fr: 'La même demande est déjà en cours. Renvoyez-la avec la même clé dans {seconds} secondes pour en lire le résultat.', en: 'The same request is already under way. Send it again with the same key in {seconds} seconds to read its result.' },
  HEADER_REPEATED: { status: 400, fr: 'L\'en-tête {header} ne peut figurer qu\'une fois dans une demande.', en: 'The header {header} may appear only once in a request.' },
  HEADERS_TOO_LARGE: { status: 431, fr: 'Les en-têtes ou l\'adresse de la demande sont trop longs ({limit} Ko au plus).', en: 'The headers or the address of the request are too long ({limit} kB at most).' },
  QUERY_TOO_LARGE: { status: 400, fr: 'L\'adresse porte trop de paramètres ({limit} au plus).', en: 'The address carries too many parameters ({limit} at most).' },
  REQUEST_TOO_SLOW: { status: 408, passing: true, fr: 'La demande n\'est pas arrivée en entier dans le temps permis. Envoyez-la de nouveau.', en: 'The request did not arrive whole in the time allowed. Send it again.' },
  REQUEST_UNREADABLE: { status: 400, fr: 'La demande ne suit pas le protocole HTTP et n\'a pas été lue.', en: 'The request does not follow the HTTP protocol and was not read.' },
  EVENT_KIND_UNKNOWN: { status: 400, field: 'kinds', fr: 'Aucun événement ne s\'appelle « {kind} ».', en: 'No event is called "{kind}".' },
  EVENT_STREAMS_FULL: { status: 429, fr: 'Trop de flux en direct sont déjà ouverts. Fermez-en un, puis réessayez.', en: 'Too many live streams are already open. Close one, then try again.' },
  WEBHOOK_URL_INVALID: { status: 400, field: 'url', fr: 'Cette adresse n\'est pas utilisable. Donnez une adresse https complète, sans nom d\'utilisateur ni mot de passe.', en: 'This address cannot be used. Give a whole https address, without a user name or a password.' },
  WEBHOOK_URL_PRIVATE: { status: 422, field: 'url', fr: 'L\'adresse {host} appartient à un réseau privé ou réservé. Donnez une adresse publique.', en: 'The address {host} belongs to a private or reserved network. Give a public address.' },
  WEBHOOK_ENDPOINTS_FULL: { status: 409, fr: 'Une société garde au plus {limit} adresses de webhook. Supprimez-en une d\'abord.', en: 'A company keeps at most {limit} webhook addresses. Delete one first.' },
  WEBHOOK_DISABLED: { status: 409, fr: 'Ce webhook est suspendu. Réactivez-le d\'abord.', en: 'This webhook is disabled. Enable it first.' },
  NOT_A_FIRM: { status: 409, fr: 'Seul un cabinet a un portefeuille.', en: 'Only a firm has a portfolio.' },
  JOB_NOT_FAILED: { status: 409, fr: 'Ce travail n\'attend pas de décision : il est en cours, terminé ou déjà repris.', en: 'This job waits for no decision: it is under way, done or already taken up again.' },
  WORKFLOW_UNKNOWN: { status: 422, field: 'workflow', fr: 'L\'enchaînement « {workflow} » n\'existe pas.', en: 'The workflow "{workflow}" does not exist.' },
  WORKFLOW_RUNNING: { status: 409, fr: 'Cet enchaînement est déjà en cours. Attendez sa fin ou annulez-le.', en: 'This workflow is already under way. Wait for its end or cancel it.' },
  WORKFLOW_NOT_FAILED: { status: 409, fr: 'Cet enchaînement n\'a pas échoué : il n\'y a rien à relancer.', en: 'This workflow has not failed: there is nothing to retry.' },
  WORKFLOW_ENDED: { status: 409, fr: 'Cet enchaînement est déjà terminé.', en: 'This workflow has already ended.' },
  WORKFLOW_NOT_WAITING: { status: 409, fr: 'Cet enchaînement n\'attend pas cette décision. Quelqu\'un l\'a peut-être déjà prise.', en: 'This workflow does not wait for this decision. Someone may have taken it already.' },
  WORKFLOW_CHOICE_UNKNOWN: { status: 422, field: 'choice', fr: 'La réponse « {choice} » n\'est pas proposée par la question.', en: 'The question does not offer the answer "{choice}".' },
  WORKFLOW_STEP_UNKNOWN: { status: 422, fr: 'Cette version ne connaît plus l\'étape « {step} ». Annulez cet enchaînement et démarrez-en un autre.', en: 'This version no longer knows the step "{step}". Cancel this workflow and start another one.' },
  DATABASE_UNAVAILABLE: { status: 503, passing: true, fr: 'La base de données ne répond pas pour le moment. Réessayez dans un instant.', en: 'The database does not answer at the moment. Try again shortly.' },
  DATABASE_BUSY: { status: 503, passing: true, fr: 'La base de données est trop occupée pour cette demande. Rien n\'a été enregistré : réessayez dans un instant.', en: 'The database is too busy for this request. Nothing was stored: try again shortly.' },
  STORAGE_FULL: { status: 507, fr: 'Le disque du serveur est plein. Rien n\'a été enregistré : prévenez la personne qui l\'administre.', en: 'The disk of the server is full. Nothing was stored: tell whoever administers it.' },
  DATA_FOLDER_LOCKED: { status: 500, fr: 'Le dossier {folder} est déjà ouvert par le processus {pid}.', en: 'The folder {folder} is already open in process {pid}.' },
  NOT_READY: { status: 503, passing: true, fr: 'Le service démarre ou s\'arrête. Réessayez dans un instant.', en: 'The service is starting or stopping. Try again in a moment.' },
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

/** Whether the same request may succeed in a moment, unchanged. */
export function isPassing(code: ErrorCode): boolean {
  const row: ErrorRow | undefined = ERRORS[code]
  return row?.passing === true
}
