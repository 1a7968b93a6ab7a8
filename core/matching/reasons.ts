import { monthOf } from '../kernel/local-date.ts'
import type { Text } from '../kernel/problem.ts'
import type { Shape } from './confidence.ts'
import type { Context, Hypothesis } from './context.ts'
import type { Reason, ReasonCode, ResidualKind } from './model.ts'
import { payerKey } from './normalise.ts'

const MONTHS_FR = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre']
const MONTHS_EN = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** What a person is called: ids have no meaning to them. */
export type Naming = { readonly partyName: (partyId: string) => string }

function reason(code: ReasonCode, fr: string, en: string): Reason {
  return { code, text: { fr, en } }
}

function referenceReason(found: Hypothesis): Reason[] {
  const numbers = found.shares.map((share) => share.item.invoice.number)
  const number = numbers.length > 0 ? numbers.slice(0, 3).join(', ') : found.entry?.invoice.number ?? ''
  switch (found.evidence.reference) {
    case 'full': return [reason('REFERENCE', `n° ${number} dans le libellé`, `no. ${number} in the label`)]
    case 'tail': return [reason('REFERENCE_PARTIAL', `derniers chiffres du n° ${number} dans le libellé`, `last digits of no. ${number} in the label`)]
    case 'typo': return [reason('REFERENCE_TYPO', `n° ${number} à un caractère près dans le libellé`, `no. ${number} in the label, one character off`)]
    case 'cut': return [reason('REFERENCE_CUT', `début du n° ${number} dans un libellé coupé`, `start of no. ${number} in a label cut short`)]
    case 'sibling':
    case 'other': return [reason('REFERENCE_OTHER', 'le libellé cite un autre numéro', 'the label quotes another number')]
    case 'none': return []
  }
}

function partyReason(context: Context, found: Hypothesis, { partyName }: Naming): Reason[] {
  const partyId = found.shares[0]?.item.invoice.partyId ?? found.entry?.invoice.partyId
  if (!partyId) return []
  const name = partyName(partyId)
  switch (found.evidence.party) {
    case 'iban': return [reason('IBAN', `IBAN de ${name}`, `IBAN of ${name}`)]
    case 'known': {
      const alias = context.world.memory.aliases.get(payerKey(context.payment.label))
      if (!alias) return []
      const month = monthOf(alias.lastSeenOn) - 1
      return [reason('PAYER_KNOWN', `même payeur qu'en ${MONTHS_FR[month]}`, `same payer as in ${MONTHS_EN[month]}`)]
    }
    case 'full': return [reason('PAYER_NAME', `${name} dans le libellé`, `${name} in the label`)]
    case 'near': return [reason('PAYER_NAME_NEAR', `nom proche de ${name} dans le libellé`, `a name close to ${name} in the label`)]
    case 'weak': return [reason('PAYER_NAME_NEAR', `une partie du nom ${name} dans le libellé`, `part of the name ${name} in the label`)]
    case 'other': return [reason('PAYER_OTHER', 'le libellé nomme quelqu\'un d\'autre', 'the label names somebody else')]
    case 'none': return []
  }
}

const SHAPES: Readonly<Record<Shape, readonly [ReasonCode, Text] | null>> = {
  exact: ['AMOUNT_EXACT', { fr: 'montant au centime', en: 'amount to the cent' }],
  part: ['AMOUNT_PART', { fr: 'une partie du montant dû, annoncée comme un acompte', en: 'part of the amount due, announced as an instalment' }],
  'part-untold': ['AMOUNT_PART', { fr: 'une partie du montant dû', en: 'part of the amount due' }],
  fraction: ['AMOUNT_PART', { fr: 'la moitié, le tiers ou le quart du montant dû', en: 'a half, a third or a quarter of the amount due' }],
  foreign: ['AMOUNT_FOREIGN', { fr: 'montant en devise au centime', en: 'foreign amount to the cent' }],
  'foreign-near': ['AMOUNT_FOREIGN', { fr: 'montant proche de la facture en devise', en: 'amount near the foreign invoice' }],
  netted: ['CREDIT_NETTED', { fr: 'facture moins avoir, au centime', en: 'invoice less credit note, to the cent' }],
  'sum-listed': ['AMOUNT_SUM', { fr: 'somme des factures citées, au centime', en: 'sum of the invoices quoted, to the cent' }],
  'sum-range': ['AMOUNT_SUM', { fr: 'somme des factures de la suite citée, au centime', en: 'sum of the range of invoices quoted, to the cent' }],
  'sum-partly-listed': ['AMOUNT_SUM', { fr: 'somme de factures dont certaines sont citées, au centime', en: 'sum of invoices, some of them quoted, to the cent' }],
  'sum-oldest': ['AMOUNT_SUM', { fr: 'somme des plus anciennes factures ouvertes, au centime', en: 'sum of the oldest open invoices, to the cent' }],
  'sum-oldest-and-one': ['AMOUNT_SUM', { fr: 'somme des plus anciennes factures ouvertes et d\'une autre, au centime', en: 'sum of the oldest open invoices and one other, to the cent' }],
  'sum-any': ['AMOUNT_SUM', { fr: 'somme de plusieurs factures ouvertes, au centime', en: 'sum of several open invoices, to the cent' }],
  'sum-gap': ['AMOUNT_SUM', { fr: 'somme proche de celle des factures citées', en: 'sum close to that of the invoices quoted' }],
  rejected: ['REJECTED', { fr: 'rejet d\'un paiement déjà encaissé', en: 'rejection of a payment already collected' }],
  'paid-twice': ['PAID_TWICE', { fr: 'facture déjà réglée du même montant : payée deux fois', en: 'invoice already settled with this amount: paid twice' }],
  bank_fee: null, discount: null, rounding: null, overpayment: null,
}

const RESIDUALS: Readonly<Record<ResidualKind, readonly [ReasonCode, Text]>> = {
  bank_fee: ['BANK_FEE', { fr: 'frais bancaires retenus', en: 'bank fee kept back' }],
  processor_fee: ['PROCESSOR_FEE', { fr: 'commission du prestataire de paiement', en: 'payment processor fee' }],
  discount: ['DISCOUNT', { fr: 'escompte déduit', en: 'cash discount taken' }],
  rounding: ['ROUNDING', { fr: 'arrondi du payeur', en: 'rounded by the payer' }],
  exchange: ['EXCHANGE', { fr: 'écart de change', en: 'exchange difference' }],
  overpayment: ['OVERPAYMENT', { fr: 'trop-perçu', en: 'overpayment' }],
}

/** Puts an explanation in words, strongest signal first: reference, then party, then amount, then what speaks against it. */
export function explain(context: Context, found: Hypothesis, naming: Naming): Reason[] {
  const amount = SHAPES[found.evidence.shape]
  const residual = found.residual ? RESIDUALS[found.residual.kind] : null
  const several = found.evidence.rivals === 'tied' || found.evidence.rivals === 'twins'
  return [
    ...referenceReason(found),
    ...partyReason(context, found, naming),
    ...[amount, residual].flatMap((entry) => (entry ? [{ code: entry[0], text: entry[1] }] : [])),
    ...(several ? [reason('SEVERAL_ALIKE', 'd\'autres factures ouvertes conviendraient aussi', 'other open invoices would do as well')] : []),
  ]
}
