import type { Shape } from './types.ts'

const DAY = '\\d{1,2}[/.]\\d{1,2}(?:[/.]\\d{2,4})?'
const CARD_TAIL = '(?: CARTE (?:NUMERO |NO |N )?[\\dX*]+| CB ?\\*?\\d+)?'

/** Cards as French banks write them. */
const CARDS: readonly Shape[] = [
  { rule: 'fr-card-du@1', method: 'card', confidence: 0.95, pattern: new RegExp(`^(?:FACTURE|PAIEMENT|REMBOURSEMENT|AVOIR|ANNULATION)S? (?:CARTE|CB) DU (?<day>\\d{6}|${DAY}) (?<who>.+?)(?: CARTE [\\dX*]*| CART| CAR)?$`) },
  { rule: 'fr-card-par@1', method: 'card', confidence: 0.95, pattern: new RegExp(`^(?:PAIEMENT|REMBOURSEMENT) PAR CARTE(?: X?\\d{4})? (?<who>.+?)(?: (?<day>${DAY}))?$`) },
  { rule: 'fr-card-x@1', method: 'card', confidence: 0.95, pattern: /^CARTE X\d{4} (?:REMBT )?(?<day>\d{2}\/\d{2}) (?<who>.+)$/ },
  { rule: 'fr-card-cb-ddmm@1', method: 'card', confidence: 0.95, townFirst: true, pattern: /^(?:PAIEMENT|PAIMT|AVOIR) (?:CB|PSC) (?<day>\d{4}|\d{6}) (?<who>.+?)(?: CARTE \d*| CART| CAR)?$/ },
  { rule: 'fr-card-achat@1', method: 'card', confidence: 0.95, pattern: new RegExp(`^(?:ACHAT|CREDIT|REMBOURSEMENT) CB (?<who>.+?) (?<day>\\d{2}\\.\\d{2}\\.\\d{2,4}).*$`) },
  { rule: 'fr-card-fact@1', method: 'card', confidence: 0.95, pattern: /^CB (?<who>.+?) FACT (?<day>\d{6}).*$/ },
  { rule: 'fr-card-day@1', method: 'card', confidence: 0.95, pattern: new RegExp(`^(?:CARTE|AVOIR|CB) (?:DU )?(?<day>${DAY}) (?<who>.+?)${CARD_TAIL}$`) },
  { rule: 'fr-card-cb-end@1', method: 'card', confidence: 0.9, pattern: new RegExp(`^CB (?<who>.+?) (?<day>${DAY}).*$`) },
  { rule: 'fr-card-takings@1', method: 'card', confidence: 0.9, nobody: true, pattern: /^(?:REMISES? (?:DE )?(?:CARTES?|CB)|TELECOLLECTE|VACATION|REM(?:ISE)? CB|CREDIT CARTES?)\b(?<who>.*)$/ },
  { rule: 'fr-card-any@1', method: 'card', confidence: 0.7, pattern: new RegExp(`^(?:PAIEMENT |ACHAT |FACTURE )?(?:PAR )?(?:CB|CARTE|CARTE BANCAIRE)\\b[ .:-]*(?<who>[A-Z].*?)${CARD_TAIL}$`) },
]

