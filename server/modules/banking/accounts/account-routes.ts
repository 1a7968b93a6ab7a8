import { AccountBalance, AccountContinuity, AccountSummary, BalanceQuery, BankAccount, BankAccountList, BankAccountPatch, BankAccountPut, BankAccountQuery, BankAccountRemoved, BankLinePage, BankLineQuery, Institution, InstitutionList, NewBankAccount, NewInstitution } from '../../../../contract/banking.ts'
import { IdParams } from '../../../../contract/common.ts'
import type { ModuleRoutes } from '../../../platform/http/routes.ts'
import { browseAccounts, changeAccount, createAccount, readAccount, removeAccount, replaceAccount } from './accounts.ts'
import { readBalance, readContinuity, summariseAccount } from './balance.ts'
import { browseInstitutions, createInstitution } from './institutions.ts'
import { linePage } from '../lines/line-routes.ts'
import { presentAccount, presentInstitution } from '../lines/present.ts'
import { presentBalance, presentContinuity, presentSummary } from './present-account.ts'

const tags = ['Bank']

const ownRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/accounts', {
    schema: { operationId: 'listBankAccounts', tags, summary: 'List bank accounts', description: 'With the balance of the books and the last one the bank stated. Permission: bank.read.', querystring: BankAccountQuery, response: { 200: BankAccountList } },
  }, async (request) => ({ items: (await browseAccounts(app, await request.context(), request.query.archived)).map(presentAccount) }))

  http.post('/api/accounts', {
    schema: { operationId: 'createBankAccount', tags, summary: 'Add a bank account', description: 'Takes the next ledger accounts: 512, 53, 164 or 517 by its type, and 471. In a currency other than the company\'s its lines are stored and not posted. Permission: bank.manage.', body: NewBankAccount, response: { 201: BankAccount } },
  }, async (request, reply) => reply.code(201).send(presentAccount(await createAccount(app, await request.context(), request.body))))

  http.get('/api/accounts/:id', {
    schema: { operationId: 'readBankAccount', tags, summary: 'Read a bank account', description: 'Permission: bank.read.', params: IdParams, response: { 200: BankAccount } },
  }, async (request) => presentAccount(await readAccount(app, await request.context(), request.params.id)))

  http.patch('/api/accounts/:id', {
    schema: { operationId: 'updateBankAccount', tags, summary: 'Change a bank account', description: 'Only the fields given change; the ledger accounts stay. Permission: bank.manage.', params: IdParams, body: BankAccountPatch, response: { 200: BankAccount } },
  }, async (request) => presentAccount(await changeAccount(app, await request.context(), { id: request.params.id, patch: request.body })))

  http.put('/api/accounts/:id', {
    schema: { operationId: 'replaceBankAccount', tags, summary: 'Say a bank account again', description: 'What is left out is emptied, the institution excepted. Permission: bank.manage.', params: IdParams, body: BankAccountPut, response: { 200: BankAccount } },
  }, async (request) => presentAccount(await replaceAccount(app, await request.context(), { id: request.params.id, account: request.body })))

  http.delete('/api/accounts/:id', {
    schema: { operationId: 'removeBankAccount', tags, summary: 'Take a bank account away', description: 'Deleted when it holds nothing, else archived with its lines. Permission: bank.manage.', params: IdParams, response: { 200: BankAccountRemoved } },
  }, async (request) => ({ outcome: await removeAccount(app, await request.context(), request.params.id) }))
}

const figureRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/accounts/:id/balance', {
    schema: { operationId: 'readAccountBalance', tags, summary: 'Read the balance of an account', description: 'At the end of today, and of each day of a range. Permission: bank.read.', params: IdParams, querystring: BalanceQuery, response: { 200: AccountBalance } },
  }, async (request) => presentBalance(await readBalance(app, await request.context(), { id: request.params.id, days: request.query })))

  http.get('/api/accounts/:id/summary', {
    schema: { operationId: 'summariseAccount', tags, summary: 'Summarise an account', description: 'Money in and out by month, the last statement, how well the days are known. Permission: bank.read.', params: IdParams, response: { 200: AccountSummary } },
  }, async (request) => presentSummary(await summariseAccount(app, await request.context(), request.params.id)))

  http.get('/api/accounts/:id/continuity', {
    schema: { operationId: 'readAccountContinuity', tags, summary: 'Read which days of an account are known', description: 'Day by day what is covered, proven, missing or broken, and each gap in words. A year up to today unless told otherwise. Permission: bank.read.', params: IdParams, querystring: BalanceQuery, response: { 200: AccountContinuity } },
  }, async (request) => {
    const ctx = await request.context()
    return presentContinuity(await readContinuity(app, ctx, { id: request.params.id, days: request.query }), ctx.locale)
  })

  http.get('/api/accounts/:id/transactions', {
    schema: { operationId: 'listAccountTransactions', tags, summary: 'List the lines of an account', description: 'Latest first. Permission: bank.read.', params: IdParams, querystring: BankLineQuery, response: { 200: BankLinePage } },
  }, async (request) => {
    const ctx = await request.context()
    await readAccount(app, ctx, request.params.id)
    return linePage(app, ctx, { ...request.query, accountId: request.params.id })
  })
}

const institutionRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/institutions', {
    schema: { operationId: 'listInstitutions', tags, summary: 'List the banks of the company', description: 'Permission: bank.read.', response: { 200: InstitutionList } },
  }, async (request) => ({ items: (await browseInstitutions(app, await request.context())).map(presentInstitution) }))

  http.post('/api/institutions', {
    schema: { operationId: 'createInstitution', tags, summary: 'Add a bank', description: 'Permission: bank.manage.', body: NewInstitution, response: { 201: Institution } },
  }, async (request, reply) => reply.code(201).send(presentInstitution(await createInstitution(app, await request.context(), request.body))))
}

export const accountRoutes: ModuleRoutes = (http, app) => {
  ownRoutes(http, app)
  figureRoutes(http, app)
  institutionRoutes(http, app)
}
