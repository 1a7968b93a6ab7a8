import { useLingui } from '@lingui/react/macro'
import { Check, PenLine, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Suggestion } from '../../../contract/reconciliation.ts'
import { minorOf } from '../../lib/amounts.ts'
import { useShortcuts } from '../../lib/keyboard.ts'
import { formatIban } from '../../lib/format.ts'
import { Button, CompanyLink, DateText, Kbd, Money, Section } from '../../ui/index.ts'
import { handState, startHand, type Hand } from './by-hand.ts'
import { Candidates, DIGITS_MAX } from './candidates.tsx'
import { choiceOf, explainedBy, type Choice } from './choice.ts'
import { HandForm } from './hand-form.tsx'
import { Posting } from './parts.tsx'

export type LineDetailProps = {
  readonly suggestion: Suggestion
  readonly accountName: string
  readonly suspenseAccount: string | undefined
  readonly mayWrite: boolean
  readonly onAccept: (choice: Choice) => void
  readonly onRefuse: (index: number) => void
  /** Gives the focus back to the list. */
  readonly onDone: () => void
}

/** One line, what could explain it or the choice made by hand, and what accepting posts. Mounted anew for each line. */
export function LineDetail({ suggestion, accountName, suspenseAccount, mayWrite, onAccept, onRefuse, onDone }: LineDetailProps) {
  const { t } = useLingui()
  const { line, proposals } = suggestion
  const [place, setPlace] = useState(0)
  const [hand, setHand] = useState<Hand>()
  const chosen = Math.min(place, proposals.length - 1)
  const proposal = proposals[chosen]
  const choice = hand ? handState(hand, line.toTreat).choice : proposal && choiceOf(proposal, suspenseAccount)
  const accept = () => { if (mayWrite && choice) { onAccept(choice); setHand(undefined); setPlace(0); onDone() } }
  const refuse = () => { if (mayWrite && proposal && !hand) onRefuse(chosen) }
  const leave = () => { setHand(undefined); onDone() }
  const start = () => setHand(startHand(proposal))
  const group = t`This line`
  const choosing = !hand && proposals.length > 0
  useShortcuts([
    { keys: 'ArrowDown', label: t`Next proposal`, group, when: choosing, run: () => setPlace(Math.min(proposals.length - 1, chosen + 1)) },
    { keys: 'ArrowUp', label: t`Previous proposal`, group, when: choosing, run: () => setPlace(Math.max(0, chosen - 1)) },
    ...proposals.slice(0, DIGITS_MAX).map((_, index) => ({ keys: String(index + 1), label: index === 0 ? t`A proposal by its number, 1 to 5` : undefined, group, when: choosing, run: () => setPlace(index) })),
    { keys: 'a', label: t`Accept`, group, when: mayWrite && choice !== undefined, run: accept },
    { keys: 'r', label: t`Refuse this proposal`, group, when: mayWrite && choosing, run: refuse },
    { keys: 'm', label: t`Choose the invoices by hand`, group, when: mayWrite && !hand, run: start },
    { keys: 'Escape', label: t`Back to the proposals`, group, when: hand !== undefined, run: leave },
  ])
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 desk:px-6">
        <LineHead line={line} accountName={accountName} />
        {hand ? (
          <Section title={t`By hand`} actions={<Button size="small" tone="quiet" onClick={leave}>{t`Back to the proposals`} <Kbd keys="Escape" /></Button>}>
            <HandForm line={line} hand={hand} onChange={setHand} onAccept={accept} onLeave={leave} />
          </Section>
        ) : proposals.length > 0 ? <Candidates proposals={proposals} chosen={chosen} onChoose={setPlace} /> : <NoProposal line={line} />}
      </div>
      <Foot>
        {choice && suspenseAccount ? <Posting choice={choice} suspenseAccount={suspenseAccount} line={{ bookedOn: line.bookedOn, label: line.label, currency: line.toTreat.currency }} left={minorOf(line.toTreat.amount, line.toTreat.currency) - explainedBy(choice)} /> : null}
        {mayWrite ? (
          // On the left: messages come over the right of the page, and this is pressed while they show.
          <div className="flex flex-wrap items-center gap-2">
            {hand || proposal ? <Button tone="primary" icon={Check} disabled={!choice} onClick={accept}>{t`Accept`} <Hint keys={hand ? 'Mod+Enter' : 'a'} /></Button> : null}
            {choosing ? <Button icon={X} onClick={refuse}>{t`Refuse`} <Hint keys="r" /></Button> : null}
            {hand ? null : <Button tone={proposal ? 'quiet' : 'primary'} icon={PenLine} onClick={start}>{t`By hand`} <Hint keys="m" /></Button>}
          </div>
        ) : null}
      </Foot>
    </div>
  )
}

/** A phone has no such keys. */
function Hint({ keys }: { readonly keys: string }) {
  return <span className="hidden desk:inline-flex"><Kbd keys={keys} plain /></span>
}

/** On a phone messages come over the foot: what is pressed is then above what is read. */
function Foot({ children }: { readonly children: ReactNode }) {
  return <div className="flex shrink-0 flex-col-reverse gap-3 border-t border-line-strong bg-paper px-4 py-3 desk:flex-col desk:px-6">{children}</div>
}

function LineHead({ line, accountName }: { readonly line: Suggestion['line']; readonly accountName: string }) {
  const { t } = useLingui()
  const payer = [line.counterparty.name, line.counterparty.iban && formatIban(line.counterparty.iban)].filter(Boolean).join(' · ')
  return (
    <div className="pb-4">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <h2 className="min-w-0 flex-1 basis-64 text-lead font-semibold break-words">{line.label}</h2>
        <Money value={line.toTreat} signed className="text-title font-semibold" />
      </div>
      <p className="mt-1 flex flex-wrap gap-x-2 text-sm text-muted">
        <DateText day={line.bookedOn} />
        {accountName ? <span>· {accountName}</span> : null}
        {payer ? <span>· {payer}</span> : null}
        {line.reference ? <span>· {line.reference}</span> : null}
        {line.state === 'part_treated' ? <span>· {t`out of`} <Money value={line.amount} signed /></span> : null}
        <CompanyLink to={`banque/operations/${line.id}`}>{t`Open the line`}</CompanyLink>
      </p>
    </div>
  )
}

function NoProposal({ line }: { readonly line: Suggestion['line'] }) {
  const { t } = useLingui()
  const isOut = line.toTreat.amount.startsWith('-')
  return (
    <div className="border-y border-line py-5 text-muted">
      <p className="font-medium text-ink">{t`Nothing open explains this line`}</p>
      <p className="mt-1 max-w-prose">{isOut ? t`Money went out: a credit note to refund may explain it. Otherwise put it by hand on the account it belongs to: rent, salaries, taxes, fees.` : t`Choose the invoices by hand if you know them. Otherwise the line waits in the books, nothing is lost.`}</p>
    </div>
  )
}
