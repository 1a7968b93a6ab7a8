import type { Text } from '../kernel/problem.ts'
import { type LocalDate, toEpochDay } from '../kernel/local-date.ts'
import { fold } from '../matching/normalise.ts'
import { byKey } from './by-key.ts'

/** A booked line that no transfer explains yet. Amounts are signed minor units; `account` is ours. */
export type TransferLine = { readonly id: string; readonly account: string; readonly bookedOn: LocalDate; readonly minor: bigint; readonly currency: string; readonly label: string; readonly counterpartyIban: string | null }

/** An account of the company, with the IBAN another bank would write. */
export type OwnAccount = { readonly id: string; readonly name: string; readonly iban: string | null }

/**
 * Two lines that may be one movement of the company's own money. `certain`: nothing else fits, and the bank names the other account
 * or both sides say it is a transfer between accounts. `ambiguous`: another line fits as well, a person chooses.
 */
export type TransferPair = { readonly out: string; readonly in: string; readonly reasons: readonly Text[]; readonly certain: boolean; readonly ambiguous: boolean }

/** Money leaves one bank and reaches the other within a few working days. */
export const TRANSFER_DAYS_MAX = 5
/** Two candidates this close in score are as good as each other. */
const AS_GOOD = 0.25

/** How banks and people write a movement between two accounts of one holder. */
const TRANSFER_WORDS = /\b(VIR(?:EMENT)?S? (?:SEPA )?(?:INTERNE?S?|DE COMPTE A COMPTE|COMPTE A COMPTE|ENTRE COMPTES?|VERS|DEPUIS)|COMPTE A COMPTE|ENTRE (?:MES |NOS |VOS )?COMPTES|VIR(?:EMENT)? INT|TRESORERIE|ALIMENTATION|APPROVISIONNEMENT|VERSEMENT ESPECES|RETRAIT DAB|DEPOT ESPECES|PAYOUT|INTERNAL TRANSFER|OWN ACCOUNT|BETWEEN ACCOUNTS|EPARGNE)\b/

type Candidate = { readonly out: TransferLine; readonly in: TransferLine; readonly score: number; readonly reasons: readonly Text[]; readonly strong: boolean }

const REASON = {
  iban: { fr: 'la banque nomme l\'autre compte de la société', en: 'the bank names the other account of the company' },
  words: { fr: 'le libellé dit un virement entre comptes', en: 'the label says a transfer between accounts' },
  account: { fr: 'le libellé nomme l\'autre compte', en: 'the label names the other account' },
  text: { fr: 'les deux libellés disent la même chose', en: 'both labels say the same' },
  amount: { fr: 'montants opposés', en: 'opposite amounts' },
} satisfies Record<string, Text>

function days(count: number): Text {
  if (count === 0) return { fr: 'le même jour', en: 'on the same day' }
  return { fr: `à ${count} jour${count > 1 ? 's' : ''} d'écart`, en: `${count} day${count > 1 ? 's' : ''} apart` }
}

/** Letters and digits only, so that an account number is found however it is spaced. */
function squeeze(text: string): string {
  return fold(text).replace(/[^A-Z0-9]/g, '')
}

/** The line names the account: by IBAN, by the end of its number, or by its own name. */
function names(line: TransferLine, account: OwnAccount | undefined): 'iban' | 'account' | undefined {
  if (!account) return undefined
  if (account.iban !== null && line.counterpartyIban !== null && squeeze(line.counterpartyIban) === account.iban) return 'iban'
  const label = squeeze(line.label)
  if (account.iban !== null && (label.includes(account.iban) || label.includes(account.iban.slice(-13, -2)))) return 'iban'
  const name = squeeze(account.name)
  return name.length >= 6 && label.includes(name) ? 'account' : undefined
}

function wordsOf(label: string): string {
  return fold(label).replace(/[^A-Z0-9]+/g, ' ').trim()
}

function candidateOf(out: TransferLine, into: TransferLine, accounts: ReadonlyMap<string, OwnAccount>): Candidate | undefined {
  const apart = Math.abs(toEpochDay(out.bookedOn) - toEpochDay(into.bookedOn))
  if (apart > TRANSFER_DAYS_MAX) return undefined
  const named = [names(out, accounts.get(into.account)), names(into, accounts.get(out.account))]
  const said = [out, into].filter((line) => TRANSFER_WORDS.test(wordsOf(line.label))).length
  const [a, b] = [wordsOf(out.label).replace(/^VIR\w* (?:SEPA )?(?:EMIS |RECU )?/, ''), wordsOf(into.label).replace(/^VIR\w* (?:SEPA )?(?:EMIS |RECU )?/, '')]
  const same = a.length >= 6 && a === b
  const reasons = [REASON.amount, days(apart)]
  if (named.includes('iban')) reasons.push(REASON.iban)
  else if (named.includes('account')) reasons.push(REASON.account)
  if (said > 0) reasons.push(REASON.words)
  if (same) reasons.push(REASON.text)
  // Opposite amounts alone are a coincidence: a rent out and a receipt of the same amount.
  if (reasons.length === 2) return undefined
  const score = (named.includes('iban') ? 4 : named.includes('account') ? 2 : 0) + said + (same ? 1 : 0) - apart * 0.1
  return { out, in: into, score, reasons, strong: named.includes('iban') || said === 2 || (said === 1 && (same || named.includes('account'))) }
}

/**
 * Pairs lines that are one movement between two accounts of the company: opposite amounts in one currency, at most five days
 * apart, with words or an account number that say so. Best pairs first; a line is in one pair at most. Never fails.
 */
export function pairTransfers(lines: readonly TransferLine[], accounts: readonly OwnAccount[]): TransferPair[] {
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const incoming = byKey(lines.filter((line) => line.minor > 0n), (line) => `${line.currency}|${line.minor}`)
  const candidates = lines.filter((line) => line.minor < 0n).flatMap((out) => (incoming.get(`${out.currency}|${-out.minor}`) ?? [])
    .filter((into) => into.account !== out.account).flatMap((into) => candidateOf(out, into, byId) ?? []))
  candidates.sort((a, b) => b.score - a.score || (a.out.id < b.out.id ? -1 : a.out.id > b.out.id ? 1 : 0) || (a.in.id < b.in.id ? -1 : 1))
  const ofLine = new Map<string, Candidate[]>()
  for (const one of candidates) for (const id of [one.out.id, one.in.id]) ofLine.set(id, [...(ofLine.get(id) ?? []), one])
  const taken = new Set<string>()
  return candidates.flatMap((one): TransferPair[] => {
    if (taken.has(one.out.id) || taken.has(one.in.id)) return []
    const rivals = [...ofLine.get(one.out.id)!, ...ofLine.get(one.in.id)!].filter((other) => other !== one && !taken.has(other.out.id) && !taken.has(other.in.id))
    const ambiguous = rivals.some((other) => one.score - other.score < AS_GOOD)
    taken.add(one.out.id)
    taken.add(one.in.id)
    return [{ out: one.out.id, in: one.in.id, reasons: one.reasons, certain: one.strong && !ambiguous, ambiguous }]
  })
}
