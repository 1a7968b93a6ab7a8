import type { AccountName, StatedBalance, StatementLine, StatementRecord } from '../../../core/bank/statement.ts'
import { type Currency, EUR } from '../../../core/kernel/currency.ts'
import { type Problem, problem, warning } from '../../../core/kernel/problem.ts'
import { type BankFormat, type ReaderOptions, textReader, type TextHandler } from '../format.ts'
import { createLineCutter, lineTooLong } from '../text-lines.ts'
import { floorCurrency, readAccount, readBalance } from './balance.ts'
import { type Details, readDetails, readNotes } from './details.ts'
import { type Movement, readMovement } from './movement.ts'

/** Lines of one field: `:86:` has six, a few banks write more. What comes behind is noise. */
const FIELD_LINES_MAX = 200

/** A field of the message: its tag, its lines, and where it starts. */
type Field = { readonly tag: string; readonly lines: string[]; readonly line: number }

type Open = {
  account: AccountName
  currency: Currency | null
  opening: StatedBalance | null
  closing: StatedBalance | null
  /** True once `:62:` was met: what follows is said of the statement, not of its last movement. */
  isClosed: boolean
  isWritten: boolean
  hasOpening: boolean
  line: number
}

type State = {
  readonly options: ReaderOptions
  records: StatementRecord[]
  statement: Open | null
  field: Field | null
  movement: { line: number; movement: Movement; currency: Currency; details: Details | null } | null
  hasFields: boolean
  assumedCurrency: boolean
}

const report = (state: State, found: Problem): void => { state.records.push({ kind: 'problem', problem: found }) }

function statementOf(state: State, line: number): Open {
  state.statement ??= { account: { iban: null, id: null }, currency: null, opening: null, closing: null, isClosed: false, isWritten: false, hasOpening: false, line }
  return state.statement
}

function writeOpen(state: State, statement: Open): void {
  if (statement.isWritten) return
  statement.isWritten = true
  state.records.push({ kind: 'open', account: statement.account, currency: statement.currency ?? state.options.currency ?? null, opening: statement.opening })
}

/** The label says everything; a reference that a person gave counts more than the one of the message. */
function lineOf({ movement, currency, details, line }: NonNullable<State['movement']>): StatementLine {
  const supplementIban = movement.supplement === '' ? null : readAccount(movement.supplement).account.iban
  const supplement = supplementIban === null ? movement.supplement : ''
  const label = details?.label ?? ''
  const words = supplement === '' || label.includes(supplement) ? label : `${label} ${supplement}`.trimStart()
  const reference = details?.reference ?? movement.customerReference
  return {
    bookedOn: movement.bookedOn, valueOn: movement.valueOn, minor: movement.minor, currency,
    label: words || details?.name || reference || movement.bankReference || movement.type || '',
    reference, counterparty: { name: details?.name ?? null, iban: details?.iban ?? supplementIban },
    // A short or wordy "bank reference" is written on many movements: only one that looks numbered identifies.
    bankId: movement.bankReference !== null && /^(?=(?:\D*\d){6})\S{8,}$/.test(movement.bankReference) ? movement.bankReference : null,
    status: movement.isExpected ? 'pending' : 'booked', line,
  }
}

function finishMovement(state: State): void {
  const { movement } = state
  state.movement = null
  if (movement) state.records.push({ kind: 'line', line: lineOf(movement) })
}

function finishStatement(state: State): void {
  finishMovement(state)
  const { statement } = state
  state.statement = null
  if (!statement) return
  const { account, opening, closing } = statement
  const isEmpty = !statement.isWritten && !opening && !closing && account.iban === null && account.id === null
  if (isEmpty) return
  writeOpen(state, statement)
  if (statement.hasOpening && !statement.isClosed) {
    report(state, warning('STATEMENT_UNFINISHED', {
      fr: `Le relevé ouvert à la ligne ${statement.line} n'a pas de solde de clôture (:62F:) : le fichier est peut-être incomplet. Comparez-le avec la banque.`,
      en: `The statement opened at line ${statement.line} has no closing balance (:62F:): the file may be incomplete. Compare it with the bank.`,
    }, { line: statement.line, field: ':62F:' }))
  }
  state.records.push({ kind: 'close', opening, closing, currency: statement.currency ?? state.options.currency ?? null })
}

