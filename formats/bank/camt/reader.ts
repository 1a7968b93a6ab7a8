import { SaxesParser } from 'saxes'
import type { AccountName, StatementRecord } from '../../../core/bank/statement.ts'
import { type Currency, parseCurrency } from '../../../core/kernel/currency.ts'
import { type LocalDate, parseDate } from '../../../core/kernel/local-date.ts'
import { problem, type Text } from '../../../core/kernel/problem.ts'
import { type BankFormat, type ReaderOptions, textReader, type TextHandler } from '../format.ts'
import { type BookedBalance, frame, readBalance } from './balances.ts'
import { readEntry } from './entry.ts'
import { type Element, textAt } from './tree.ts'
import { accountOf, dayOf } from './values.ts'

/** The element that holds a statement: 053, 052 and 054. */
const STATEMENTS = new Set(['Stmt', 'Rpt', 'Ntfctn'])
/** Its parts that are read whole. Everything else inside is passed over. */
const PARTS = new Set(['Acct', 'Bal', 'Ntry', 'CreDtTm', 'FrToDt'])
const DAMAGES_MAX = 20
/** Elements held for one entry. A batch of a hundred thousand transactions fits; a file of nothing but nested tags does not. */
const ELEMENTS_MAX = 4_000_000
/** Messages of this family nest some twenty levels: a file that nests far more is not one. */
const DEPTH_MAX = 100

type Open = { account: AccountName; currency: Currency | null; balances: BookedBalance[]; isWritten: boolean; line: number; madeOn: LocalDate | undefined }

type State = {
  readonly options: ReaderOptions
  statement: Open | null
  /** From the part being read (Acct, Bal, Ntry) down to the element being read. */
  stack: Element[]
  depth: number
  statementDepth: number
  elements: number
  damages: number
  hasStatement: boolean
  isTooDeep: boolean
  records: StatementRecord[]
}

function writeOpen(state: State): void {
  const { statement } = state
  if (!statement || statement.isWritten) return
  statement.isWritten = true
  statement.currency ??= statement.balances[0]?.currency ?? null
  const { opening } = frame(statement.balances, statement.currency, statement.line)
  state.records.push({ kind: 'open', account: statement.account, currency: statement.currency, opening })
}

function writeClose(state: State): void {
  const { statement } = state
  if (!statement) return
  writeOpen(state)
  const { opening, closing, problems } = frame(statement.balances, statement.currency, statement.line)
  for (const found of problems) state.records.push({ kind: 'problem', problem: found })
  state.records.push({ kind: 'close', opening, closing, currency: statement.currency })
  state.statement = null
}

function takePart(state: State, part: Element): void {
  const { statement } = state
  if (!statement) return
  if (part.name === 'Acct') {
    statement.account = accountOf(part)
    statement.currency = parseCurrency(textAt(part, 'Ccy') ?? '') ?? statement.currency
    return
  }
  if (part.name === 'Bal') {
    const balance = readBalance(part)
    if (balance && 'problem' in balance) state.records.push({ kind: 'problem', problem: balance.problem })
    else if (balance) statement.balances.push(balance)
    return
  }
  if (part.name === 'CreDtTm' || part.name === 'FrToDt') {
    statement.madeOn = dayOf(part) ?? parseDate((textAt(part, 'ToDtTm') ?? textAt(part, 'ToDt') ?? '').slice(0, 10)) ?? statement.madeOn
    return
  }
  writeOpen(state)
  const { lines, problem: found } = readEntry(part, { currency: statement.currency ?? state.options.currency ?? null, madeOn: statement.madeOn })
  if (found) state.records.push({ kind: 'problem', problem: found })
  for (const line of lines) {
    statement.currency ??= line.currency
    state.records.push({ kind: 'line', line })
  }
}

function openTag(state: State, tag: { name: string; attributes: Record<string, string> }, line: number): void {
  state.depth += 1
  if (state.depth > DEPTH_MAX) state.isTooDeep = true
  if (state.isTooDeep) return
  const name = tag.name.slice(tag.name.indexOf(':') + 1)
  if (state.stack.length > 0 || (state.statement && state.depth === state.statementDepth + 1 && PARTS.has(name))) {
    state.elements += 1
    if (state.elements > ELEMENTS_MAX) return
    const element: Element = { name, text: '', children: [], attributes: tag.attributes, line }
    state.stack.at(-1)?.children.push(element)
    state.stack.push(element)
    return
  }
  if (!state.statement && state.depth <= 4 && STATEMENTS.has(name)) {
    state.hasStatement = true
    state.statementDepth = state.depth
    state.statement = { account: { iban: null, id: null }, currency: null, balances: [], isWritten: false, line, madeOn: undefined }
  }
}

