import type { AccountName, StatedBalance, StatementRecord } from '../../../core/bank/statement.ts'
import { type Currency, EUR, parseCurrency } from '../../../core/kernel/currency.ts'
import { type Problem, problem, warning } from '../../../core/kernel/problem.ts'
import { type BankFormat, type ReaderOptions, textReader, type TextHandler } from '../format.ts'
import { createMarkup } from '../markup.ts'
import { declarationRefused } from '../markup-problems.ts'
import { lineTooLong } from '../text-lines.ts'
import { readTransaction, type Transaction } from './transaction.ts'
import { accountOf, amountOf, dayOf, said, type Values } from './values.ts'

/** Statements: of a bank account, of a card, of an investment account (only its cash movements are bank lines). */
const STATEMENTS = new Set(['STMTRS', 'CCSTMTRS', 'INVSTMTRS'])
const ACCOUNTS = new Set(['BANKACCTFROM', 'CCACCTFROM', 'INVACCTFROM'])
const TRANSACTIONS = new Set(['STMTTRN', 'STMTTRNP'])
/** Aggregates inside a transaction: their values are kept under their name. */
const INNER = new Set(['PAYEE', 'CURRENCY', 'ORIGCURRENCY', 'BANKACCTTO', 'CCACCTTO', 'IMAGEDATA'])
/** Movements of securities. They move no money that a bank line tells. */
const SECURITIES = /^(?:BUY(?:DEBT|MF|OPT|OTHER|STOCK)|SELL(?:DEBT|MF|OPT|OTHER|STOCK)|CLOSUREOPT|INCOME|INVEXPENSE|JRNLFUND|JRNLSEC|MARGININTEREST|REINVEST|RETOFCAP|SPLIT|TRANSFER)$/
type Kind = 'part' | 'statement' | 'end' | 'inner' | 'security' | 'value'
const ENDS = new Set(['AVAILBAL', 'BALLIST', 'BANKTRANLIST', 'BANKTRANLISTP', 'INVTRANLIST'])

function freshKind(name: string): Kind {
  if (TRANSACTIONS.has(name) || name === 'LEDGERBAL' || name === 'STATUS' || ACCOUNTS.has(name)) return 'part'
  if (STATEMENTS.has(name)) return 'statement'
  if (ENDS.has(name)) return 'end'
  if (INNER.has(name)) return 'inner'
  return SECURITIES.test(name) ? 'security' : 'value'
}

/** Names as they are written, with what they are. A file has some fifty. */
const KINDS = new Map<string, { readonly name: string; readonly kind: Kind }>()
const KINDS_MAX = 500

function kindOf(written: string): { readonly name: string; readonly kind: Kind } {
  const known = KINDS.get(written)
  if (known) return known
  const name = written.toUpperCase()
  const found = { name, kind: freshKind(name) }
  if (KINDS.size < KINDS_MAX) KINDS.set(written, found)
  return found
}

/** Values of one aggregate: a transaction has some twenty. */
const VALUES_MAX = 100
/** Characters of a value written in several pieces: what comes behind is noise. */
const VALUE_MAX = 10_000

type Open = { account: AccountName; currency: Currency | null; closing: StatedBalance | null; isWritten: boolean; line: number; securities: number }
/** The aggregate whose values are being gathered. */
type Part = { readonly name: string; readonly values: Values; readonly line: number }

type State = {
  readonly options: ReaderOptions
  records: StatementRecord[]
  statement: Open | null
  part: Part | null
  inner: string | null
  /** The tag whose value comes next. */
  leaf: string | null
  /** True once a piece of its value was taken. */
  isContinued: boolean
  hasStatement: boolean
  assumedCurrency: boolean
}

const report = (state: State, found: Problem): void => { state.records.push({ kind: 'problem', problem: found }) }

function statementOf(state: State, line: number): Open {
  state.hasStatement = true
  state.statement ??= { account: { iban: null, id: null }, currency: null, closing: null, isWritten: false, line, securities: 0 }
  return state.statement
}