const CASH: readonly Shape[] = [
  { rule: 'fr-cash-out@1', method: 'cash', confidence: 0.95, nobody: true, pattern: new RegExp(`^(?:CARTE X?\\d{4} )?(?:RETRAITS?|RET) (?:DAB|GAB|CB|AU DISTRIBUTEUR|D'?ESPECES|ESPECES|CARTE|AUTOMATE)\\b(?: X?\\d{4}(?= ))?(?: (?<day>${DAY}|\\d{4}(?= )|\\d{6}(?= )))?(?<who>.*)$`) },
  { rule: 'fr-cash-in@1', method: 'cash', confidence: 0.95, nobody: true, pattern: /^(?:VERSEMENT|VERSTS?|DEPOT|REMISE|VRST)(?: (?:D'|D |DE )?)ESPECES\b(?<who>.*)$/ },
  { rule: 'fr-cash-word@1', method: 'cash', confidence: 0.7, nobody: true, pattern: /^ESPECES\b(?<who>.*)$/ },
]

const CHEQUES: readonly Shape[] = [
  { rule: 'fr-cheque-in@1', method: 'cheque', confidence: 0.95, nobody: true, pattern: /^(?:REMISE|REM|VERSEMENT|DEPOT|ENCAISSEMENT)(?: DE)?(?: \d+)? (?:CHEQUES?|CHQS?)\b\.?(?: ?\(?S\)?)?(?:.*?(?<number>\d{4,}))?.*$/ },
  { rule: 'fr-cheque@1', method: 'cheque', confidence: 0.9, nobody: true, pattern: /^(?:CHEQUES?|CHQ)\b\.?(?: EMIS)?(?: ?N ?[°O.]*)? ?(?<number>\d{4,})?.*$/ },
]

const DEBITS: readonly Shape[] = [
  { rule: 'fr-debit-rejected@1', method: 'direct_debit', confidence: 0.85, runsOn: true, pattern: /^(?:REJET|REJ|IMPAYE|RETOUR|REGUL)(?: DE)? (?:PRLV|PRELEVEMENT)(?: SEPA)? ?(?<who>.*)$/ },
  { rule: 'fr-debit-taken@1', method: 'direct_debit', confidence: 0.9, runsOn: true, pattern: /^REMISES? (?:DE )?(?:PRLV|PRELEVEMENTS?)(?: SEPA)?\b ?(?<who>.*)$/ },
  { rule: 'fr-debit-slashes@1', method: 'direct_debit', confidence: 0.95, pattern: /^PRLV SEPA (?<who>.+?) ECH\/\d{6}(?: ID EMETTEUR\/(?<creditor>\S+))?(?: MDT\/(?<mandate>\S+))?(?: REF\/(?<reference>\S+))?(?: LIB\/(?<reason>.*))?$/ },
  { rule: 'fr-debit-colons@1', method: 'direct_debit', confidence: 0.95, pattern: /^PRELEVEMENT EUROPEEN \d+ DE ?: ?(?<who>.+?)(?: ID ?: ?(?<creditor>\S+))?(?: MOTIF ?: ?(?<reason>.*?))?(?: REF ?: ?(?<reference>\S+))?(?: MANDAT ?:? ?(?<mandate>\S+))?$/ },
  { rule: 'fr-debit-de@1', method: 'direct_debit', confidence: 0.95, pattern: /^PRELEVEMENT DE (?<who>.+?) REF ?: ?(?<reference>.+)$/ },
  { rule: 'fr-debit@1', method: 'direct_debit', confidence: 0.85, runsOn: true, pattern: /^(?:PRLVT?|PRELEVT|PRELEVEMENT|PRELEV|PLVT|PRLVMT)\b\.?(?: SEPA| EUROPEEN| B2B| CORE)*(?: DE)? (?<who>.+)$/ },
  { rule: 'fr-loan@1', method: 'direct_debit', confidence: 0.6, nobody: true, pattern: /^(?:ECHEANCES?|ECH|REMBT|REMBOURSEMENT)(?: DE| DU)? (?:PRET|CREDIT|EMPRUNT)\b(?<who>.*)$/ },
]

const TRANSFERS: readonly Shape[] = [
  { rule: 'fr-transfer-in-slashes@1', method: 'transfer', confidence: 0.95, pattern: /^VIR(?:EMENT)?(?: SEPA)?(?: INST(?:ANTANE)?)? RECU \/DE (?<who>.+?)(?: \/MOTIF (?<reason>.*?))?(?: \/REF (?<reference>.*))?$/ },
  { rule: 'fr-transfer-out-slashes@1', method: 'transfer', confidence: 0.95, pattern: /^VIR(?:EMENT)?(?: SEPA)?(?: INST(?:ANTANE)?)? EMIS \/MOTIF (?<reason>.*?) \/BEN (?<who>.+?)(?: \/REFDO (?<reference>\S+).*)?$/ },
  { rule: 'fr-transfer-in-colons@1', method: 'transfer', confidence: 0.95, pattern: /^VIR(?: INST(?:ANTANE)?)? RECU \d+ DE ?: ?(?<who>.+?)(?: MOTIF ?: ?(?<reason>.*?))?(?: REF ?: ?(?<reference>.*))?$/ },
  { rule: 'fr-transfer-out-colons@1', method: 'transfer', confidence: 0.95, pattern: /^(?:\d{6} )?VIR(?: EUROPEEN| INST(?:ANTANE)?| SEPA)? EMIS(?: LOGITEL| NET)? POUR ?: ?(?<who>.+?)(?: \d{2} \d{2} BQ .*?)?(?: REF ?: ?(?<reference>.*?))?(?: MOTIF ?: ?(?<reason>.*))?$/ },
  { rule: 'fr-transfer-favour@1', method: 'transfer', confidence: 0.9, runsOn: true, pattern: /^VIR(?:EMENT)?(?: INSTANTANE)? EN VOTRE FAVEUR(?: DE)? (?<who>.+)$/ },
  { rule: 'fr-transfer-web@1', method: 'transfer', confidence: 0.9, runsOn: true, pattern: /^VIR(?:EMENT)?(?: SEPA| INST(?:ANTANE)?)? EMIS(?: WEB| NET| MOBILE)?(?: VERS| POUR| A)? (?<who>.+)$/ },
  { rule: 'fr-transfer-words@1', method: 'transfer', confidence: 0.9, runsOn: true, pattern: /^VIREMENT(?: SEPA)?(?: INSTANTANE)?(?: PERMANENT)? (?:DE|A|POUR|VERS) (?<who>.+)$/ },
  { rule: 'fr-transfer@1', method: 'transfer', confidence: 0.8, runsOn: true, pattern: /^(?:VIR|VIRT|VRT|VIRM|VIREMENT)\b\.?(?: (?:SEPA|INST|INSTANTANE|PERM|PERMANENT|RECU|EMIS|WEB|INTL|INTERNATIONAL|EUROPEEN|DE))* (?<who>.+)$/ },
]

const FEES: readonly Shape[] = [
  { rule: 'fr-interest@1', method: 'interest', confidence: 0.9, nobody: true, pattern: /^(?:INTERETS?|INT|AGIOS?|ARRETE DE COMPTE)\b(?<who>.*)$/ },
  { rule: 'fr-fee@1', method: 'fee', confidence: 0.9, nobody: true, pattern: /^(?:F )?\*?(?:FRAIS|COMMISSIONS?|COM(?:MISSION)?S? (?:D|DE|SUR|MVT|INTERV)|TENUE DE COMPTE|ABONNEMENT (?:BANQUE|INTERNET|COMPTE)|SERVICES BANCAIRES|COTIS(?:ATION)?S? (?:MENSUELLE|TRIMESTRIELLE|ANNUELLE|COMPTE|CARTE|CB|ESPRIT|BOUQUET|OFFRE|FORMULE|JAZZ|EUROCOMPTE|CONVENTION|FORFAIT))\b(?<who>.*)$/ },
  { rule: 'fr-fee-word@1', method: 'fee', confidence: 0.6, nobody: true, pattern: /^(?:F )?\*?(?:COTIS(?:ATION)?S?)\b(?<who>.*)$/ },
]

/** Tried in this order: the first that fits is the one. */
export const FRENCH_SHAPES: readonly Shape[] = [...CASH, ...CHEQUES, ...CARDS, ...DEBITS, ...TRANSFERS, ...FEES]
