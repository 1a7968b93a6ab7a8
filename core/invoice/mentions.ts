import type { Text } from '../kernel/problem.ts'
import type { VatDueOn } from './accounts.ts'
import type { Nature } from './totals.ts'

/** A sentence the law wants on the document, and why this document carries it. */
export type Mention = { readonly code: string; readonly text: Text; readonly because: Text }

export type MentionFacts = { readonly vatDueOn: VatDueOn; readonly natures: readonly Nature[]; readonly hasVat: boolean; readonly kind: 'invoice' | 'credit_note'; readonly creditedNumber: string | null }

/** The mentions a sales document must carry. Sources: C. com. L.441-9 to L.441-10 and D.441-5; CGI ann. II art. 242 nonies A; décret 2022-1299. */
export function mentionsOf(facts: MentionFacts): Mention[] {
  const both = facts.natures.includes('goods') && facts.natures.includes('services')
  const category: Text = both ? { fr: 'livraison de biens et prestation de services', en: 'supply of goods and services' }
    : facts.natures.includes('goods') ? { fr: 'livraison de biens', en: 'supply of goods' }
    : { fr: 'prestation de services', en: 'supply of services' }
  const mentions: Mention[] = [{
    code: 'OPERATION_CATEGORY',
    text: { fr: `Catégorie de l'opération : ${category.fr}`, en: `Category of operation: ${category.en}` },
    because: { fr: 'Décret 2022-1299, selon la nature des lignes.', en: 'Décret 2022-1299, from the nature of the lines.' },
  }]
  if (facts.vatDueOn === 'debits' && facts.natures.includes('services') && facts.hasVat) {
    mentions.push({
      code: 'VAT_ON_DEBITS',
      text: { fr: 'Option pour le paiement de la taxe d\'après les débits', en: 'Option for payment of the tax on the basis of debits' },
      because: { fr: 'Votre société a opté pour les débits et la facture porte des services.', en: 'Your company opted for débits and the invoice bears services.' },
    })
  }
  if (facts.creditedNumber !== null) {
    mentions.push({
      code: 'CREDITED_INVOICE',
      text: { fr: `Avoir sur la facture ${facts.creditedNumber}`, en: `Credit note on invoice ${facts.creditedNumber}` },
      because: { fr: 'Un avoir porte le numéro de la facture qu\'il corrige.', en: 'A credit note bears the number of the invoice it corrects.' },
    })
  }
  if (facts.kind === 'invoice') mentions.push(...LATE_PAYMENT)
  return mentions
}

const LATE_PAYMENT: readonly Mention[] = [
  {
    code: 'NO_DISCOUNT',
    text: { fr: 'Pas d\'escompte pour paiement anticipé', en: 'No discount for early payment' },
    because: { fr: 'C. com. art. L.441-9 : les conditions d\'escompte figurent sur la facture.', en: 'C. com. art. L.441-9: discount conditions stand on the invoice.' },
  },
  {
    code: 'LATE_PENALTY',
    text: {
      fr: 'En cas de retard : pénalités au taux de refinancement de la Banque centrale européenne majoré de 10 points, et indemnité forfaitaire de recouvrement de 40 €',
      en: 'If paid late: penalties at the refinancing rate of the European Central Bank plus 10 points, and a fixed recovery indemnity of EUR 40',
    },
    because: { fr: 'C. com. art. L.441-10 et D.441-5, entre professionnels.', en: 'C. com. art. L.441-10 and D.441-5, between professionals.' },
  },
]
