import type { StatementRecord } from '../../../core/bank/statement.ts'
import { type Currency, EUR } from '../../../core/kernel/currency.ts'
import { type Problem, problem, warning } from '../../../core/kernel/problem.ts'
import type { DateOrder } from '../csv/dates.ts'
import { type BankFormat, type ReaderOptions, textReader, type TextHandler } from '../format.ts'
import { createLineCutter, lineTooLong } from '../text-lines.ts'
import { addField, emptyRecord, isBlank, isOpeningBalance, labelOf, type RawRecord } from './record.ts'
import { amountOf, dayOf, decideWriting, isOrderOpen, type Writing } from './writing.ts'

/** Records looked at before the order of the dates is decided: a whole file, nearly always. */
const RECORDS_HELD = 1_000
/** Held until one date tells, at most: beyond, the order in which they stay sorted decides. */
const RECORDS_HELD_MAX = 20_000

type Section = 'movements' | 'account' | 'securities' | 'other'

type State = {
  readonly options: ReaderOptions
  records: StatementRecord[]
  section: Section
  record: RawRecord | null
  /** Name given by `!Account`, for the movements that follow. */
  account: string | null
  openAccount: string | null
  isOpen: boolean
  isFirst: boolean
  held: RawRecord[]
  writing: Writing | null
  securities: number
  hasSections: boolean
  toldCurrency: boolean
}

const report = (state: State, found: Problem): void => { state.records.push({ kind: 'problem', problem: found }) }

const currencyOf = (state: State): Currency => state.options.currency ?? EUR

/** Lists that hold no movement: categories, classes, securities, prices, memorised records. */
const LISTS = /^type:(cat|class|memorized|security|prices|tag|budget|template|inv ?item|bill)/

function sectionOf(header: string): Section | undefined {
  if (header.startsWith('account')) return 'account'
  if (header.startsWith('type:invst') || header.startsWith('type:port')) return 'securities'
  if (LISTS.test(header)) return 'other'
  return header.startsWith('type:') ? 'movements' : undefined
}

function closeStatement(state: State): void {
  release(state)
  if (state.isOpen) state.records.push({ kind: 'close', opening: null, closing: null, currency: currencyOf(state) })
  state.isOpen = false
}

function openStatement(state: State): void {
  if (state.isOpen) return
  state.isOpen = true
  state.isFirst = true
  state.openAccount = state.account
  state.records.push({ kind: 'open', account: { iban: null, id: state.account }, currency: currencyOf(state), opening: null })
}

function decide(state: State): Writing {
  const { profile } = state.options
  const known: DateOrder | undefined = profile === 'day-first' || profile === 'month-first' ? profile : undefined
  const writing = decideWriting(state.held, currencyOf(state), known)
  if (!writing.isOrderSettled) {
    const [fr, en] = writing.order === 'day-first' ? ['jour/mois', 'day/month'] : ['mois/jour', 'month/day']
    report(state, warning('DATE_ORDER_ASSUMED', {
      fr: `Rien dans le fichier ne dit si les dates sont écrites jour/mois ou mois/jour : ${fr} est retenu. Vérifiez-les, et choisissez le profil day-first ou month-first s'il le faut.`,
      en: `Nothing in the file tells whether dates are written day/month or month/day: ${en} is assumed. Check them, and choose the profile day-first or month-first if needed.`,
    }, { field: 'D' }))
  }
  return writing
}

/** Writes the records that waited for the order of the dates to be known. */
function release(state: State): void {
  if (state.held.length === 0) return
  state.writing ??= decide(state)
  for (const record of state.held) writeLine(state, record, state.writing)
  state.held = []
}

/** Whether the parts of a split add up to the amount of the movement. */
function doPartsAddUp(record: RawRecord, writing: Writing, minor: bigint): boolean {
  const parts = record.splits.map((text) => amountOf(text, writing, { line: record.line }))
  const sum = parts.reduce((total, part) => total + (part.ok ? part.value : 0n), 0n)
  return parts.every((part) => part.ok) && sum === minor
}

function writeLine(state: State, record: RawRecord, writing: Writing): void {
  const isFirst = state.isFirst
  state.isFirst = false
  const { currency } = writing
  const bookedOn = dayOf(record.date, writing)
  const amount = amountOf(record.amount, writing, { line: record.line, field: 'T' })
  if (!bookedOn) {
    report(state, problem('DATE_UNREADABLE', {
      fr: `La date « ${(record.date ?? '').slice(0, 40)} » de cette opération n'est pas un jour du calendrier : l'opération n'est pas reprise. Vérifiez-la avec la banque.`,
      en: `The date "${(record.date ?? '').slice(0, 40)}" of this movement is not a day of the calendar: the movement is left out. Check it with the bank.`,
    }, { line: record.line, field: 'D' }))
  }
  if (!amount.ok) report(state, amount.problem)
  if (!bookedOn || !amount.ok) return
  if (isFirst && amount.value !== 0n && isOpeningBalance(record)) {
    report(state, warning('OPENING_AS_LINE', {
      fr: 'Le premier enregistrement est un solde initial, écrit comme une opération : il est repris comme tel. Écartez-le si le solde du compte est déjà connu.',
      en: 'The first record is an opening balance, written as a movement: it is read as one. Leave it out if the balance of the account is already known.',
    }, { line: record.line, field: 'P' }))
  }
  if (record.splits.length > 0 && !doPartsAddUp(record, writing, amount.value)) {
    report(state, warning('SPLIT_DIFFERS', {
      fr: 'Les parts de cette opération ventilée ne donnent pas son montant : le montant total est retenu.',
      en: 'The parts of this split movement do not add up to its amount: the total amount is kept.',
    }, { line: record.line, field: '$' }))
  }
  state.records.push({ kind: 'line', line: {
    bookedOn, valueOn: null, minor: amount.value, currency, label: labelOf(record),
    reference: /\d/.test(record.number) ? record.number : null, counterparty: { name: null, iban: null }, bankId: null, status: 'booked', line: record.line,
  } })
}

