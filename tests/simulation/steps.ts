import type { ErrorCode } from '../../contract/errors.ts'
import { addDays, dateOf, type LocalDate } from '../../core/kernel/local-date.ts'
import { formatAmount } from '../../core/kernel/money.ts'
import { commitImport, linesToTreat, postBankLines, previewImport } from '../../server/modules/banking/index.ts'
import { type StatementMove, writeCfonb120 } from '../../server/modules/demo/generator/cfonb120-writer.ts'
import { createInvoice, importInvoices, issueCreditNote, issueInvoice } from '../../server/modules/invoicing/index.ts'
import { createDraft, reverseEntry, validateDraft } from '../../server/modules/ledger/entries.ts'
import { browseFiscalYears, setPeriodStatus } from '../../server/modules/ledger/index.ts'
import { createCustomer } from '../../server/modules/party/index.ts'
import { acceptAutomatic, acceptMany, acceptMatch, evidenceFor, openWorld, proposalsFor, undoMatch } from '../../server/modules/reconciliation/index.ts'
import { browseSuggestions } from '../../server/modules/reconciliation/suggestions.ts'
import { refuseSuggestion } from '../../server/modules/reconciliation/undo-match.ts'
import { assert } from '../../core/kernel/assert.ts'
import * as look from './look.ts'
import type { SimulatedAccount, World } from './world.ts'

/** Something a person does. `may` lists the refusals that are right answers; any other failure is a bug. */
export type Step = { readonly name: string; readonly weight: number; readonly may: readonly ErrorCode[]; readonly run: (world: World) => Promise<void> }

const TODAY = '2026-11-20' as LocalDate

function someDay({ random }: World): LocalDate {
  return addDays(dateOf(2025, 10, 1)!, random.between(0, 415))
}

const newCustomer: Step = {
  name: 'new customer', weight: 3, may: ['CUSTOMER_CODE_TAKEN'],
  run: async (world) => {
    world.serial += 1
    const name = `${world.random.pick(['Atelier', 'Maison', 'Garage', 'Studio', 'Comptoir'])} ${world.random.pick(['Vermeil', 'Solstice', 'Ardoise', 'Mélèze', 'Pivoine'])} ${world.serial}`
    const code = world.random.chance(20) ? `C${String(world.random.between(1, 12)).padStart(5, '0')}` : undefined
    const customer = await createCustomer(world.app, world.ctx, { name, ...(code === undefined ? {} : { code }) })
    world.customers.push({ id: customer.id, name, iban: null })
  },
}

function someLines({ random }: World) {
  return Array.from({ length: random.between(1, 3) }, () => ({
    description: 'Prestation', quantity: random.pick(['1', '2', '3.5', '0.3333']), unitPrice: random.pick(['33.33', '650', '0.0125', '1249.99', '89.9']),
    vatRate: random.pick(['20', '10', '5.5', '2.1', '0']), nature: random.pick(['goods', 'services', 'services'] as const),
  }))
}

const issue: Step = {
  name: 'issue an invoice', weight: 8, may: ['INVOICE_DATE_BEFORE_LAST', 'INVOICE_INVALID', 'PERIOD_LOCKED'],
  run: async (world) => {
    if (world.customers.length === 0) await newCustomer.run(world)
    const { last } = await look.lastInvoiceDay(world)
    const issuedOn = last === null || world.random.chance(10) ? someDay(world) : addDays(last, world.random.between(0, 6))
    const id = await createInvoice(world.app, world.ctx, { customerId: world.random.pick(world.customers).id, issuedOn: issuedOn > TODAY ? TODAY : issuedOn, lines: someLines(world) })
    if (!world.random.chance(10)) await issueInvoice(world.app, world.ctx, { id })
  },
}

const importPosted: Step = {
  name: 'import invoices of another tool', weight: 2, may: ['PERIOD_LOCKED'],
  run: async (world) => {
    world.serial += 1
    const rows = Array.from({ length: world.random.between(1, 4) }, (_, index) => {
      const net = BigInt(world.random.between(100, 90_000))
      const vat = (net * 20n + 50n) / 100n
      const text = (minor: bigint) => formatAmount(minor, world.ctx.currency)
      return `X${world.serial}-${index},sale,OLD-${world.serial}-${index},P${world.random.between(1, 5)},Reprise,${someDay(world)},EUR,${text(net)},${text(vat)},${text(net + vat)}`
    })
    const bytes = new TextEncoder().encode(`invoice_id,kind,number,party_id,party_name,date,currency,net,vat,gross\n${rows.join('\n')}\n`)
    const mode = world.random.pick(['posted', 'taken_over'] as const)
    await importInvoices(world.app, world.ctx, { bytes, file: 'factures.csv', mode, dryRun: false })
    const again = await importInvoices(world.app, world.ctx, { bytes, file: 'factures.csv', mode, dryRun: false })
    assert(again.accepted === 0, 'the same file brings nothing the second time')
  },
}

