import { type Static, Type } from 'typebox'
import { IdParams } from '../../../contract/common.ts'
import {
  AccountLinesQuery, AccountPage, AccountParams, BalanceQuery, ChartAccountList, ChartAccountQuery, Entry, EntryPage, EntryQuery, FiscalYear, Journal, LedgerCheck, NewEntry,
  NewFiscalYear, Period, Reversal, TrialBalance,
} from '../../../contract/ledger.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import type { HttpApp, ModuleRoutes } from '../../platform/http/routes.ts'
import type { App } from '../../platform/app.ts'
import { browseAccounts, readAccountLines } from './chart.ts'
import { checkLedger } from './check-ledger.ts'
import { browseEntries, changeDraft, createDraft, dayOf, deleteDraft, readEntry, reverseEntry, validateDraft } from './entries.ts'
import { fecRoutes } from './fec-routes.ts'
import { browseFiscalYears, browseJournals, createFiscalYear, setPeriodStatus } from './fiscal-years.ts'
import { openNextYear } from './opening.ts'
import { presentAccountLine, presentCheck, presentEntry, presentFiscalYear, presentTrialBalance } from './present.ts'
import { readTrialBalance } from './trial-balance.ts'

const tags = ['Ledger']
/** A rank in the chain; drafts stand at the largest one. */
const Rank = Type.String({ pattern: '^(\\d{1,18}|9223372036854775807)$' })
const EntryKey = Type.Tuple([Type.String(), Rank, Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })])
const LineKey = Type.Tuple([Type.String(), Rank, Type.Integer({ minimum: 0, maximum: 1_000_000 })])

function yearRoutes(http: HttpApp, app: App): void {
  http.get('/api/ledger/fiscal-years', {
    schema: { operationId: 'listFiscalYears', tags, summary: 'List fiscal years', description: 'Every fiscal year with its monthly periods, the first one first. Permission: ledger.read.', response: { 200: Type.Array(FiscalYear) } },
  }, async (request) => (await browseFiscalYears(app, await request.context())).map(presentFiscalYear))

  http.post('/api/ledger/fiscal-years', {
    schema: { operationId: 'createFiscalYear', tags, summary: 'Add a fiscal year', description: 'Cut in monthly periods, all open. Overlapping an existing year is refused. Permission: ledger.lock.', body: NewFiscalYear, response: { 201: FiscalYear } },
  }, async (request, reply) => {
    const { startsOn, endsOn } = request.body
    const year = await createFiscalYear(app, await request.context(), { startsOn: dayOf(startsOn, 'startsOn')!, endsOn: dayOf(endsOn, 'endsOn')! })
    return reply.code(201).send(presentFiscalYear(year))
  })

  http.post('/api/ledger/fiscal-years/:id/opening', {
    schema: { operationId: 'openNextFiscalYear', tags, summary: 'Carry a year forward', description: 'Posts the opening entry of the year that follows this one (created when missing): number 000001, provisional. Asked again after a change, the entry is reversed and replaced. Permission: ledger.post.', params: IdParams, response: { 200: Entry } },
  }, async (request) => {
    const ctx = await request.context()
    return presentEntry(await openNextYear(app, ctx, request.params.id), ctx.currency)
  })

  for (const [verb, status, words] of [['lock', 'locked', 'Lock'], ['unlock', 'open', 'Unlock']] as const) {
    http.post(`/api/ledger/periods/:id/${verb}`, {
      schema: { operationId: `${verb}Period`, tags, summary: `${words} a period`, description: 'Nothing is posted in a locked period. Permission: ledger.lock.', params: IdParams, response: { 200: Period } },
    }, async (request) => setPeriodStatus(app, await request.context(), { id: request.params.id, status }))
  }

  http.get('/api/ledger/journals', {
    schema: { operationId: 'listJournals', tags, summary: 'List journals', description: 'Journals by code. Permission: ledger.read.', response: { 200: Type.Array(Journal) } },
  }, async (request) => browseJournals(app, await request.context()))
}

