import type { Static, TSchema } from 'typebox'
import type { AuditPage, AuditQuery, ChainCheck } from '../../contract/audit.ts'
import type * as banking from '../../contract/banking.ts'
import type * as identity from '../../contract/identity.ts'
import type * as invoicing from '../../contract/invoicing.ts'
import type * as ledger from '../../contract/ledger.ts'
import type * as party from '../../contract/party.ts'
import type * as reconciliation from '../../contract/reconciliation.ts'

type Get<Answer extends TSchema, Query = undefined> = { answer: Static<Answer>; query: Query; body: undefined }
type Send<Answer, Body = undefined, Query = undefined> = { answer: Answer; query: Query; body: Body }
type Items<T> = { items: T[] }

/**
 * Every call the web app makes, typed by the schemas of the contract. A `FormData` body carries one file in the field `file`.
 * Add a line here when the API grows: `client.get('/api/…')` follows.
 */
export type Gets = {
  '/api/instance': Get<typeof identity.Instance>
  '/api/me': Get<typeof identity.Me>
  '/api/company': Get<typeof identity.Company>
  '/api/members': Get<typeof identity.MemberList>
  '/api/grants': Get<typeof identity.GrantList>
  '/api/summary': Get<typeof reconciliation.Summary>
  '/api/audit': Get<typeof AuditPage, AuditQuery>
  '/api/audit/check': Get<typeof ChainCheck>
  '/api/customers': Get<typeof party.CustomerPage, party.CustomerQuery>
  '/api/customers/:id': Get<typeof party.Customer>
  '/api/invoices/sales': Get<typeof invoicing.InvoicePage, invoicing.InvoiceQuery>
  '/api/invoices/sales/:id': Get<typeof invoicing.Invoice>
  '/api/accounts': { answer: Items<banking.BankAccount>; query: undefined; body: undefined }
  '/api/accounts/:id': Get<typeof banking.BankAccount>
  '/api/transactions': Get<typeof banking.BankLinePage, banking.BankLineQuery>
  '/api/transactions/:id': Get<typeof banking.BankLine>
  '/api/imports': Get<typeof banking.BankImportPage, { limit?: number; cursor?: string }>
  '/api/imports/:id': Get<typeof banking.BankImport>
  '/api/ledger/accounts': Get<typeof ledger.ChartAccountList, Static<typeof ledger.ChartAccountQuery>>
  '/api/ledger/accounts/:number/lines': Get<typeof ledger.AccountPage, ledger.AccountLinesQuery>
  '/api/ledger/journals': { answer: ledger.Journal[]; query: undefined; body: undefined }
  '/api/ledger/fiscal-years': { answer: ledger.FiscalYear[]; query: undefined; body: undefined }
  '/api/ledger/entries': Get<typeof ledger.EntryPage, ledger.EntryQuery>
  '/api/ledger/entries/:id': Get<typeof ledger.Entry>
  '/api/ledger/balance': Get<typeof ledger.TrialBalance, Static<typeof ledger.BalanceQuery>>
  '/api/ledger/check': Get<typeof ledger.LedgerCheck>
  '/api/reconciliation/suggestions': Get<typeof reconciliation.SuggestionPage, reconciliation.SuggestionQuery>
  '/api/reconciliation/matches': Get<typeof reconciliation.MatchPage, reconciliation.MatchQuery>
  '/api/reconciliation/matches/:id': Get<typeof reconciliation.Match>
}

export type Posts = {
  '/api/auth/sign-up': Send<Static<typeof identity.Session>, Static<typeof identity.SignUp>>
  '/api/auth/login': Send<Static<typeof identity.Session>, Static<typeof identity.Login>>
  '/api/auth/logout': Send<null>
  '/api/companies': Send<identity.Company, identity.NewCompany>
  '/api/members': Send<identity.Member, Static<typeof identity.NewMember>>
  '/api/grants': Send<identity.Grant, Static<typeof identity.NewGrant>>
  '/api/grants/:id/revoke': Send<identity.Grant>
  '/api/customers': Send<party.Customer, party.NewCustomer>
  '/api/invoices/sales': Send<invoicing.Invoice, invoicing.NewInvoice>
  '/api/invoices/sales/:id/issue': Send<invoicing.Invoice, Static<typeof invoicing.IssueInvoice>>
  '/api/invoices/sales/:id/credit-note': Send<invoicing.Invoice, Static<typeof invoicing.NewCreditNote>>
  '/api/invoices/sales/import': Send<invoicing.InvoiceImportResult, FormData, Static<typeof invoicing.ImportQuery>>
  '/api/accounts': Send<banking.BankAccount, banking.NewBankAccount>
  '/api/imports': Send<banking.BankImport, FormData>
  '/api/imports/:id/commit': Send<banking.BankImport, banking.CommitImport>
  '/api/ledger/entries': Send<ledger.Entry, ledger.NewEntry>
  '/api/ledger/entries/:id/validate': Send<ledger.Entry>
  '/api/ledger/entries/:id/reverse': Send<ledger.Entry, Static<typeof ledger.Reversal>>
  '/api/ledger/fiscal-years': Send<ledger.FiscalYear, Static<typeof ledger.NewFiscalYear>>
  '/api/ledger/fiscal-years/:id/opening': Send<ledger.Entry>
  '/api/ledger/periods/:id/lock': Send<ledger.Period>
  '/api/ledger/periods/:id/unlock': Send<ledger.Period>
  '/api/ledger/imports/fec': Send<ledger.FecImportResult, FormData, Static<typeof ledger.FecImportQuery>>
  '/api/reconciliation/matches': Send<reconciliation.Match, reconciliation.NewMatch>
  '/api/reconciliation/matches/:id/undo': Send<reconciliation.Match>
  '/api/reconciliation/refusals': Send<null, Static<typeof reconciliation.NewRefusal>>
}

export type Patches = {
  '/api/company': Send<identity.Company, identity.CompanyPatch>
  '/api/members/:userId': Send<identity.Member, Static<typeof identity.MemberPatch>>
  '/api/customers/:id': Send<party.Customer, party.CustomerPatch>
  '/api/accounts/:id': Send<banking.BankAccount, Partial<banking.NewBankAccount>>
}

export type Puts = {
  '/api/invoices/sales/:id': Send<invoicing.Invoice, invoicing.NewInvoice>
  '/api/ledger/entries/:id': Send<ledger.Entry, ledger.NewEntry>
}

export type Deletes = {
  '/api/members/:userId': Send<null>
  '/api/invoices/sales/:id': Send<null>
  '/api/ledger/entries/:id': Send<null>
}