const credit: Step = {
  name: 'credit note', weight: 3, may: ['INVOICE_PAID', 'INVOICE_CREDITED', 'INVOICE_NOT_ISSUED', 'INVOICE_DATE_BEFORE_LAST', 'INVOICE_INVALID', 'PERIOD_LOCKED', 'NOT_FOUND'],
  run: async (world) => {
    const invoice = await look.someInvoice(world)
    if (invoice) await issueCreditNote(world.app, world.ctx, { id: invoice.id, ...(world.random.chance(50) ? { issuedOn: TODAY } : {}) })
  },
}

/** Money that looks like what customers send: an open invoice, whole or in part, with its number or without. Twins come too. */
async function someMoves(world: World, account: SimulatedAccount): Promise<StatementMove[]> {
  const { random } = world
  const open = await look.openInvoices(world)
  const days = random.between(4, 20)
  const moves = Array.from({ length: random.between(1, 6) }, (): StatementMove => {
    const invoice = open.length > 0 && random.chance(65) ? random.pick(open) : undefined
    const amount = invoice ? (random.chance(70) ? invoice.open : invoice.open / 2n + 1n) : BigInt(random.between(-90_000, 60_000))
    const words = invoice ? `VIR SEPA ${random.chance(60) ? invoice.number : invoice.customer}` : 'PRLV FOURNISSEUR'
    const details = invoice && random.chance(50) ? [{ qualifier: 'NPY', text: invoice.customer }] : []
    return { on: addDays(account.lastDay, random.between(1, days)), amount: amount === 0n ? 1n : amount, code: '18', words, details, reference: '' }
  })
  if (random.chance(20)) moves.push(moves[0]!)
  return moves.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)).map((move) => {
    world.serial += 1
    return { ...move, reference: `S${String(world.serial).padStart(8, '0')}` }
  })
}

async function deliver(world: World, account: SimulatedAccount, file: { readonly fileName: string; readonly bytes: Uint8Array }) {
  const preview = await previewImport(world.app, world.ctx, file)
  const view = await commitImport(world.app, world.ctx, { id: preview.row.id, choice: {} })
  // Half of the time the job does it, whenever it comes.
  if (world.random.chance(50)) await postBankLines(world.app, world.ctx, preview.row.id)
  assert(view.account.id === account.id, 'a statement goes to the account it names')
  return view.row
}

const statement: Step = {
  name: 'import a statement', weight: 6, may: [],
  run: async (world) => {
    const account = world.random.pick(world.accounts)
    const fresh = (await someMoves(world, account)).filter((move) => move.on <= TODAY)
    if (fresh.length === 0) return
    // Some banks send the days before once more at the head of a new file.
    const before = world.random.chance(25) ? account.deliveries.at(-1) : undefined
    const moves = [...(before?.moves ?? []), ...fresh]
    const opening = before?.opening ?? account.balance
    const closing = moves.reduce((total, move) => total + move.amount, opening)
    const bytes = writeCfonb120({ rib: account.rib, opening: { on: addDays(moves[0]!.on, -1), amount: opening }, closing: { on: moves.at(-1)!.on, amount: closing }, moves })
    const delivery = { fileName: `releve-${world.serial}.cfo`, bytes, opening, moves }
    const row = await deliver(world, account, delivery)
    assert(row.linesNew === fresh.length, `the new lines of a statement are taken (${row.linesNew} of ${fresh.length})`)
    account.balance = closing
    account.lastDay = moves.at(-1)!.on
    account.count += fresh.length
    account.deliveries.push(delivery)
  },
}

const redeliver: Step = {
  name: 'redeliver a statement', weight: 2, may: [],
  run: async (world) => {
    const account = world.random.pick(world.accounts)
    if (account.deliveries.length === 0) return
    const row = await deliver(world, account, world.random.pick(account.deliveries))
    assert(row.linesNew === 0 && row.linesSuspicious === 0, `a statement that comes again brings nothing (${row.linesNew} new, ${row.linesSuspicious} suspicious)`)
  },
}

const MATCH_REFUSALS: readonly ErrorCode[] = ['PERIOD_LOCKED', 'LINE_NOT_POSTED', 'LINE_ALREADY_TREATED', 'MATCH_TOO_LARGE', 'MATCH_SIGN_WRONG', 'MATCH_EXISTS', 'MATCH_EXCEEDS_INVOICE']

const acceptProposal: Step = {
  name: 'accept a proposal', weight: 8, may: MATCH_REFUSALS,
  run: async (world) => {
    const { items } = await browseSuggestions(world.app, world.ctx, { lineId: null, accountId: null, onlyWithProposal: true, after: null, limit: 20 })
    if (items.length === 0) return
    const { line, proposals } = world.random.pick(items)
    const { allocations, residual } = world.random.pick(proposals)
    const text = (minor: bigint) => formatAmount(minor, world.ctx.currency)
    await acceptMatch(world.app, world.ctx, {
      lineId: line.id, allocations: allocations.map(({ invoice, amount }) => ({ invoiceId: invoice.id, amount: text(amount) })), residual: residual && { account: residual.account, amount: text(residual.amount) },
    })
  },
}