function takeMovement(state: State, record: RawRecord): void {
  if (isBlank(record)) return
  if (!state.toldCurrency && !state.options.currency) {
    state.toldCurrency = true
    report(state, warning('CURRENCY_ASSUMED', {
      fr: 'Le format QIF n\'indique pas de devise : l\'euro est retenu. Vérifiez la devise du compte, et choisissez-en une autre s\'il le faut.',
      en: 'QIF names no currency: euro is assumed. Check the currency of the account, and choose another if needed.',
    }))
  }
  openStatement(state)
  if (state.writing) {
    writeLine(state, record, state.writing)
    return
  }
  state.held.push(record)
  const { length } = state.held
  if (length >= RECORDS_HELD_MAX || (length % RECORDS_HELD === 0 && !isOrderOpen(state.held))) release(state)
}

function finishRecord(state: State): void {
  const { record, section } = state
  state.record = null
  if (!record) return
  if (section === 'movements') takeMovement(state, record)
  else if (section === 'account') state.account = record.number || null
  else if (section === 'securities' && !isBlank(record)) state.securities += 1
}

function startSection(state: State, section: Section): void {
  state.section = section
  state.hasSections = true
  if (section === 'movements' && state.isOpen && state.account !== state.openAccount) closeStatement(state)
}

function takeLine(state: State, written: string, number: number): void {
  const text = written.trimStart()
  if (text.startsWith('!')) {
    finishRecord(state)
    const section = sectionOf(text.slice(1).trim().toLowerCase())
    if (section) startSection(state, section)
  } else if (text.startsWith('^')) finishRecord(state)
  else if (text.trim() !== '') {
    state.record ??= emptyRecord(number)
    addField(state.record, text)
  }
}

/** The end of a file whose last record is not closed: complete up to its last whole line, or cut in the middle of one. */
function finishCut(state: State, isCut: boolean): void {
  const { record, section } = state
  if (section !== 'movements' || !record || isBlank(record)) return
  if (isCut || record.amount === null || record.date === null) state.record = null
  report(state, (state.record ? warning : problem)('STATEMENT_UNFINISHED', {
    fr: `La dernière opération n'est pas terminée par « ^ »${state.record ? ' : elle est reprise telle quelle' : ' et n\'est pas reprise'}. Demandez à la banque le fichier entier.`,
    en: `The last movement is not ended by "^"${state.record ? ': it is read as it stands' : ' and is left out'}. Ask the bank for the whole file.`,
  }, { line: record.line }))
}

function createHandler(options: ReaderOptions): TextHandler {
  const state: State = {
    options, records: [], section: 'movements', record: null, account: null, openAccount: null, isOpen: false, isFirst: true, held: [], writing: null,
    securities: 0, hasSections: false, toldCurrency: false,
  }
  const cutter = createLineCutter({
    line: (text, number) => { takeLine(state, number === 1 ? text.replace(/^\uFEFF/, '') : text, number) },
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
      finishCut(state, !cutter.hasEnd())
      finishRecord(state)
      const hasMovements = state.isOpen || state.toldCurrency
      closeStatement(state)
      if (state.securities > 0) {
        report(state, warning('INVESTMENTS_SKIPPED', {
          fr: `Le fichier contient ${state.securities} opérations sur titres (!Type:Invst) : elles ne sont pas reprises.`,
          en: `The file holds ${state.securities} movements of securities (!Type:Invst): they are left out.`,
        }))
      } else if (!hasMovements) {
        report(state, problem('NO_RECORD', {
          fr: 'Aucune opération dans ce fichier QIF (il peut ne contenir que des comptes ou des catégories). Exportez les opérations depuis la banque.',
          en: 'No movement in this QIF file (it may only hold accounts or categories). Export the movements from the bank.',
        }))
      }
    },
  }
}

/** Quicken Interchange Format: bank, cash and card sections. It names neither its currency nor the bank's account number. */
export const qif: BankFormat = {
  name: 'qif',
  detect: (head) => /(?:^|[\r\n])\s*!(?:type:|account|option:|clear:)/i.test(head) || /^\s*D\d[^\r\n]{4,14}(?:\r\n?|\n)(?:[A-Z$][^\r\n]*(?:\r\n?|\n)){0,12}?[TU][-+\d][^\r\n]*(?:\r\n?|\n)(?:[A-Z$][^\r\n]*(?:\r\n?|\n)){0,12}?\^/.test(head),
  createReader: (options) => textReader(options, createHandler(options)),
}
