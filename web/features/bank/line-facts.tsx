import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { BankLine } from '../../../contract/banking.ts'
import type { LineCategorisation, ProposedEntry } from '../../../contract/categories.ts'
import type { LineEnrichment, PaymentMethod, Provenance } from '../../../contract/merchants.ts'
import type { Static } from 'typebox'
import { formatCount } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { BookAmount, CompanyLink, DateText, Facts, Money } from '../../ui/index.ts'

/** Where a value was read, in two words beside it. */
function From({ found }: { readonly found: Provenance }) {
  const { t } = useLingui()
  const words = { rule: t`read in the label`, bank: t`given by the bank`, manual: t`given by a person` }
  return <span className="ml-2 text-xs whitespace-nowrap text-muted" title={found.rule ?? undefined}>{words[found.source]}</span>
}

/** What the bank wrote and what was read in it, side by side, each value with where it comes from. */
export function LabelSides({ line, enrichment }: { readonly line: BankLine; readonly enrichment: LineEnrichment | undefined }) {
  const { t } = useLingui()
  const methods: Readonly<Record<Static<typeof PaymentMethod>, string>> = { card: t`Card`, transfer: t`Transfer`, direct_debit: t`Direct debit`, cheque: t`Cheque`, cash: t`Cash in hand`, fee: t`Bank fee`, interest: t`Interest` }
  const clean = enrichment?.clean
  const value = <T extends Provenance>(found: T | null | undefined, show: (of: T) => ReactNode) => found ? <>{show(found)}<From found={found} /></> : null
  const rows: readonly { readonly name: string; readonly value: ReactNode }[] = [
    { name: t`Merchant`, value: value(clean?.merchant, (of) => <CompanyLink to={`banque/marchands/${of.id}`}>{of.name}</CompanyLink>) },
    { name: t`Counterparty`, value: value(clean?.counterparty, (of) => of.value) ?? line.counterparty.name ?? line.counterparty.iban },
    { name: t`Means of payment`, value: value(clean?.method, (of) => methods[of.value]) },
    { name: t`Place`, value: value(clean?.place, (of) => of.value) },
    { name: t`Day of the card`, value: value(clean?.cardDate, (of) => <DateText day={of.value} />) },
    { name: t`Original amount`, value: value(clean?.original, (of) => <Money value={of.value} />) },
    { name: t`Reference`, value: value(clean?.reference, (of) => of.value) ?? line.reference },
    { name: t`Mandate`, value: value(clean?.mandate, (of) => of.value) },
    { name: t`SEPA creditor`, value: value(clean?.creditorId, (of) => of.value) },
    { name: 'SIREN', value: value(clean?.siren, (of) => of.value) },
  ]
  return (
    <div>
      <h3 className="mb-1 text-xs text-muted">{t`As the bank wrote it`}</h3>
      <p className="mb-3 rounded-lg bg-sunken px-3 py-2 font-mono text-sm break-words">{line.label}</p>
      <h3 className="text-xs text-muted">{t`What was read in it`}</h3>
      <Facts items={rows.filter((row) => row.value !== null && row.value !== undefined)} />
    </div>
  )
}

/** Why the line is in its category, in words: "règle v3", "modèle 92 %", "choisi par une personne". */
export function useCategoryReason(known: LineCategorisation | undefined): string | null {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const category = known?.category
  if (!category) return null
  const percent = category.confidence === null ? '' : ` · ${formatCount(Math.floor(category.confidence * 100), locale)} %`
  if (category.source === 'manual') return t`chosen by a person`
  if (category.source === 'rule') return t`by a rule, version ${category.ruleVersion ?? 1}`
  if (category.source === 'memory') return `${t`the same label was decided before`}${percent}`
  return `${t`by the model, version ${category.modelVersion ?? 1}`}${percent}`
}

/** The parts of a split line. */
export function CategoryParts({ known }: { readonly known: LineCategorisation }) {
  const parts = known.category?.parts ?? []
  if (parts.length < 2) return null
  return <ul className="mt-2 text-sm">{parts.map((part, index) => <li key={index} className="flex justify-between gap-3 border-t border-line py-1.5"><span className="truncate">{part.name}</span><Money value={part.amount} /></li>)}</ul>
}

/** The entry that accepting would post, as the books write it. */
export function EntryPreview({ entry }: { readonly entry: ProposedEntry }) {
  const { t } = useLingui()
  const currency = entry.parts[0]?.total.currency ?? 'EUR'
  if (entry.lines.length === 0) return <p className="text-sm text-muted">{entry.because}</p>
  return (
    <div>
      <table className="w-full text-sm">
        <caption className="sr-only">{t`What will be posted`}</caption>
        <thead className="text-xs text-muted"><tr><th scope="col" className="pb-1 text-left font-medium">{t`Account`}</th><th scope="col" className="pb-1 pl-3 text-right font-medium">{t`Debit`}</th><th scope="col" className="pb-1 pl-3 text-right font-medium">{t`Credit`}</th></tr></thead>
        <tbody>
          {entry.lines.map((row, index) => (
            <tr key={index} className="border-t border-line">
              <td className="py-1.5"><span className="figures">{row.account}</span> <span className="text-muted">{row.accountLabel}</span></td>
              <td className="py-1.5 pl-3 text-right"><BookAmount amount={row.debit} currency={currency} /></td>
              <td className="py-1.5 pl-3 text-right"><BookAmount amount={row.credit} currency={currency} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-1.5 text-xs text-muted">{entry.because}</p>
    </div>
  )
}