const acceptTogether: Step = {
  name: 'accept many proposals together', weight: 2, may: MATCH_REFUSALS,
  run: async ({ app, ctx }) => {
    await app.db.tenant(ctx, async (tx) => {
      const lines = await linesToTreat(tx, { lineId: null, accountId: null, after: null, limit: 10 })
      const proposals = await proposalsFor(tx, await openWorld(tx, ctx), lines)
      const taken = new Set<string>()
      const decisions = lines.flatMap((line, index) => {
        const best = proposals[index]![0]
        if (!best || best.allocations.some(({ invoice }) => taken.has(invoice.id))) return []
        for (const { invoice } of best.allocations) taken.add(invoice.id)
        const demand = { lineId: line.id, allocations: new Map(best.allocations.map(({ invoice, amount }) => [invoice.id as string, amount])), residual: best.residual }
        return [{ demand, evidence: evidenceFor(demand, [best]) }]
      })
      await acceptMany(tx, ctx, decisions)
    })
  },
}

const automatic: Step = { name: 'accept what is sure', weight: 1, may: [], run: async ({ app, ctx }) => { await acceptAutomatic(app, ctx) } }

const partial: Step = {
  name: 'match a part by hand', weight: 5, may: MATCH_REFUSALS,
  run: async (world) => {
    const line = await look.someLineToTreat(world)
    const invoices = (await look.openInvoices(world)).filter((invoice) => line && invoice.open > 0n === line.left > 0n)
    if (!line || invoices.length === 0) return
    const invoice = world.random.pick(invoices)
    const size = (value: bigint) => (value < 0n ? -value : value)
    const most = size(invoice.open) < size(line.left) ? size(invoice.open) : size(line.left)
    const amount = world.random.chance(30) ? most : BigInt(world.random.between(1, Number(most)))
    await acceptMatch(world.app, world.ctx, { lineId: line.id, allocations: [{ invoiceId: invoice.id, amount: formatAmount(line.left < 0n ? -amount : amount, world.ctx.currency) }] })
  },
}

const undo: Step = {
  name: 'undo a match', weight: 4, may: ['PERIOD_LOCKED'],
  run: async (world) => {
    const match = await look.someMatch(world)
    if (match) await undoMatch(world.app, world.ctx, match)
  },
}

const refuse: Step = {
  name: 'refuse a proposal', weight: 1, may: [],
  run: async (world) => {
    const line = await look.someLineToTreat(world)
    const invoice = await look.someInvoice(world)
    if (line && invoice) await refuseSuggestion(world.app, world.ctx, { lineId: line.id, invoiceId: invoice.id })
  },
}

const manual: Step = {
  name: 'manual entry', weight: 4, may: ['PERIOD_LOCKED'],
  run: async (world) => {
    const amount = formatAmount(BigInt(world.random.between(1, 500_000)), world.ctx.currency)
    const [debit, credit] = world.random.pick([['606300', '401000'], ['641000', '421000'], ['218300', '404000'], ['601', '401']])
    const draft = await createDraft(world.app, world.ctx, { journal: 'OD', date: someDay(world), pieceRef: 'OD-1', label: 'Opération diverse', lines: [{ account: debit!, debit: amount }, { account: credit!, credit: amount }] })
    if (draft.status === 'draft' && !world.random.chance(15)) await validateDraft(world.app, world.ctx, draft.draft.id)
  },
}

const reversal: Step = {
  name: 'reverse a manual entry', weight: 2, may: ['ENTRY_ALREADY_REVERSED', 'PERIOD_LOCKED'],
  run: async (world) => {
    const entry = await look.someManualEntry(world)
    if (entry) await reverseEntry(world.app, world.ctx, { id: entry })
  },
}

const lock: Step = {
  name: 'lock or open a period', weight: 2, may: [],
  run: async (world) => {
    const periods = (await browseFiscalYears(world.app, world.ctx)).flatMap((year) => year.periods).filter((period) => period.startsOn >= '2025-10-01' && period.startsOn < '2026-09-01')
    const locked = periods.filter((period) => period.status === 'locked')
    const change = locked.length > 3 || (locked.length > 0 && world.random.chance(40)) ? { id: world.random.pick(locked).id, status: 'open' as const } : { id: world.random.pick(periods).id, status: 'locked' as const }
    await setPeriodStatus(world.app, world.ctx, change)
  },
}

export const STEPS: readonly Step[] = [newCustomer, issue, importPosted, credit, statement, redeliver, acceptProposal, acceptTogether, automatic, partial, undo, refuse, manual, reversal, lock]

/** A step drawn by its weight. */
export function drawStep({ random }: World): Step {
  let at = random.between(1, STEPS.reduce((total, step) => total + step.weight, 0))
  return STEPS.find((step) => (at -= step.weight) <= 0)!
}
