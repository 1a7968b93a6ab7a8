import type { Shape } from './types.ts'

const REFERENCE = '(?:[ ,]+REF(?:ERENCE)?[: ]+(?<reference>.+))?'

/** Labels as British, Irish, North American and on-line banks write them. Tried in this order, after the French ones. */
export const ENGLISH_SHAPES: readonly Shape[] = [
  { rule: 'en-cash@1', method: 'cash', confidence: 0.95, nobody: true, pattern: /^(?:NON[- ]\S+ )?(?:ATM|CASH|CASHPOINT|CASH MACHINE) ?(?:WITHDRAWAL|WITHDRWL|W\/D|DEPOSIT|ADVANCE)\b(?! FEE)(?<who>.*)$/ },
  { rule: 'en-fee@1', method: 'fee', confidence: 0.9, nobody: true, pattern: /^(?:[A-Z-]+ ){0,3}(?:FEES?|SERVICE CHARGES?|BANK CHARGES?)\b(?<who>.*)$/ },
  { rule: 'en-interest@1', method: 'interest', confidence: 0.9, nobody: true, pattern: /^(?:GROSS |NET |CREDIT |DEBIT )?INTEREST\b(?<who>.*)$/ },
  { rule: 'en-card-check@1', method: 'card', confidence: 0.95, dayOrder: 'month-first', pattern: /^(?:CHECK ?CARD|DEBIT CARD(?: PURCHASE)?|CARD PURCHASE(?: WITH PIN)?|RECURRING CARD PURCHASE|PURCHASE AUTHORIZED ON|POS(?: DEBIT| PURCHASE| REFUND)?|VISA(?: DEBIT| PURCHASE)?)(?: -)?(?: X*\d{4} )?(?: ?(?<day>\d{2}\/?\d{2}))? ?(?<who>[A-Z].*?)(?: CARD \d{4}| X{3,}.*)?$/ },
  { rule: 'en-card-to@1', method: 'card', confidence: 0.95, pattern: /^CARD (?:PAYMENT|TRANSACTION|PURCHASE)(?: TO| AT| -)? (?<who>.+?)(?: ON (?<day>\d{1,2} [A-Z]{3}(?: \d{2,4})?).*)?$/ },
  { rule: 'en-cheque@1', method: 'cheque', confidence: 0.95, nobody: true, pattern: /^(?:CHECK|CHEQUE|CHQ)(?: PAID| DEPOSIT)?(?: #| NO\.?| NUMBER)? ?(?<number>\d{1,10})?$/ },
  { rule: 'en-debit@1', method: 'direct_debit', confidence: 0.95, pattern: new RegExp(`^(?:DIRECT DEBIT|SEPA DIRECT DEBIT|DD)(?: PAYMENT)?(?: TO)? (?<who>.+?)${REFERENCE}$`) },
  { rule: 'en-ach-name@1', method: 'direct_debit', confidence: 0.9, pattern: /^ORIG CO NAME: ?(?<who>.+?)(?: CO ENTRY DESCR: ?(?<reason>.+?))?(?: (?:ORIG ID|SEC|TRACE#|IND ID|CO ENTRY DESCR): ?.*)?$/ },
  { rule: 'en-ach@1', method: 'direct_debit', confidence: 0.85, pattern: /^(?:ACH|ELECTRONIC|PREAUTHORIZED) (?:DEBIT|CREDIT|PMT|PAYMENT|WITHDRAWAL|DEPOSIT)[ -]+(?<who>.+)$/ },
  { rule: 'en-transfer@1', method: 'transfer', confidence: 0.9, pattern: new RegExp(`^(?:FASTER PAYMENTS?(?: RECEIPT)?|BANK TRANSFER|ONLINE TRANSFER|TRANSFER|STANDING ORDER|WIRE(?: TRANSFER)?|BACS|BILL PAYMENT|ZELLE PAYMENT|SEPA CREDIT TRANSFER|MONEY (?:SENT|RECEIVED)|PAYMENT)(?: VIA \\S+)? (?:FROM|TO) (?<who>.+?)${REFERENCE}$`) },
]