function closeTag(state: State): void {
  if (state.isTooDeep) return
  if (state.stack.length > 0 && state.elements <= ELEMENTS_MAX) {
    const finished = state.stack.pop()!
    if (state.stack.length === 0) {
      takePart(state, finished)
      state.elements = 0
    }
  } else if (state.statement && state.depth === state.statementDepth) {
    writeClose(state)
  }
  state.depth -= 1
}

/** What the parser says, in words for a person. */
function damageOf(message: string): Text {
  const unclosed = /unclosed tag: (\S+)/i.exec(message)?.[1]
  if (unclosed) return { fr: `la balise ${unclosed} n'est pas fermée`, en: `tag ${unclosed} is not closed` }
  const unmatched = /(?:unmatched|unexpected) clos\w+ tag: (\S+)/i.exec(message)?.[1]
  if (unmatched) return { fr: `la balise ${unmatched} ferme sans avoir été ouverte`, en: `tag ${unmatched} closes without having been opened` }
  if (/entity/i.test(message)) return { fr: 'une entité inconnue est utilisée', en: 'an unknown entity is used' }
  return { fr: 'la syntaxe XML n\'est pas respectée', en: 'the XML syntax is not respected' }
}

function reportDamage(state: State, reason: Text, line: number): void {
  state.damages += 1
  if (state.damages > 1) return
  state.records.push({ kind: 'problem', problem: problem('XML_DAMAGED', {
    fr: `Le fichier XML est abîmé ou incomplet à cette ligne (${reason.fr}). Les écritures lues avant sont conservées ; demandez le fichier entier à la banque.`,
    en: `The XML file is damaged or incomplete at this line (${reason.en}). The entries read before it are kept; ask the bank for the whole file.`,
  }, { line }) })
}

function createHandler(options: ReaderOptions): TextHandler {
  const state: State = {
    options, statement: null, stack: [], depth: 0, statementDepth: 0, elements: 0, damages: 0, hasStatement: false, isTooDeep: false, records: [],
  }
  const parser = new SaxesParser({ xmlns: false, position: true })
  parser.on('opentag', (tag) => { openTag(state, tag as { name: string; attributes: Record<string, string> }, parser.line) })
  parser.on('closetag', () => { closeTag(state) })
  const addText = (text: string): void => {
    const element = state.stack.at(-1)
    if (element) element.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('error', (error) => { reportDamage(state, damageOf(error.message), parser.line) })
  const isLost = (): boolean => state.damages > DAMAGES_MAX || state.elements > ELEMENTS_MAX || state.isTooDeep
  return {
    push(text, records) {
      if (isLost()) return
      state.records = records
      parser.write(text)
    },
    end(records) {
      state.records = records
      if (!isLost()) parser.close()
      else reportDamage(state, damageOf(''), parser.line)
      // A file cut in the middle of a statement: what was read of it is still a statement, without a closing balance of its own.
      if (state.statement) writeClose(state)
      if (!state.hasStatement) {
        records.push({ kind: 'problem', problem: problem('NO_STATEMENT', {
          fr: 'Aucun relevé (Stmt, Rpt ou Ntfctn) dans ce fichier XML. Exportez un CAMT.052, 053 ou 054 depuis la banque.',
          en: 'No statement (Stmt, Rpt or Ntfctn) in this XML file. Export a CAMT.052, 053 or 054 from the bank.',
        }, {}) })
      }
    },
  }
}

/** ISO 20022 bank to customer messages: CAMT.052 (report), 053 (statement), 054 (notification), every version, by local names. */
export const camt: BankFormat = {
  name: 'camt',
  detect: (head) => /^\s*(<\?xml|<!--|<)/.test(head) && /camt\.05[234]|<(?:[\w.-]+:)?BkToCstmr(?:Stmt|AcctRpt|DbtCdtNtfctn)/.test(head),
  createReader: (options) => textReader(options, createHandler(options)),
}
