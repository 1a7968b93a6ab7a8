import type { Static, TSchema } from 'typebox'
import type { AuditActions, AuditPage, AuditQuery, ChainCheck } from '../../contract/audit.ts'
import type * as banking from '../../contract/banking.ts'
import type * as analytics from '../../contract/analytics.ts'
import type * as budgets from '../../contract/budgets.ts'
import type * as categories from '../../contract/categories.ts'
import type { EventPage, EventQuery } from '../../contract/events.ts'
import type * as goals from '../../contract/goals.ts'
import type * as identity from '../../contract/identity.ts'
import type * as invoicing from '../../contract/invoicing.ts'
import type * as ledger from '../../contract/ledger.ts'
import type * as merchants from '../../contract/merchants.ts'
import type * as operations from '../../contract/operations.ts'
import type * as party from '../../contract/party.ts'
import type { PortfolioPage, PortfolioQuery } from '../../contract/portfolio.ts'
import type * as reconciliation from '../../contract/reconciliation.ts'
import type * as sync from '../../contract/sync.ts'
import type * as webhooks from '../../contract/webhooks.ts'
import type * as signIn from '../../contract/sign-in.ts'
import type * as team from '../../contract/team.ts'

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
  '/api/auth/two-factor': Get<typeof signIn.TwoFactor>
  '/api/auth/passkeys': Get<typeof signIn.PasskeyList>
  '/api/auth/sessions': Get<typeof signIn.SessionList>
  '/api/outbox': Get<typeof signIn.OutboxPage, signIn.OutboxQuery>
  '/api/company': Get<typeof identity.Company>
  '/api/members': Get<typeof identity.MemberList>
  '/api/grants': Get<typeof identity.GrantList>
  '/api/summary': Get<typeof reconciliation.Summary>
  '/api/audit': Get<typeof AuditPage, AuditQuery>
  '/api/audit/check': Get<typeof ChainCheck>
  '/api/audit/actions': Get<typeof AuditActions>
  '/api/keys': Get<typeof team.ApiKeyPage, Static<typeof team.ApiKeyQuery>>
  '/api/invitations': Get<typeof team.InvitationPage, team.InvitationQuery>
  '/api/roles': Get<typeof team.RoleList>
  '/api/roles/:id': Get<typeof team.CustomRole>
  '/api/clients': Get<typeof team.FirmClientPage, Static<typeof team.FirmClientQuery>>
  '/api/collaborators': Get<typeof team.CollaboratorPage, Static<typeof team.CollaboratorQuery>>
  '/api/users': Get<typeof team.UserPage, Static<typeof team.UserQuery>>
  '/api/users/:id': Get<typeof team.User>
  '/api/organizations': Get<typeof team.OrganizationList, Static<typeof team.OrganizationQuery>>
  '/api/organizations/:id': Get<typeof identity.Company>
  '/api/events': Get<typeof EventPage, EventQuery>
  '/api/portfolio': Get<typeof PortfolioPage, PortfolioQuery>
  '/api/webhook-endpoints': Get<typeof webhooks.WebhookEndpointList>
  '/api/webhook-endpoints/:id': Get<typeof webhooks.WebhookEndpoint>
  '/api/webhook-deliveries': Get<typeof webhooks.WebhookDeliveryPage, webhooks.WebhookDeliveryQuery>
  '/api/webhook-deliveries/:id': Get<typeof webhooks.WebhookDeliveryDetail>
  '/api/jobs': Get<typeof operations.JobPage, operations.JobQuery>
  '/api/jobs/:id': Get<typeof operations.Job>
  '/api/queues': Get<typeof operations.QueueList>
  '/api/workflows': Get<typeof operations.WorkflowPage, operations.WorkflowQuery>
  '/api/workflow/kinds': Get<typeof operations.WorkflowCatalogue>
  '/api/workflow/:id': Get<typeof operations.WorkflowRun>
  '/api/customers': Get<typeof party.CustomerPage, party.CustomerQuery>
  '/api/customers/:id': Get<typeof party.Customer>
  '/api/invoices/sales': Get<typeof invoicing.InvoicePage, invoicing.InvoiceQuery>
  '/api/invoices/sales/:id': Get<typeof invoicing.Invoice>
  '/api/accounts': { answer: Items<banking.BankAccount>; query: Static<typeof banking.BankAccountQuery>; body: undefined }
  '/api/accounts/:id': Get<typeof banking.BankAccount>
  '/api/transactions': Get<typeof banking.BankLinePage, banking.BankLineQuery>
  '/api/transactions/:id': Get<typeof banking.BankLine>
  '/api/transactions/:id/category': Get<typeof categories.LineCategorisation>
  '/api/transactions/:id/proposal': Get<typeof categories.ProposedEntry, Static<typeof categories.ProposalQuery>>
  '/api/transactions/:id/enrichment': Get<typeof merchants.LineEnrichment>
  '/api/accounts/:id/balance': Get<typeof banking.AccountBalance, Static<typeof banking.BalanceQuery>>
  '/api/accounts/:id/summary': Get<typeof banking.AccountSummary>
  '/api/accounts/:id/continuity': Get<typeof banking.AccountContinuity, Static<typeof banking.BalanceQuery>>
  '/api/institutions': Get<typeof banking.InstitutionList>
  '/api/transactions/suspicious': Get<typeof banking.SuspiciousPage, { accountId?: string; limit?: number; cursor?: string }>
  '/api/transfers/suggestions': Get<typeof banking.TransferSuggestionList>
  '/api/import-profiles': Get<typeof banking.ImportProfileList>
  '/api/merchants': Get<typeof merchants.MerchantPage, merchants.MerchantQuery>
  '/api/merchants/:id': Get<typeof merchants.MerchantDetail>
  '/api/connections': Get<typeof sync.ConnectionList>
  '/api/sync/status': Get<typeof sync.SyncStatus>
  '/api/sync/logs': Get<typeof sync.SyncRunPage, sync.SyncLogQuery>
  '/api/webhooks/events': Get<typeof sync.IncomingEventPage, sync.IncomingEventQuery>
  '/api/webhooks/events/:id': Get<typeof sync.IncomingEventDetail>
  '/api/webhooks/verify': Get<typeof sync.WebhookCheck>
  '/api/imports': Get<typeof banking.BankImportPage, { limit?: number; cursor?: string }>
  '/api/imports/:id': Get<typeof banking.BankImport>
  '/api/categories/tree': Get<typeof categories.CategoryTree>
  '/api/categories': Get<typeof categories.CategoryPage, categories.CategoryQuery>
  '/api/categories/:id/stats': Get<typeof categories.CategoryStats, categories.StatsQuery>
  '/api/categories/model': Get<typeof categories.CategoryModel>
  '/api/category-settings': Get<typeof categories.CategorySettings>
  '/api/category-rules': Get<typeof categories.CategoryRulePage, { limit?: number; cursor?: string }>
  '/api/category-rules/:id': Get<typeof categories.CategoryRule>
  '/api/transactions/:id/rule': Get<typeof categories.NewCategoryRule>
  '/api/budgets': Get<typeof budgets.BudgetPage, budgets.BudgetQuery>
  '/api/budgets/:id/progress': Get<typeof budgets.BudgetProgress, budgets.ProgressQuery>
  '/api/budgets/alerts': Get<typeof budgets.BudgetAlertPage, budgets.BudgetAlertQuery>
  '/api/budgets/overview': Get<typeof budgets.BudgetOverview, budgets.ProgressQuery>
  '/api/goals': Get<typeof goals.GoalPage, goals.GoalQuery>
  '/api/goals/:id': Get<typeof goals.GoalDetail>
  '/api/analytics/overview': Get<typeof analytics.AnalyticsOverview, analytics.AnalyticsQuery>
  '/api/analytics/spending': Get<typeof analytics.Breakdown, analytics.AnalyticsQuery>
  '/api/analytics/income': Get<typeof analytics.Breakdown, analytics.AnalyticsQuery>
  '/api/analytics/trends': Get<typeof analytics.Trends, analytics.TrendsQuery>
  '/api/analytics/top-merchants': Get<typeof analytics.TopMerchants, analytics.MerchantsQuery>
  '/api/analytics/recurring': Get<typeof analytics.RecurringPage, analytics.RecurringQuery>
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
  '/api/auth/login': Send<signIn.SignInAnswer, Static<typeof identity.Login>>
  '/api/auth/logout': Send<null>
  '/api/auth/two-factor/verify': Send<signIn.SignInAnswer, Static<typeof signIn.TwoFactorVerify>>
  '/api/auth/two-factor/enrol': Send<signIn.TwoFactorEnrolment, Static<typeof signIn.TwoFactorEnrol>>
  '/api/auth/two-factor/confirm': Send<signIn.RecoveryCodes, Static<typeof signIn.TwoFactorConfirm>>
  '/api/auth/two-factor/disable': Send<null, Static<typeof signIn.TwoFactorPassword>>
  '/api/auth/two-factor/recovery-codes': Send<signIn.RecoveryCodes, Static<typeof signIn.TwoFactorPassword>>
  '/api/auth/passkeys/registration': Send<Static<typeof signIn.PasskeyCreationOptions>, Static<typeof signIn.PasskeyRegistration>>
  '/api/auth/passkeys': Send<signIn.Passkey, Static<typeof signIn.NewPasskey>>
  '/api/auth/passkeys/authentication': Send<Static<typeof signIn.PasskeyRequestOptions>>
  '/api/auth/passkeys/sign-in': Send<Static<typeof identity.Session>, Static<typeof signIn.PasskeySignIn>>
  '/api/auth/sessions/revoke-others': Send<Static<typeof signIn.SessionsRevoked>>
  '/api/auth/password': Send<null, Static<typeof signIn.PasswordChange>>
  '/api/auth/password-reset': Send<Static<typeof signIn.PasswordResetAsked>, Static<typeof signIn.PasswordResetRequest>>
  '/api/auth/password-reset/confirm': Send<null, Static<typeof signIn.PasswordReset>>
  '/api/companies': Send<identity.Company, identity.NewCompany>
  '/api/members': Send<identity.Member, Static<typeof identity.NewMember>>
  '/api/grants': Send<identity.Grant, Static<typeof identity.NewGrant>>
  '/api/grants/:id/revoke': Send<identity.Grant>
  '/api/keys': Send<team.CreatedApiKey, team.NewApiKey>
  '/api/invitations': Send<team.Invitation, team.NewInvitation>
  '/api/invitations/:id/resend': Send<team.Invitation>
  '/api/invitations/:id/revoke': Send<team.Invitation>
  '/api/invitations/preview': Send<team.InvitationPreview, Static<typeof team.InvitationToken>>
  '/api/invitations/accept': Send<team.AcceptedInvitation, Static<typeof team.InvitationToken>>
  '/api/invitations/join': Send<Static<typeof team.JoinedByInvitation>, Static<typeof team.JoinByInvitation>>
  '/api/roles': Send<team.CustomRole, team.NewRole>
  '/api/users': Send<team.Invitation, team.NewInvitation>
  '/api/organizations': Send<identity.Company, identity.NewCompany>
  '/api/organizations/:id/restore': Send<null>
  '/api/webhook-endpoints': Send<webhooks.WebhookSecret, webhooks.NewWebhookEndpoint>
  '/api/webhook-endpoints/:id/rotate-secret': Send<webhooks.WebhookSecret>
  '/api/webhook-endpoints/:id/test': Send<webhooks.WebhookDelivery>
  '/api/webhook-endpoints/:id/replay': Send<webhooks.ReplayOutcome, webhooks.ReplayWebhook>
  '/api/webhook-deliveries/:id/replay': Send<webhooks.WebhookDelivery>
  '/api/jobs/:id/retry': Send<operations.Job>
  '/api/jobs/:id/discard': Send<operations.Job>
  '/api/workflow/start': Send<operations.WorkflowRun, operations.StartWorkflow>
  '/api/workflow/:id/retry': Send<operations.WorkflowRun>
  '/api/workflow/:id/cancel': Send<operations.WorkflowRun>
  '/api/workflow/:id/decide': Send<operations.WorkflowRun, operations.DecideWorkflow>
  '/api/customers': Send<party.Customer, party.NewCustomer>
  '/api/invoices/sales': Send<invoicing.Invoice, invoicing.NewInvoice>
  '/api/invoices/sales/:id/issue': Send<invoicing.Invoice, Static<typeof invoicing.IssueInvoice>>
  '/api/invoices/sales/:id/credit-note': Send<invoicing.Invoice, Static<typeof invoicing.NewCreditNote>>
  '/api/invoices/sales/import': Send<invoicing.InvoiceImportResult, FormData, Static<typeof invoicing.ImportQuery>>
  '/api/accounts': Send<banking.BankAccount, banking.NewBankAccount>
  '/api/imports': Send<banking.BankImport, FormData>
  '/api/imports/:id/commit': Send<banking.BankImport, banking.CommitImport>
  '/api/imports/:id/mapping': Send<banking.BankImport, banking.TryMapping>
  '/api/imports/:id/undo': Send<banking.BankImport>
  '/api/import-profiles': Send<banking.ImportProfile, banking.NewImportProfile>
  '/api/transactions/suspicious/decide': Send<Static<typeof banking.SuspiciousDecided>, banking.DecideSuspicious>
  '/api/transactions/bulk': Send<categories.BulkResult, categories.BulkChange>
  '/api/transactions/:id/proposal/accept': Send<{ matchId: string }, categories.ProposalChoice>
  '/api/transactions': Send<banking.BankLine, banking.NewBankLine>
  '/api/transactions/:id/hold': Send<banking.BankLine, banking.NewHold>
  '/api/transactions/:id/hold/release': Send<banking.BankLine>
  '/api/transactions/:id/hold/answer': Send<banking.BankLine, Static<typeof banking.HoldAnswer>>
  '/api/transfers': Send<Static<typeof banking.Transfer>, banking.NewTransfer>
  '/api/institutions': Send<banking.Institution, banking.NewInstitution>
  '/api/merchants': Send<merchants.MerchantDetail, merchants.NewMerchant>
  '/api/merchants/enrich': Send<merchants.EnrichmentStarted>
  '/api/merchants/:id/merge': Send<merchants.MerchantDetail, Static<typeof merchants.MergeMerchants>>
  '/api/merchants/:id/split': Send<merchants.MerchantDetail, Static<typeof merchants.SplitMerchant>>
  '/api/merchants/:id/changes/:changeId/undo': Send<merchants.MerchantDetail>
  '/api/connections': Send<Static<typeof sync.ConnectionSecrets>, sync.NewConnection>
  '/api/connections/:id/rotate-address': Send<Static<typeof sync.ConnectionSecrets>>
  '/api/webhooks/events/:id/replay': Send<sync.IncomingEvent>
  '/api/sync/manual': Send<sync.ManualSync>
  '/api/categories': Send<categories.Category, categories.NewCategory>
  '/api/categories/:id/restore': Send<categories.Category>
  '/api/categories/:id/merge': Send<categories.Category, Static<typeof categories.CategoryMerge>>
  '/api/categories/auto-categorize-all': Send<categories.StartedWork, categories.CategoriseAll>
  '/api/category-rules': Send<categories.CategoryRule, categories.NewCategoryRule>
  '/api/category-rules/try': Send<categories.RuleTrialResult, categories.RuleTrial>
  '/api/category-changes/:id/undo': Send<categories.UndoResult>
  '/api/category-rules/apply': Send<categories.StartedWork, categories.RuleApply>
  '/api/budgets': Send<budgets.Budget, budgets.NewBudget>
  '/api/budgets/alerts/:id/dismiss': Send<budgets.BudgetAlert>
  '/api/goals': Send<goals.Goal, goals.NewGoal>
  '/api/goals/:id/contributions': Send<goals.GoalDetail, goals.NewContribution>
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
  '/api/auth/passkeys/:id': Send<signIn.Passkey, Static<typeof signIn.PasskeyPatch>>
  '/api/company': Send<identity.Company, identity.CompanyPatch>
  '/api/members/:userId': Send<identity.Member, Static<typeof identity.MemberPatch>>
  '/api/users/:id': Send<team.User, Static<typeof team.UserPatch>>
  '/api/organizations/:id': Send<identity.Company, identity.CompanyPatch>
  '/api/roles/:id': Send<team.CustomRole, team.RolePatch>
  '/api/customers/:id': Send<party.Customer, party.CustomerPatch>
  '/api/accounts/:id': Send<banking.BankAccount, banking.BankAccountPatch>
  '/api/transactions/:id': Send<Static<typeof categories.ChangedTransaction>, categories.TransactionPatch>
  '/api/transactions/:id/enrichment': Send<merchants.LineEnrichment, merchants.LineEnrichmentPatch>
  '/api/merchants/:id': Send<merchants.MerchantDetail, merchants.MerchantPatch>
  '/api/connections/:id': Send<sync.Connection, sync.ConnectionPatch>
  '/api/webhook-endpoints/:id': Send<webhooks.WebhookEndpoint, webhooks.WebhookEndpointPatch>
}