function currencyOf(state: State, statement: Open, line: number): Currency {
  const known = statement.currency ?? state.options.currency
  if (known) return known
  if (!state.assumedCurrency) {
    report(state, warning('CURRENCY_ASSUMED', {
      fr: 'Le fichier n\'indique pas sa devise : l\'euro est retenu. Vérifiez la devise du compte.',
      en: 'The file does not name its currency: euro is assumed. Check the currency of the account.',
    }, { line }))
    state.assumedCurrency = true
  }
  statement.currency = EUR
  return EUR
}

function takeBalance(state: State, field: Field): void {
  finishMovement(state)
  const isOpening = field.tag.startsWith('60')
  // An opening balance behind a closing one starts another statement, whether or not its message begins again.
  if (isOpening && state.statement && (state.statement.isClosed || state.statement.isWritten)) finishStatement(state)
  const statement = statementOf(state, field.line)
  const balance = readBalance(field.tag, field.lines[0]!, { currency: statement.currency ?? state.options.currency ?? null, line: field.line })
  if ('problem' in balance) report(state, balance.problem)
  else statement.currency ??= balance.currency
  const stated = 'problem' in balance ? null : balance.stated
  if (isOpening) {
    statement.opening = stated
    statement.hasOpening = true
  } else {
    statement.closing = stated
    statement.isClosed = true
  }
}

function takeMovement(state: State, field: Field): void {
  finishMovement(state)
  if (state.statement?.isClosed) finishStatement(state)
  const statement = statementOf(state, field.line)
  const currency = currencyOf(state, statement, field.line)
  writeOpen(state, statement)
  const movement = readMovement(field.lines.length === 1 ? field.lines[0]! : field.lines.join('\n'), currency, field.line)
  if ('problem' in movement) report(state, movement.problem)
  else state.movement = { line: field.line, movement, currency, details: null }
}

/** Several `:86:` may follow one movement: their labels are put together. */
function addDetails(state: State, details: Details): void {
  const { movement } = state
  if (!movement) return
  const before = movement.details
  movement.details = before === null ? details : {
    label: `${before.label} ${details.label}`.trim(), name: before.name ?? details.name, iban: before.iban ?? details.iban, reference: before.reference ?? details.reference,
  }
}

function finishField(state: State): void {
  const { field } = state
  state.field = null
  if (!field) return
  state.hasFields = true
  switch (field.tag) {
    case '20': finishStatement(state); break
    case '25': case '25P': {
      finishMovement(state)
      if (state.statement?.isWritten || state.statement?.isClosed) finishStatement(state)
      const statement = statementOf(state, field.line)
      const { account, currency } = readAccount(field.lines[0]!)
      statement.account = account
      statement.currency ??= currency
      break
    }
    case '34F': statementOf(state, field.line).currency ??= floorCurrency(field.lines[0]!); break
    case '60F': case '60M': case '62F': case '62M': takeBalance(state, field); break
    case '61': takeMovement(state, field); break
    case '86': if (!state.statement?.isClosed) addDetails(state, readDetails(field.lines)); break
    case 'NS': if (!state.statement?.isClosed) addDetails(state, readNotes(field.lines)); break
    // Everything else (28C number, 64 and 65 available balances, 90 totals) says nothing of the movements.
    default: break
  }
}

const TAG = /^:(\d{2}[A-Z]?|NS|94[02]):/
/** The end of a message, or the beginning of an envelope. */
const BOUNDARY = /^(?:-(?:\}|\u0003|$)|\{[1-5]:)/

