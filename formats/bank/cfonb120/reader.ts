import type { StatementLine, StatementRecord } from '../../../core/bank/statement.ts'
import { type Currency, EUR, parseCurrency } from '../../../core/kernel/currency.ts'
import { type Problem, problem, warning } from '../../../core/kernel/problem.ts'
import { type BankFormat, type ReaderOptions, textReader, type TextHandler } from '../format.ts'
import { isFiller, squeeze } from '../squeeze.ts'
import { addDetail, type Details, emptyDetails, type Label, openLabel } from './details.ts'
import { field, type RawRecord, readAmount, readDate, realign } from './fields.ts'
import { createCutter, type Cut } from './records.ts'
import { createStatementBook, type StatementBook } from './statement-book.ts'

type Movement = { line: Omit<StatementLine, 'label' | 'reference' | 'counterparty'>; account: string; label: Label; details: Details }

type State = {
  readonly options: ReaderOptions
  readonly book: StatementBook
  movement: Movement | null
  /** True after a 04 that could not be read: its 05 records go with it. */
  isSkipping: boolean
  hasRecords: boolean
  assumedCurrency: boolean
}

const report = (records: StatementRecord[], found: Problem): void => { records.push({ kind: 'problem', problem: found }) }

let lastAccount = { written: '', account: '' }

/** "30002 00447 0000888899H": bank, branch and account as the record writes them. Records of one account follow each other. */
function accountOf(record: RawRecord): string {
  const written = record.text.slice(2, 32)
  // The internal operation code stands between the bank and the branch: it changes while the account stays.
  if (written.slice(9) !== lastAccount.written.slice(9) || !written.startsWith(lastAccount.written.slice(0, 5))) lastAccount = { written, account: accountWords(record) }
  return lastAccount.account
}

function accountWords(record: RawRecord): string {
  return [field(record, 3, 7), field(record, 12, 16), field(record, 22, 32)].filter((part) => part !== '').join(' ')
}

function currencyOf(state: State, record: RawRecord, records: StatementRecord[]): Currency {
  const own = parseCurrency(field(record, 17, 19)) ?? state.book.currency() ?? state.options.currency
  if (own) return own
  if (!state.assumedCurrency) {
    report(records, warning('CURRENCY_ASSUMED', {
      fr: 'Le fichier n\'indique pas sa devise : l\'euro est retenu. Vérifiez la devise du compte.',
      en: 'The file does not name its currency: euro is assumed. Check the currency of the account.',
    }, { line: record.line, field: 'devise (17-19)' }))
    state.assumedCurrency = true
  }
  return EUR
}

const NOBODY: StatementLine['counterparty'] = { name: null, iban: null }

function finishMovement(state: State, records: StatementRecord[]): void {
  const { movement } = state
  state.movement = null
  if (!movement) return
  const { details, line } = movement
  const isCredit = line.minor >= 0n
  // The other party pays a credit and receives a debit; a direct debit names its creditor in either place.
  const name = isCredit ? (details.payer ?? details.payee) : (details.payee ?? details.payer)
  const iban = isCredit ? details.payerIban : details.payeeIban
  state.book.line(movement.account, {
    bookedOn: line.bookedOn, valueOn: line.valueOn, minor: line.minor, currency: line.currency, label: movement.label.text || name || details.endToEnd || '',
    reference: details.endToEnd ?? details.bankReference, counterparty: name === null && iban === null ? NOBODY : { name, iban }, bankId: line.bankId, status: line.status, line: line.line,
  }, records)
}

function readBalance(state: State, raw: RawRecord, records: StatementRecord[]): void {
  finishMovement(state, records)
  const record = realign(raw)
  const account = accountOf(record)
  const isOpening = field(record, 1, 2) === '01'
  const named = parseCurrency(field(record, 17, 19))
  if (isOpening) state.book.open({ account, currency: named ?? null, line: record.line }, records)
  else state.book.expect({ account, currency: named ?? null, line: record.line }, records)
  if (!/[A-Z0-9]{5}/i.test(field(record, 22, 32))) {
    report(records, warning('ACCOUNT_UNREADABLE', {
      fr: `Le numéro de compte « ${field(record, 22, 32)} » est incomplet. Rattachez ce relevé au bon compte avant de l'importer.`,
      en: `The account number "${field(record, 22, 32)}" is incomplete. Attach this statement to the right account before importing it.`,
    }, { line: record.line, field: 'compte (22-32)' }))
  }
  // A 01 without a currency takes that of the movements to come, which nothing tells yet: the warning, if any, is theirs.
  const currency = isOpening ? (named ?? state.options.currency ?? EUR) : currencyOf(state, record, records)
  const amount = readAmount(record, currency)
  const date = readDate(field(record, 35, 40))
  if (!amount.ok) report(records, amount.problem)
  if (!date) {
    report(records, problem('DATE_UNREADABLE', {
      fr: `La date du solde « ${field(record, 35, 40)} » n'est pas un jour au format JJMMAA. Le solde est ignoré.`,
      en: `The balance date "${field(record, 35, 40)}" is not a day written DDMMYY. The balance is ignored.`,
    }, { line: record.line, field: 'date (35-40)' }))
  }
  const balance = amount.ok && date ? { date, minor: amount.value } : null
  if (isOpening) {
    state.book.setOpening(balance)
    return
  }
  const expected = state.book.account()
  if (expected !== account) {
    report(records, warning('OTHER_ACCOUNT', {
      fr: `Le nouveau solde est celui du compte ${account}, pas du compte ${expected} : il est ignoré. Vérifiez le fichier avec la banque.`,
      en: `The closing balance is that of account ${account}, not of account ${expected}: it is ignored. Check the file with the bank.`,
    }, { line: record.line, field: 'compte (22-32)' }))
  }
  state.book.close(expected === account ? balance : null, records)
}

