import { useLingui } from '@lingui/react/macro'
import { ArrowLeftRight, CircleHelp, FileText } from 'lucide-react'
import type { BankLine } from '../../../contract/banking.ts'
import type { Category } from '../../../contract/categories.ts'
import type { Proposal } from '../../../contract/reconciliation.ts'
import { formatCount } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { classes } from '../../ui/index.ts'
import { isOpen } from './line-filters.ts'

/** Where the category of a line comes from, in two words: "règle", "modèle 92 %". */
export function SourceText({ source, confidence }: { readonly source: NonNullable<BankLine['category']>['source']; readonly confidence: number | null }) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const percent = confidence === null ? '' : ` ${formatCount(Math.floor(confidence * 100), locale)} %`
  const words = { manual: t`chosen`, rule: t`rule`, model: t`model`, memory: t`known label` }
  return <span className="text-xs whitespace-nowrap text-muted">{words[source]}{source === 'model' || source === 'memory' ? percent : ''}</span>
}

/** What is proposed for a line, in the row itself: the invoice it pays, or its category and the account it goes to. */
export function LineProposal({ line, proposal, category, transfer }: { readonly line: BankLine; readonly proposal: Proposal | undefined; readonly category: Category | undefined; /** The account of the other half of an internal transfer that is proposed. */ readonly transfer: string | undefined }) {
  const { t } = useLingui()
  const row = 'flex min-w-0 items-baseline gap-2'
  const sign = 'size-3.5 shrink-0 self-center'
  if (line.hold) {
    return <span className={classes(row, 'text-amber')} title={line.hold.question}><CircleHelp aria-hidden className={sign} /><span className="truncate">{line.hold.answer ? t`Answered: ${line.hold.answer.text}` : line.hold.askedOf ? t`Asked of ${line.hold.askedOf.name}: ${line.hold.question}` : line.hold.question}</span></span>
  }
  if (line.transferId) return <span className={row}><ArrowLeftRight aria-hidden className={classes(sign, 'text-muted')} /><span className="truncate">{t`Internal transfer`}</span></span>
  if (proposal && isOpen(line)) {
    const [first] = proposal.allocations
    const more = proposal.allocations.length - 1
    return (
      <span className={row} title={proposal.reasons.map(({ text }) => text).join(' · ')}>
        <FileText aria-hidden className={classes(sign, 'text-muted')} />
        <span className="figures shrink-0">{first?.number}{more > 0 ? ` +${more}` : ''}</span><span className="truncate">{first?.customerName}</span>
        <span className="text-xs whitespace-nowrap text-muted">{proposal.score} %</span>
      </span>
    )
  }
  if (transfer && isOpen(line) && line.category?.source !== 'manual') return <span className={row}><ArrowLeftRight aria-hidden className={classes(sign, 'text-muted')} /><span className="truncate">{t`Internal transfer, with ${transfer}?`}</span></span>
  if (line.category) {
    return (
      <span className={row}>
        <span className="truncate" title={line.category.name}>{line.category.name}</span>
        {line.isSplit ? <span className="text-xs whitespace-nowrap text-muted">{t`split`}</span> : category ? <span className="figures text-xs text-muted">{category.account}</span> : null}
        <SourceText source={line.category.source} confidence={line.category.confidence} />
      </span>
    )
  }
  return <span className="text-muted">{isOpen(line) ? t`No category` : '—'}</span>
}
