import type { Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import { faultSentence, verifyAuditChain } from '../../modules/audit/index.ts'
import { checkLedger } from '../../modules/ledger/check-ledger.ts'
import { type Finding, fine, wrong } from './finding.ts'
import { countUnposted, findGaps, type InspectedCompany, listCompanies } from './inspection-store.ts'

/** A line posts within seconds; a quarter of an hour means that nobody works on it. */
const UNPOSTED_MINUTES = 15
const ACCOUNTS_SHOWN_MAX = 10

const RESTORE = {
  fr: 'Ne saisissez plus rien, gardez une copie de la base en l\'état, puis restaurez la dernière sauvegarde saine (« quittance restore --verify » la désigne).',
  en: 'Enter nothing more, keep a copy of the database as it is, then restore the last sound backup ("quittance restore --verify" tells which).',
}

/** The product looking at one company, as nobody in particular. */
export function inspectionContext(app: App, company: InspectedCompany): Context {
  return {
    tenantId: company.tenantId, userId: null, actor: 'Quittance', role: 'owner', locale: company.locale,
    today: app.clock.today(company.timeZone), currency: company.currency, address: null,
  }
}

async function checkEntries(app: App, ctx: Context, company: string): Promise<Finding[]> {
  const { entries, brokenAt, accountsAtFault } = await checkLedger(app, ctx)
  const where = brokenAt && faultSentence(brokenAt.fault, { fr: `l'écriture ${brokenAt.number} (rang ${brokenAt.seq})`, en: `entry ${brokenAt.number} (rank ${brokenAt.seq})` })
  const shown = accountsAtFault.slice(0, ACCOUNTS_SHOWN_MAX).join(', ')
  return [
    where === null
      ? fine('ledger-chain', { fr: `${company} : les ${entries} écritures validées sont intactes.`, en: `${company}: the ${entries} validated entries are intact.` }, company)
      : wrong('ledger-chain', { level: 'failure', company, mend: RESTORE, say: {
          fr: `${company}, écritures : ${where.fr} Les ${entries} précédentes sont intactes.`, en: `${company}, entries: ${where.en} The ${entries} before it are intact.`,
        } }),
    accountsAtFault.length === 0
      ? fine('ledger-balances', { fr: `${company} : les soldes mensuels sont la somme des lignes.`, en: `${company}: the monthly balances are the sum of the lines.` }, company)
      : wrong('ledger-balances', { level: 'failure', company, mend: RESTORE, say: {
          fr: `${company} : les soldes mensuels ne sont pas la somme des lignes pour ${shown}.`, en: `${company}: the monthly balances are not the sum of the lines for ${shown}.`,
        } }),
  ]
}

async function checkLog(app: App, ctx: Context, company: string): Promise<Finding> {
  const found = await app.db.tenant(ctx, verifyAuditChain)
  if (found.intact) return fine('audit-chain', { fr: `${company} : les ${found.links} lignes du journal d'audit sont intactes.`, en: `${company}: the ${found.links} rows of the audit log are intact.` }, company)
  const where = faultSentence(found.fault, { fr: `la ligne ${found.seq} du journal d'audit`, en: `row ${found.seq} of the audit log` })
  return wrong('audit-chain', { level: 'failure', company, mend: RESTORE, say: { fr: `${company} : ${where.fr}`, en: `${company}: ${where.en}` } })
}

async function checkNumbers(app: App, ctx: Context, company: string): Promise<Finding> {
  const gaps = await app.db.tenant(ctx, findGaps)
  if (gaps.length === 0) return fine('sequences', { fr: `${company} : les numéros de factures et d'écritures se suivent.`, en: `${company}: the numbers of invoices and entries follow one another.` }, company)
  const told = gaps.map((gap) => `${gap.series} (${gap.count} / ${gap.next - 1})`).join(', ')
  return wrong('sequences', { level: 'failure', company, mend: RESTORE, say: { fr: `${company} : des numéros manquent ou sont doublés : ${told}.`, en: `${company}: numbers are missing or doubled: ${told}.` } })
}

async function checkPosting(app: App, ctx: Context, company: string): Promise<Finding> {
  const waiting = await app.db.tenant(ctx, (tx) => countUnposted(tx, UNPOSTED_MINUTES))
  if (waiting === 0) return fine('bank-posting', { fr: `${company} : aucune opération bancaire n'attend son écriture.`, en: `${company}: no bank line waits for its entry.` }, company)
  return wrong('bank-posting', {
    level: 'warning', company,
    say: { fr: `${company} : ${waiting} opérations bancaires attendent leur écriture depuis plus de ${UNPOSTED_MINUTES} minutes.`, en: `${company}: ${waiting} bank lines have waited for their entry for more than ${UNPOSTED_MINUTES} minutes.` },
    mend: { fr: 'Ouvrez la page Banque de cette société : elle relance l\'écriture. Vérifiez qu\'un processus traite les travaux.', en: 'Open the Bank page of this company: it starts the posting again. Check that a process does the jobs.' },
  })
}

/** The books of every company, read again from the first row. */
export async function inspectBooks(app: App): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const company of await app.db.system(listCompanies)) {
    const ctx = inspectionContext(app, company)
    findings.push(...await checkEntries(app, ctx, company.name), await checkLog(app, ctx, company.name), await checkNumbers(app, ctx, company.name), await checkPosting(app, ctx, company.name))
  }
  return findings
}