function readMovement(state: State, raw: RawRecord, records: StatementRecord[]): void {
  finishMovement(state, records)
  const record = realign(raw)
  const account = accountOf(record)
  const currency = currencyOf(state, record, records)
  state.book.expect({ account, currency, line: record.line }, records)
  const amount = readAmount(record, currency)
  const bookedOn = readDate(field(record, 35, 40))
  state.isSkipping = !amount.ok || !bookedOn
  if (!amount.ok) report(records, amount.problem)
  if (!bookedOn) {
    report(records, problem('DATE_UNREADABLE', {
      fr: `La date d'opération « ${field(record, 35, 40)} » n'est pas un jour au format JJMMAA. L'opération n'est pas reprise.`,
      en: `The booking date "${field(record, 35, 40)}" is not a day written DDMMYY. The line is left out.`,
    }, { line: record.line, field: 'date (35-40)' }))
  }
  if (!amount.ok || !bookedOn) return
  const reference = squeeze(record.text.slice(104, 120))
  state.movement = {
    account, label: openLabel(record), details: emptyDetails(),
    line: {
      bookedOn, valueOn: readDate(field(record, 43, 48)) ?? null, minor: amount.value, currency,
      bankId: reference === '' || isFiller(reference) ? null : reference, status: 'booked', line: record.line,
    },
  }
}

function readDetail(state: State, record: RawRecord, records: StatementRecord[]): void {
  if (state.movement) addDetail(record, state.movement.details, state.movement.label)
  else if (!state.isSkipping) {
    report(records, problem('DETAIL_WITHOUT_LINE', {
      fr: 'Ce complément (05) ne suit aucune opération (04) : le fichier est incomplet. Demandez-le de nouveau à la banque.',
      en: 'This detail (05) follows no movement (04): the file is incomplete. Ask the bank for it again.',
    }, { line: record.line }))
  }
}

function take(state: State, cut: Cut, records: StatementRecord[]): void {
  if (cut.kind === 'noise') {
    report(records, problem('LINE_UNREADABLE', {
      fr: `Cette ligne ne commence pas par 01, 04, 05 ou 07 : « ${cut.text} ». Elle est ignorée.`,
      en: `This line does not start with 01, 04, 05 or 07: "${cut.text}". It is ignored.`,
    }, { line: cut.line }))
    return
  }
  state.hasRecords = true
  const code = cut.record.text.slice(0, 2)
  if (code === '04') readMovement(state, cut.record, records)
  else if (code === '05') readDetail(state, cut.record, records)
  else readBalance(state, cut.record, records)
}

function createHandler(options: ReaderOptions): TextHandler {
  const cutter = createCutter()
  const state: State = { options, book: createStatementBook(), movement: null, isSkipping: false, hasRecords: false, assumedCurrency: false }
  return {
    push(text, records) { for (const cut of cutter.push(text)) take(state, cut, records) },
    end(records) {
      for (const cut of cutter.end()) take(state, cut, records)
      finishMovement(state, records)
      state.book.end(records)
      if (!state.hasRecords) {
        report(records, problem('NO_RECORD', {
          fr: 'Aucun enregistrement CFONB 120 dans ce fichier. Vérifiez que c\'est bien un relevé de compte.',
          en: 'No CFONB 120 record in this file. Check that it is an account statement.',
        }, {}))
      }
    },
  }
}

/** A line that is a record: its code, then the five digits of a bank. */
const RECORD_START = /^0[1457]\d{5}[ A-Z0-9]{4}\d{5}/

/** CFONB 120 account statement (Comité français d'organisation et de normalisation bancaires), records 01, 04, 05 and 07. */
export const cfonb120: BankFormat = {
  name: 'cfonb120',
  detect: (head) => head.trimStart().split(/\r\n|\r|\n/, 20).some((line) => RECORD_START.test(line) && line.length >= 60 && (line.length < 240 || /^0[1457]\d{5}/.test(line.slice(120)))),
  createReader: (options) => textReader(options, createHandler(options)),
}