function currencyOf(state: State, statement: Open, line: number): Currency {
  statement.currency ??= state.options.currency ?? null
  if (statement.currency) return statement.currency
  if (!state.assumedCurrency) {
    report(state, warning('CURRENCY_ASSUMED', {
      fr: 'Le fichier n\'indique pas sa devise (CURDEF) : l\'euro est retenu. Vérifiez la devise du compte.',
      en: 'The file does not name its currency (CURDEF): euro is assumed. Check the currency of the account.',
    }, { line, field: 'CURDEF' }))
    state.assumedCurrency = true
  }
  statement.currency = EUR
  return EUR
}

function writeOpen(state: State, statement: Open): void {
  if (statement.isWritten) return
  statement.isWritten = true
  state.records.push({ kind: 'open', account: statement.account, currency: statement.currency, opening: null })
}

function finishTransaction(state: State, { name, values, line }: Part): void {
  const statement = statementOf(state, line)
  const transaction: Transaction = { values, isPending: name === 'STMTTRNP', line }
  const read = readTransaction(transaction, currencyOf(state, statement, line))
  writeOpen(state, statement)
  if ('problem' in read) report(state, read.problem)
  else state.records.push({ kind: 'line', line: read })
}

function finishBalance(state: State, { values, line }: Part): void {
  const written = said(values.get('BALAMT')) ?? (values.get('BALAMT')?.trim() || null)
  if (written === null) return
  const statement = statementOf(state, line)
  const amount = amountOf(written, currencyOf(state, statement, line), { line, field: 'LEDGERBAL/BALAMT' })
  const date = dayOf(values.get('DTASOF'))
  if (amount.ok && date) statement.closing = { date, minor: amount.value }
  else {
    report(state, warning('BALANCE_UNREADABLE', {
      fr: `Le solde comptable (LEDGERBAL) n'est pas lisible : « ${written.slice(0, 40)} » au « ${(values.get('DTASOF') ?? '').slice(0, 40)} ». Il est ignoré.`,
      en: `The ledger balance (LEDGERBAL) cannot be read: "${written.slice(0, 40)}" on "${(values.get('DTASOF') ?? '').slice(0, 40)}". It is ignored.`,
    }, { line, field: 'LEDGERBAL' }))
  }
}

/** The bank's own answer to the request: an error there explains an empty statement. */
function finishStatus(state: State, { values, line }: Part): void {
  if (values.get('SEVERITY')?.trim().toUpperCase() !== 'ERROR') return
  const words = [values.get('CODE')?.trim(), said(values.get('MESSAGE'))].filter((text) => text).join(' : ').slice(0, 300)
  report(state, problem('BANK_REFUSED', {
    fr: `La banque a répondu par une erreur (${words}) au lieu du relevé. Refaites l'export depuis son site.`,
    en: `The bank answered with an error (${words}) instead of the statement. Export it again from its site.`,
  }, { line, field: 'STATUS' }))
}

function finishPart(state: State): void {
  const { part } = state
  state.part = null
  state.inner = null
  state.leaf = null
  if (!part) return
  if (TRANSACTIONS.has(part.name)) finishTransaction(state, part)
  else if (part.name === 'LEDGERBAL') finishBalance(state, part)
  else if (part.name === 'STATUS') finishStatus(state, part)
  else if (ACCOUNTS.has(part.name) && state.statement && !state.statement.isWritten) state.statement.account = accountOf(part.values)
}

function finishStatement(state: State): void {
  finishPart(state)
  const { statement } = state
  state.statement = null
  if (!statement) return
  if (statement.securities > 0) {
    report(state, warning('INVESTMENTS_SKIPPED', {
      fr: `Ce compte de titres contient ${statement.securities} opérations sur titres (achats, ventes, revenus) : elles ne sont pas reprises, seuls ses mouvements d'espèces le sont.`,
      en: `This investment account holds ${statement.securities} movements of securities (buys, sells, income): they are left out, only its cash movements are read.`,
    }, { line: statement.line }))
  }
  writeOpen(state, statement)
  state.records.push({ kind: 'close', opening: null, closing: statement.closing, currency: statement.currency })
}