function accountRoutes(http: HttpApp, app: App): void {
  http.get('/api/ledger/accounts', {
    schema: { operationId: 'listLedgerAccounts', tags, summary: 'List ledger accounts', description: 'The accounts in use, at most 500; with a search, those that match by number or label, then those of the chart of accounts. Permission: ledger.read.', querystring: ChartAccountQuery, response: { 200: ChartAccountList } },
  }, async (request) => ({ items: await browseAccounts(app, await request.context(), request.query) }))

  http.get('/api/ledger/accounts/:number/lines', {
    schema: { operationId: 'listLedgerAccountLines', tags, summary: 'Read an account', description: 'Lines of an account in a fiscal year by day, with the balance after each. Permission: ledger.read.', params: AccountParams, querystring: AccountLinesQuery, response: { 200: AccountPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT, ...query } = request.query
    const key = decodeCursor(cursor, LineKey)
    const { account, opening, lines } = await readAccountLines(app, ctx, { ...query, number: request.params.number, after: key && { date: dayOf(key[0], 'cursor')!, seq: key[1], n: key[2] }, limit: limit + 1 })
    const page = pageOf(lines, limit, { item: (line) => presentAccountLine(line, ctx.currency), key: (line) => [line.date, line.seq.toString(), line.n] })
    return { account, currency: ctx.currency, opening: formatAmount(opening, ctx.currency), ...page }
  })

  http.get('/api/ledger/balance', {
    schema: { operationId: 'readTrialBalance', tags, summary: 'Read the trial balance', description: 'Every account of a fiscal year up to a day, opening entry apart. Permission: ledger.read.', querystring: BalanceQuery, response: { 200: TrialBalance } },
  }, async (request) => {
    const ctx = await request.context()
    return presentTrialBalance(await readTrialBalance(app, ctx, request.query), ctx.currency)
  })

  http.get('/api/ledger/check', {
    schema: { operationId: 'checkLedger', tags, summary: 'Verify the books', description: 'Computes every fingerprint of the chain again and compares the monthly balances with the lines. Permission: ledger.read.', response: { 200: LedgerCheck } },
  }, async (request) => {
    const ctx = await request.context()
    return presentCheck(await checkLedger(app, ctx), ctx.locale)
  })
}

function entryRoutes(http: HttpApp, app: App): void {
  http.get('/api/ledger/entries', {
    schema: { operationId: 'listEntries', tags, summary: 'List entries', description: 'Drafts and validated entries, the latest day first. Permission: ledger.read.', querystring: EntryQuery, response: { 200: EntryPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT, ...query } = request.query
    const key: Static<typeof EntryKey> | null = decodeCursor(cursor, EntryKey)
    const rows = await browseEntries(app, ctx, { ...query, after: key && { date: dayOf(key[0], 'cursor')!, seq: key[1], id: key[2] }, limit: limit + 1 })
    return pageOf(rows, limit, { item: (row) => presentEntry(row.view, ctx.currency), key: ({ key: of }) => [of.date, of.seq.toString(), of.id] })
  })

  http.post('/api/ledger/entries', {
    schema: { operationId: 'createEntry', tags, summary: 'Write a draft entry', description: 'A draft may be incomplete; it is checked when it is validated. Permission: ledger.draft.', body: NewEntry, response: { 201: Entry } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(201).send(presentEntry(await createDraft(app, ctx, request.body), ctx.currency))
  })

  http.get('/api/ledger/entries/:id', {
    schema: { operationId: 'readEntry', tags, summary: 'Read an entry', description: 'A draft or a validated entry with its lines. Permission: ledger.read.', params: IdParams, response: { 200: Entry } },
  }, async (request) => {
    const ctx = await request.context()
    return presentEntry(await readEntry(app, ctx, request.params.id), ctx.currency)
  })

  http.put('/api/ledger/entries/:id', {
    schema: { operationId: 'updateEntry', tags, summary: 'Replace a draft entry', description: 'A validated entry is final and refuses. Permission: ledger.draft.', params: IdParams, body: NewEntry, response: { 200: Entry } },
  }, async (request) => {
    const ctx = await request.context()
    return presentEntry(await changeDraft(app, ctx, { id: request.params.id, entry: request.body }), ctx.currency)
  })

  http.delete('/api/ledger/entries/:id', {
    schema: { operationId: 'deleteEntry', tags, summary: 'Delete a draft entry', description: 'A validated entry is final and refuses. Permission: ledger.draft.', params: IdParams, response: { 204: Type.Null() } },
  }, async (request, reply) => {
    await deleteDraft(app, await request.context(), request.params.id)
    return reply.code(204).send(null)
  })

  http.post('/api/ledger/entries/:id/validate', {
    schema: { operationId: 'validateEntry', tags, summary: 'Validate a draft entry', description: 'The entry receives its number and is final. Permission: ledger.post.', params: IdParams, response: { 200: Entry } },
  }, async (request) => {
    const ctx = await request.context()
    return presentEntry(await validateDraft(app, ctx, request.params.id), ctx.currency)
  })

  http.post('/api/ledger/entries/:id/reverse', {
    schema: { operationId: 'reverseEntry', tags, summary: 'Reverse a validated entry', description: 'Posts the entry that undoes this one and answers it. An entry is reversed once. Permission: ledger.post.', params: IdParams, body: Reversal, response: { 201: Entry } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(201).send(presentEntry(await reverseEntry(app, ctx, { id: request.params.id, ...request.body }), ctx.currency))
  })
}

export const ledgerRoutes: ModuleRoutes = (http, app) => {
  yearRoutes(http, app)
  accountRoutes(http, app)
  entryRoutes(http, app)
  fecRoutes(http, app)
}
