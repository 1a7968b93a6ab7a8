import { plain } from './dates.ts'

/** What a column of a bank's table can be. */
export type Role =
  | 'booked' | 'value' | 'amount' | 'debit' | 'credit' | 'fee' | 'sign' | 'balance' | 'currency' | 'originalAmount' | 'originalCurrency'
  | 'label' | 'name' | 'iban' | 'account' | 'reference' | 'bankId' | 'status' | 'share'

/** A reading of a header: a role, and how well it fits (lower is better) when several columns claim it. */
export type Claim = { readonly role: Role; readonly rank: number }

/** "Débit (EUR)" -> "debit eur", "dateOp" -> "date op". */
export function words(header: string): string {
  return plain(header.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')).replace(/ß/g, 'ss').replace(/ł/g, 'l').replace(/[øö]/g, 'o').replace(/[^a-z0-9]+/g, ' ').trim()
}

/** French, English, German, Dutch, Italian, Spanish, Portuguese, and the Nordic and Polish words met most. Tried in this order; a header may claim several roles. */
const VOCABULARY: readonly (readonly [Role, number, RegExp])[] = [
  ['share', 1, /^(shares?|total shares|quantity|quantite|price|cours|prix unitaire|fund|fonds|ticker|symbol|symbole|isin|units?|closing price|closing value|unit price|stuck|nominal|nav|kurs|anzahl|titre|total value|shares? \d*)$/],
  ['originalCurrency', 1, /(original|orig|oorspr|ursprung|foreign)\w*.*(currency|munt|valuta|wahrung|waehrung|devise)|^(originalwahrung|originalwaehrung|waluta operacji|exchange (from|to)|devise d origine)$/],
  ['originalAmount', 1, /\b(original|orig|oorspr|ursprung|foreign|instructed)\w* ?(amount|bedrag|betrag|montant|importe|importo|value)|^(amount (currency|foreign.*|in original currency)|montant (devise|en devise.*|d origine|devise d origine)|originalbetrag|einzelbetrag|lastschrift ursprungsbetrag|fremdwahrungsbetrag|transaction amount foreign)$/],
  ['value', 1, /(date|data|fecha|datum|dat)\b.*\b(valeur|value|val|valuta|valor|rente|waluty)|^(value date|valuta(datum|tag|dato)?|valutadatum|rentedatum|rentedato|arvopaiva|wert|wertstellung(stag|sdatum)?|dateval|valor|date val|valeur|available on.*|valutering)$/],
  ['booked', 1, /^(booking date|bookingdate|booked( on| date)?|post(ing|ed)? date|posted|date posted|posted transactions? date|bokfort( dato)?|kirjauspaiva|datum zauctovani|boekdatum|date processed|processed( date)?|date (de )?(comptabilisation|comptable|compta)|date comptabilisation|buchungs?(tag|datum)|buchung|boek(ings)?datum|uitvoeringsdatum|bokforings?(dag|datum)|bogforingsdato|bokforingsdato|data contabile|data registrazione|data (mov|movimento|lancamento)|fecha (contable|de operacion|operacion|oper)|data ksiegowania|completed date|date d ecriture|date ecriture|settlement date.*|entry date|accounting date|datum boeking)$/],
  ['booked', 2, /^(date|datum|data|fecha|dato|dates?|dag|kuupaev|jour|paiva|date (d )?operation( utc)?|date de l operation.*|date op|date oper|operation date.*|data operacji|data operazione|data da operacao|data transakcji|date du mouvement|date mouvement|date heure|date time|datetime|date and time)$/],
  ['booked', 3, /^((transaction|trans|trx|purchase|created|started|effective|creation|payment|completion) (date|on|utc).*|created( utc)?|date de (la )?transaction|date (d )?achat|date created|transaktionsdatum|transactiedatum|belegdatum|umsatzdatum|transaktionstag|abschlussdatum|data transazione|data zlecenia|created at|timestamp|time)$/],
  ['sign', 1, /^(af bij|bij af|soll haben( kennzeichen)?|s h|h s|d c|c d|dc|cd|d k|k d|cr dr|dr cr|debit (or )?credit|credit (or )?debit|credit ?debet|debit kredit|debet kredit|debet credit|sens( .*)?|signe?|sign|(credit debit|debit credit|dc|cd) (indicator|code|flag|mark)|indicator|dare avere|cargo abono|credit debit indicator|kennzeichen)$/],
  ['sign', 2, /^(transaction type|type de transaction|type|type d operation|type operation|transaktionstyp|type mouvement|type de mouvement|umsatzart|flag|direction|operation)$/],
  ['balance', 1, /\b(balance|accountbalance|solde|saldo|salda|soldes|kontostand|zustatek|stan konta|saldi)\b|\bbal$/],
  ['fee', 1, /^(fees?|frais|total fees?|commission|gebuhr|kosten|stripe fee)$/],
  ['debit', 1, /^(montant )?(debits?|debit euros?|debet|debe|debito|debitos|money out|paid out|withdrawals?|withdrawal amount|outflow|out|retraits?|depenses?|soll|belastung(en)?|dare|uscit[ae]|cargos?|adeudos?|ut fra konto|ut|lastschrift|afschrift|sorties?|salidas?|spent|wydatki|obciazenia|debit amount|amount debit|af|gastos?|ausgaben?|charge amount|addebiti|belop ut)( (eur|euros?|chf|usd|gbp|cad|sgd|in \w+|en \w+|[a-z]{1,3}))?$/],
  ['credit', 1, /^(montant )?(credits?|credit euros?|kredit|haber|credito|creditos|money in|paid in|deposits?|deposit amount|inflow|in|versements?|recettes?|haben|gutschrift(en)?|avere|entrat[ae]|abonos?|inn pa konto|inn|bijschrift|entrees?|entradas?|received|wplywy|uznania|credit amount|amount credit|bij|ingresos?|einnahmen?|encaissements?|accrediti|belop inn)( (eur|euros?|chf|usd|gbp|cad|sgd|in \w+|en \w+|[a-z]{1,3}))?$/],
  ['amount', 0, /^(net|net amount|montant net|kwota w walucie rachunku|buchungsbetrag|transaction amount local|amount in account currency|billing amount|amount billed|montant total( .*)?|total amount( .*)?)$/],
  ['amount', 1, /^(amount|montant|betrag|bedrag|importo|importe|belopp|belop|belob|maara( .*)?|objem|amount total|kwota|umsatz|summa?|castka|montants?|amounts?|transaction amount|transaktionsbetrag|bedrag|montant (de l |de la |d |du )?(operation|transaction|mouvement|ecriture)( .*)?|(amount|montant|betrag|bedrag|importo|importe|kwota|belopp) (in |en )?(eur|euros?|chf|usd|gbp|cad|aud|sek|nok|dkk|pln|sgd|[a-z]{3})|kwota operacji|kwota transakcji|cantidad|valor r?|value|movimento|movimiento|mouvement|somme|amount local.*)$/],
  ['amount', 2, /^(eur|usd|cad|gbp|chf|gross|gross amount|montant brut|total|brutto|net value)$/],
  ['currency', 1, /^(currency|ccy|curr|devise|wahrung|waehrung|munt|valuta|divisa|moneda|moeda|waluta|mena|valutacode|currency code|(account|compte|statement).*currency.*|devies|devise du compte|buchungswahrung|waluta rachunku|valuta rekening|currency iso|devises|monnaie|wkz)$/],
  ['iban', 1, /^((partner|counterparty|contrepartie|beneficiary|payee|recipient|sender) (iban|account).*|iban (zahlungsbeteiligter|empfanger|beneficiaire|contrepartie|de la contrepartie|tegenpartij|du tiers)|tegenrekening.*|kontonummer iban|iban kontonummer|compte (de la )?contrepartie|compte contrepartie|gegenkonto|counter account|conto controparte|rekening tegenpartij|contra account|konto kontrahenta|compte partie adverse|rekening(nummer)? (van de )?tegenpartij|bank account|iban tiers)$/],
  ['account', 1, /^(iban|iban bban|account iban|iban auftrag(geber)?konto|iban du compte|iban compte|account number|account no|account nr|account num|accountnum|account id|compte|numero (de |du )?compte|n compte|no compte|num compte|rekening|rekeningnummer|cuenta|numero cuenta|conto|konto|kontonummer|kontonr|numer rachunku|auftragskonto|auftraggeberkonto|eigen rekening|posted account|card number|numero de carte)$/],
  ['account', 2, /^(account|account name|nom du compte|libelle (du )?compte|account label|product|produit|bezeichnung auftragskonto|productnaam|nom compte)$/],
  ['name', 2, /^(name|naam|nom|namn|nombre)$/],
  ['name', 1, /^(payee|payee name|counter ?party( name)?|nom contrepartie.*|saaja.*|maksaja.*|partner name|merchant( name)?|beneficiary( name)?|payer|recipient|tiers|contrepartie|nom (de la |du )?(contrepartie|tiers|beneficiaire)|beneficiaire|donneur d ordre|tegenpartij.*|naam (van de )?(tegenpartij|ontvanger).*|tegenrekeninghouder|name (zahlungsbeteiligter|des zahlungsbeteiligten)|beguenstigter.*|begunstigter.*|auftraggeber.*|empfanger.*|zahlungsempfanger.*|zahlungspflichtiger.*|ordinante|beneficiario|controparte|naam omschrijving|nazwa.*|mottagare|namn|avsandare|supplier ?found|commercant|fournisseur)$/],
  ['status', 1, /^(status|state|statut|etat|estado|stato|stan|info|transaction status)$/],
  ['bankId', 1, /^(bank ref|bank reference|bank id|fit ?id|(bank )?transaction (id|ref|reference|number|no)|transaction unique id|transferwise id|wise id|record id|movement id|operation id|identifiant( .*)?|id transaction|buchungsreferenz|transactiereferentie|transaktions (nr|id|nummer)|numero d operation|numero operation|numero de transaction|n operation|reference (de l )?operation|transaktionsnummer|entry id|uuid)$/],
  ['bankId', 2, /^(id|volgnr|volgnummer|no|nr|num|numero|sequence)$/],
  ['reference', 1, /^(reference|referentie|viite|ref|referencia|riferimento|referenz|reference number|reference no|kundenreferenz.*|end to end.*|endtoend.*|customer reference|reference (client|paiement|de paiement|du paiement)|betalingskenmerk|invoice|invoice (number|no)|cheque( number| no)?|check number|numero de cheque|eref|ref client)$/],
  ['label', 2, /^(transaction type|type de transaction|type|type d operation|type operation|transaktionstyp|umsatzart|operation|mutatie ?soort|type verrichting|type betaling|info)$/],
  ['label', 1, /(libelle|description|descripcion|descrizione|descricao|details?$|detalles?|detail |narrative|narration|particulars|omschrijving|mededeling|selitys|zprava|transactie$|verwendungszweck|buchungstext|beschreibung|beschrijving|causale|concept|historico|historique|communication|motif|objet|memo|betreff|payment reference|informations? complementaires|transaktionsbeschreibung|booking text|remittance|^(label|text|tekst|texte|nature|forklaring|opis.*|tytul.*|popis|meddelande|rubrik|transaktion|transaction|comment|commentaire|observaciones|notes?|subject|wording|message|reference texte|more details|additional information|note|category ?type)$)/],
]

const CACHE = new Map<string, readonly Claim[]>()
const CACHE_MAX = 2000

/** The roles a header claims, best first. Empty when the header is not of the vocabulary. */
export function claimsOf(header: string): readonly Claim[] {
  const text = words(header)
  if (text === '' || text.length > 60) return []
  const known = CACHE.get(text)
  if (known) return known
  // "Montant (EUR)" and "Amount EUR" claim what "Montant" and "Amount" claim.
  const bare = text.replace(/ (in |en )?(eur|euros?|usd|gbp|chf|cad|utc)$/, '')
  const claims = VOCABULARY.filter(([, , pattern]) => pattern.test(text) || pattern.test(bare)).map(([role, rank]) => ({ role, rank }))
  if (CACHE.size < CACHE_MAX) CACHE.set(text, claims)
  return claims
}

const DEBIT_FLAGS = new Set(['d', 'db', 'dr', 'dbit', 'debit', 'debet', 'debito', 's', 'soll', 'af', 'o', 'out', 'outflow', 'belastung', 'dare', 'cargo', 'uscita', 'salida', 'withdrawal', 'ausgang', 'sortie', 'retrait', '-', 'expense', 'depense', 'lastschrift'])
const CREDIT_FLAGS = new Set(['c', 'cr', 'crdt', 'credit', 'credito', 'kredit', 'k', 'h', 'haben', 'bij', 'i', 'in', 'inflow', 'gutschrift', 'avere', 'abono', 'entrata', 'entrada', 'deposit', 'eingang', 'entree', 'versement', '+', 'income', 'recette'])

/** The direction a flag cell names; undefined when it is no flag. */
export function flagOf(cell: string): 'debit' | 'credit' | undefined {
  const text = cell === '-' || cell === '+' ? cell : words(cell)
  return DEBIT_FLAGS.has(text) ? 'debit' : CREDIT_FLAGS.has(text) ? 'credit' : undefined
}

/** True for a cell that says a movement is not booked yet. */
export function isPendingWord(cell: string): boolean {
  return /^(pending|authori[sz]ed|processing|en attente|en cours|a venir|vorgemerkt|umsatz vorgemerkt|offen|in behandeling|gereserveerd|pendiente|in sospeso|non contabilizzato|reserved|reserverad|oczekujaca|not posted|unposted|in attesa)\b/.test(words(cell))
}

/** True for a status of a movement that never took place. */
export function isCancelledWord(cell: string): boolean {
  return /^(declined|failed|reverted|cancel+ed|rejected|refused?|annulee?|rejetee?|abgelehnt|geweigerd|geannuleerd|storniert|rifiutat[ao]|annullat[ao]|rechazad[ao]|cancelad[ao]|denied|expired|voided)\b/.test(words(cell))
}

/** What a row that is not a movement says in the place of its label. */
export function summaryKind(cell: string): 'opening' | 'closing' | 'total' | undefined {
  if (cell.length > 80 || !/bal|sald|sold|konto|tota|turn|summ|suma|gesamt|omzet/i.test(cell)) return undefined
  const text = words(cell)
  const isBalance = /\b(balance|solde|saldo|kontostand|eindsaldo|beginsaldo|endsaldo|anfangssaldo)\b/.test(text)
  if (isBalance && /\b(opening|initial|inicial|iniziale|ancien|precedent|previous|start(ing)?|beginning|begin|beginsaldo|anfangs|anfangssaldo|alter|ouverture|brought forward|debut|anterior)\b/.test(text)) return 'opening'
  if (isBalance && /^(closing|ending|final|new|nouveau|current|end|neuer|eind|finale|available|solde|saldo|balance|kontostand|eindsaldo|endsaldo)\b/.test(text)) return 'closing'
  return /^(grand |sub ?)?(total|totals|totaux|sous total|turnover|summe|totaal|totale|summa|suma|gesamt|omzet)\b( (debits?|credits?|des .*|general|debet|eur|euros?|sum))*$/.test(text) ? 'total' : undefined
}