function openTag(state: State, written: string, lineNow: () => number): void {
  const { name, kind } = kindOf(written)
  state.leaf = name
  state.isContinued = false
  if (kind === 'value') return
  if (kind === 'part') {
    // One that was never closed ends where the next begins.
    finishPart(state)
    state.part = { name, values: new Map(), line: lineNow() }
  } else if (kind === 'statement') {
    finishStatement(state)
    statementOf(state, lineNow())
  } else if (kind === 'end') finishPart(state)
  else if (kind === 'inner' && state.part) state.inner = name
  else if (kind === 'security' && state.statement && !state.part) state.statement.securities += 1
}

function closeTag(state: State, written: string): void {
  state.leaf = null
  const { name, kind } = kindOf(written)
  if (kind === 'value') return
  if (state.part?.name === name) finishPart(state)
  else if (state.inner === name) state.inner = null
  else if (kind === 'statement') finishStatement(state)
}

/** The value of the tag just opened, in one or several pieces. */
function takeText(state: State, text: string): void {
  const { leaf, part, inner, statement } = state
  if (leaf === null) return
  if (!part) {
    if (leaf === 'CURDEF' && statement && !statement.isWritten) statement.currency = parseCurrency(text.trim()) ?? statement.currency
    return
  }
  const key = inner === null ? leaf : `${inner}/${leaf}`
  const before = part.values.get(key)
  if (state.isContinued) part.values.set(key, `${before ?? ''}${text}`.slice(0, VALUE_MAX))
  else if (before === undefined && part.values.size < VALUES_MAX) part.values.set(key, text)
  else {
    state.leaf = null
    return
  }
  state.isContinued = true
}

function finish(state: State, line: number): void {
  const isCut = state.part !== null && TRANSACTIONS.has(state.part.name)
  if (isCut) state.part = null
  if (state.statement || isCut) {
    report(state, (isCut ? problem : warning)('STATEMENT_UNFINISHED', {
      fr: `Le fichier s'arrête au milieu d'un relevé${isCut ? ', et sa dernière opération, incomplète, n\'est pas reprise' : ''}. Ce qui précède est conservé ; demandez à la banque le fichier entier.`,
      en: `The file stops in the middle of a statement${isCut ? ', and its last movement, incomplete, is left out' : ''}. What comes before is kept; ask the bank for the whole file.`,
    }, { line }))
  }
  finishStatement(state)
  if (isCut || state.hasStatement) return
  report(state, problem('NO_STATEMENT', {
    fr: 'Aucun relevé de compte dans ce fichier OFX (il peut ne contenir qu\'une liste de comptes). Exportez les opérations depuis la banque.',
    en: 'No account statement in this OFX file (it may only list accounts). Export the movements from the bank.',
  }))
}

function createHandler(options: ReaderOptions): TextHandler {
  const state: State = { options, records: [], statement: null, part: null, inner: null, leaf: null, isContinued: false, hasStatement: false, assumedCurrency: false }
  let isRefused = false
  const markup = createMarkup('loose', {
    open: (tag) => { openTag(state, tag.name, markup.line) },
    close: (name) => { closeTag(state, name) },
    leaf: (tag, text) => {
      openTag(state, tag.name, markup.line)
      takeText(state, text)
      closeTag(state, tag.name)
    },
    text: (text) => { takeText(state, text) },
    damage: (damage) => {
      isRefused = true
      report(state, damage.kind === 'doctype' ? declarationRefused(markup.line()) : lineTooLong(markup.line()))
    },
  })
  return {
    push(text, records) {
      state.records = records
      markup.push(text)
    },
    end(records) {
      state.records = records
      markup.end()
      if (isRefused) finishStatement(state)
      else finish(state, markup.line())
    },
  }
}

/** Open Financial Exchange: 1.x (SGML, tags that stay open) and 2.x (XML), and QFX, which is the same. */
export const ofx: BankFormat = {
  name: 'ofx',
  detect: (head) => /<OFX>|^\s*OFXHEADER\s*:|<\?OFX\s/i.test(head),
  createReader: (options) => textReader(options, createHandler(options)),
}
