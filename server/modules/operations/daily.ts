import type { Text } from '../../../core/kernel/problem.ts'
import type { App } from '../../platform/app.ts'
import type { StepDefinition, StepResult, StepTools, Waiting, WorkflowDefinition } from '../../platform/workflow/types.ts'
import { faultSentence, verifyAuditChain } from '../audit/index.ts'
import { requeueUnposted } from '../banking/index.ts'
import { verifyLedgerChain } from '../ledger/index.ts'
import { refreshPortfolio } from '../reporting/index.ts'
import { MORNING_HOUR } from './due-day.ts'
import { countUnposted } from './store.ts'

export const DAILY = 'daily'

const AGAIN = { value: 'again', label: { fr: 'Vérifier de nouveau', en: 'Check again' }, tone: 'primary' } as const
const GO_ON = { value: 'continue', label: { fr: 'Continuer malgré l\'écart', en: 'Go on all the same' }, tone: 'danger' } as const

/** What a check found: the sentence of a sound chain, or what is wrong. */
type Finding = { readonly sound: Text } | { readonly fault: Text }

/** A check that finds a fault waits for a person, who mends and checks again, or takes it on themselves to go on. */
function concluded(finding: Finding, { decision, waitForPerson }: StepTools): StepResult | Waiting {
  if ('sound' in finding) return { summary: finding.sound }
  if (decision?.choice === GO_ON.value) {
    return { summary: { fr: `${finding.fault.fr} ${decision.by} a choisi de continuer.`, en: `${finding.fault.en} ${decision.by} chose to go on.` }, data: { accepted: true } }
  }
  return waitForPerson({ text: finding.fault, choices: [AGAIN, GO_ON] })
}

function bankEntries(app: App): StepDefinition {
  return {
    name: 'bank-entries', mode: 'atomic', title: { fr: 'Écritures des opérations bancaires', en: 'Entries of bank lines' },
    run: async (_ctx, _input, tools) => {
      const waiting = await countUnposted(tools.tx())
      await requeueUnposted(app, tools.tx())
      return {
        summary: waiting === 0
          ? { fr: 'Toutes les opérations bancaires ont leur écriture.', en: 'Every bank line has its entry.' }
          : { fr: `Opérations sans écriture : ${waiting}. Celles dont la période est ouverte sont remises en file.`, en: `Lines without an entry: ${waiting}. Those in an open period are queued again.` },
        data: { waiting },
      }
    },
  }
}

function ledgerCheck(app: App): StepDefinition {
  return {
    name: 'ledger-check', mode: 'repeatable', title: { fr: 'Contrôle du grand livre', en: 'Check of the ledger' },
    run: async (ctx, _input, tools) => {
      const verdict = await app.db.tenant(ctx, verifyLedgerChain)
      if (verdict.brokenAt) {
        const { number, date, fault } = verdict.brokenAt
        return concluded({ fault: faultSentence(fault, { fr: `l'écriture ${number} du ${date}`, en: `entry ${number} of ${date}` }) }, tools)
      }
      const accounts = verdict.accountsAtFault.join(', ')
      if (accounts !== '') return concluded({ fault: { fr: `Les soldes mensuels diffèrent des écritures pour les comptes ${accounts}.`, en: `The monthly balances differ from the entries for the accounts ${accounts}.` } }, tools)
      return concluded({ sound: { fr: `Écritures vérifiées : ${verdict.entries}. La chaîne est intacte et les soldes concordent.`, en: `Entries verified: ${verdict.entries}. The chain is intact and the balances agree.` } }, tools)
    },
  }
}

function auditCheck(app: App): StepDefinition {
  return {
    name: 'audit-check', mode: 'repeatable', title: { fr: 'Contrôle de la piste d\'audit', en: 'Check of the audit trail' },
    run: async (ctx, _input, tools) => {
      const verdict = await app.db.tenant(ctx, verifyAuditChain)
      if (!verdict.intact) return concluded({ fault: faultSentence(verdict.fault, { fr: `la ligne ${verdict.seq} de la piste d'audit`, en: `row ${verdict.seq} of the audit trail` }) }, tools)
      return concluded({ sound: { fr: `Lignes vérifiées : ${verdict.links}. La piste d'audit est intacte.`, en: `Rows verified: ${verdict.links}. The audit trail is intact.` } }, tools)
    },
  }
}

/** What firms see of the company, with the verdict on its chains that is renewed once a day. */
function portfolio(app: App): StepDefinition {
  return {
    name: 'portfolio', mode: 'repeatable', title: { fr: 'Ligne du portefeuille', en: 'Row of the portfolio' },
    run: async (ctx) => {
      await refreshPortfolio(app, ctx, { verify: true })
      return { summary: { fr: 'Les cabinets voient les chiffres de ce matin.', en: 'Firms see the figures of this morning.' } }
    },
  }
}

/**
 * The work of each morning. It proposes and accepts nothing: it asks again for the entries that are missing and proves the books
 * whole. Other modules add their steps with `app.workflows.addStep('daily', ...)`.
 */
export function dailyWorkflow(app: App): WorkflowDefinition {
  return {
    name: DAILY, cron: `0 ${MORNING_HOUR} * * *`,
    title: { fr: 'Travail du matin', en: 'Morning work' },
    description: { fr: 'Demande les écritures bancaires qui manquent, prouve que les livres sont intacts et met à jour le portefeuille. Ne rapproche rien.', en: 'Asks for the bank entries that are missing, proves the books whole and refreshes the portfolio. It reconciles nothing.' },
    steps: [bankEntries(app), ledgerCheck(app), auditCheck(app), portfolio(app)],
  }
}