/** An envelope may stand on the line of the first field, and the end of the message on that of the last. */
function takeLine(state: State, text: string, number: number): void {
  const block = text.startsWith('{') ? text.indexOf('{4:') : -1
  if (block >= 0 && text.length > block + 3) {
    takeField(state, text.slice(0, block + 3), number)
    takeLine(state, text.slice(block + 3), number)
    return
  }
  const end = text.startsWith(':') && text.includes('-}') ? /-\}(?:\{5:.*)?$/.exec(text)?.index : undefined
  takeField(state, end === undefined ? text : text.slice(0, end), number)
  if (end !== undefined) takeField(state, '-}', number)
}

function takeField(state: State, text: string, number: number): void {
  const tag = text.startsWith(':') ? TAG.exec(text)?.[1] : undefined
  if (tag !== undefined) {
    finishField(state)
    state.field = { tag, lines: [text.slice(tag.length + 2)], line: number }
    return
  }
  if ((text.startsWith('-') || text.startsWith('{')) && BOUNDARY.test(text.trimEnd())) {
    finishField(state)
    finishStatement(state)
    return
  }
  const { field } = state
  if (!field) return
  // A wrapped file may leave a colon by itself, the rest of its tag on the next line.
  const broken = field.lines.at(-1) === ':' ? TAG.exec(`:${text}`)?.[1] : undefined
  if (broken !== undefined) {
    field.lines.pop()
    finishField(state)
    state.field = { tag: broken, lines: [text.slice(broken.length + 1)], line: number }
  } else if (field.lines.length < FIELD_LINES_MAX) field.lines.push(text)
  else if (field.lines.length === FIELD_LINES_MAX) {
    field.lines.push('')
    report(state, problem('LINE_UNREADABLE', {
      fr: `Le champ :${field.tag}: de la ligne ${field.line} ne se termine pas : les lignes qui suivent ne sont pas d'un relevé MT940 et sont ignorées.`,
      en: `The field :${field.tag}: of line ${field.line} never ends: the lines behind it are of no MT940 statement and are ignored.`,
    }, { line: number, field: `:${field.tag}:` }))
  }
}

/** A movement at the very end of a file that stops in the middle of a line: its amount may lack digits. */
function dropCutMovement(state: State): void {
  const { field } = state
  if (field?.tag !== '61' || field.lines.length > 1 || /[NSF][A-Z0-9]{3}|\/\//.test(field.lines[0]!)) return
  report(state, problem('STATEMENT_UNFINISHED', {
    fr: 'Le fichier s\'arrête au milieu de cette opération : elle n\'est pas reprise. Demandez le fichier entier à la banque.',
    en: 'The file stops in the middle of this movement: it is left out. Ask the bank for the whole file.',
  }, { line: field.line, field: ':61:' }))
  state.field = null
}

function createHandler(options: ReaderOptions): TextHandler {
  const state: State = { options, records: [], statement: null, field: null, movement: null, hasFields: false, assumedCurrency: false }
  const cutter = createLineCutter({
    line: (text, number) => { takeLine(state, text, number) },
    tooLong: (_start, number) => { report(state, lineTooLong(number)) },
  })
  return {
    push(text, records) {
      state.records = records
      cutter.push(text)
    },
    end(records) {
      state.records = records
      cutter.end()
      if (!cutter.hasEnd()) dropCutMovement(state)
      finishField(state)
      finishStatement(state)
      if (!state.hasFields) {
        report(state, problem('NO_RECORD', {
          fr: 'Aucun champ MT940 (:20:, :25:, :61:...) dans ce fichier. Vérifiez que c\'est bien un relevé de compte.',
          en: 'No MT940 field (:20:, :25:, :61:...) in this file. Check that it is an account statement.',
        }, {}))
      }
    },
  }
}

/** SWIFT MT940 customer statement and MT942 interim report, with or without their envelope. */
export const mt940: BankFormat = {
  name: 'mt940',
  detect: (head) => /(?:^|[\r\n])\s*:(?:20|21|25P?|28C?|60[FM]|61|62[FM]|64|86|34F|94[02]):/.test(head),
  createReader: (options) => textReader(options, createHandler(options)),
}