export type Puts = {
  '/api/connections/:id/accounts': Send<sync.Connection, sync.LinkAccount>
  '/api/transactions/:id/split': Send<Static<typeof categories.ChangedTransaction>, categories.SplitRequest>
  '/api/collaborators/:userId/clients': Send<team.Collaborator, team.Assignment>
  '/api/invoices/sales/:id': Send<invoicing.Invoice, invoicing.NewInvoice>
  '/api/categories/:id': Send<categories.Category, categories.CategoryChange>
  '/api/category-settings': Send<categories.CategorySettings, categories.CategorySettings>
  '/api/category-rules/:id': Send<categories.CategoryRule, categories.CategoryRuleChange>
  '/api/category-rules/order': Send<null, Static<typeof categories.RuleOrder>>
  '/api/budgets/:id': Send<budgets.Budget, budgets.NewBudget>
  '/api/goals/:id': Send<goals.Goal, goals.NewGoal>
  '/api/analytics/recurring/:id': Send<analytics.RecurringDetail, analytics.RecurringDecision>
  '/api/ledger/entries/:id': Send<ledger.Entry, ledger.NewEntry>
}

export type Deletes = {
  '/api/accounts/:id': Send<Static<typeof banking.BankAccountRemoved>>
  '/api/transactions/:id': Send<null>
  '/api/transfers/:id': Send<null>
  '/api/connections/:id': Send<null>
  '/api/auth/passkeys/:id': Send<null>
  '/api/auth/sessions/:id': Send<null>
  '/api/members/:userId': Send<null>
  '/api/users/:id': Send<null>
  '/api/keys/:id': Send<null>
  '/api/roles/:id': Send<null>
  '/api/organizations/:id': Send<null>
  '/api/invoices/sales/:id': Send<null>
  '/api/webhook-endpoints/:id': Send<null>
  '/api/categories/:id': Send<Static<typeof categories.CategoryRemoval>>
  '/api/category-rules/:id': Send<null>
  '/api/budgets/:id': Send<null>
  '/api/goals/:id': Send<null>
  '/api/goals/:id/contributions/:contributionId': Send<null>
  '/api/ledger/entries/:id': Send<null>
}
