import { words } from '../csv/words.ts'

/** What a line of a statement that is no movement says. */
export type Notice = 'opening' | 'closing' | 'balance' | 'carried' | 'total' | 'out' | 'in' | 'ignored' | undefined

const CARRIED = /\b(a reporter|carried forward|report(e|er)? (a|sur) la page suivante|total reporte|sous total|sub ?total|solde intermediaire|suite page suivante|continued|report page|uebertrag|ubertrag)\b/
const BROUGHT = /\b(brought forward|report( (du|de la|page).*)?|solde reporte|report de solde|page precedente)\b/
const OPENING = /\b(ancien|anterieur|precedent|initial|opening|previous|beginning|starting|start|last statement|de depart|debut|anfangssaldo|alter|beginsaldo|inicial|iniziale)\b/
const CLOSING = /\b(nouveau|final|finale|closing|ending|new|en fin|fin de|endsaldo|neuer|eindsaldo|current)\b/
const BALANCE = /\b(solde|balance|saldo|kontostand|beginsaldo|eindsaldo|anfangssaldo|endsaldo)\b/
const NOT_A_BALANCE = /\b(moyen|moyenne|average|minimum|maximum|disponible|available|autorise|plafond|interest|interets|mediateur|garantie|overdraft|previsionnel)\b/
const TOTAL = /^(grand )?(totaux|totals?|summe|totaal|totale)\b|\btotal (des|du|de la|debits?|credits?|mouvements|withdrawals|deposits|payments|paid|money|amount)\b/
const SECTION_OUT = /^((autres |other |electronic |total )?(retraits|debits|withdrawals|payments|prelevements|paiements|operations au debit|checks paid|cheques paid|virements emis|withdrawals and debits|withdrawals and other debits|fees|frais|card purchases|atm withdrawals|purchases|money out|subtractions)( and (other )?(debits|subtractions|fees|charges))?)$/
const SECTION_IN = /^((autres |other |electronic )?(deposits|credits|versements|depots|operations au credit|remises|virements recus|money in|additions)( and (other )?(credits|additions|deposits))?)$/

/** What the words of a line announce, apart from its amounts. */
export function noticeOf(text: string): Notice {
  const said = words(text)
  if (said === '') return undefined
  if (SECTION_OUT.test(said)) return 'out'
  if (SECTION_IN.test(said)) return 'in'
  if (CARRIED.test(said)) return 'carried'
  if (BALANCE.test(said)) {
    if (NOT_A_BALANCE.test(said)) return 'ignored'
    if (OPENING.test(said) && !CLOSING.test(said)) return 'opening'
    if (CLOSING.test(said) && !OPENING.test(said)) return 'closing'
    return /^(vos? |votre |your |le |the )?(solde|balance|saldo|kontostand|beginsaldo|eindsaldo)\b/.test(said) || BROUGHT.test(said) || /\bau \d/.test(said) ? 'balance' : 'ignored'
  }
  if (/^(report|brought forward)\b/.test(said)) return 'balance'
  return TOTAL.test(said) ? 'total' : undefined
}

/** True for a balance taken over from the page before: it repeats what is known. */
export function isBrought(text: string): boolean {
  return BROUGHT.test(words(text))
}

/** The sign that the words of a balance give it: a debit balance is owed to the bank. */
export function balanceSign(text: string): -1 | 1 | null {
  const said = words(text)
  if (/\b(debiteur|debit balance|overdrawn|en votre debit|debit)\b/.test(said)) return -1
  return /\b(crediteur|credit balance|en votre faveur|credit)\b/.test(said) ? 1 : null
}
