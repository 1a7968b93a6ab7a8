import type { AccountName, StatementRecord } from '../../../core/bank/statement.ts'
import { type Currency, parseCurrency } from '../../../core/kernel/currency.ts'
import { type LocalDate, parseDate } from '../../../core/kernel/local-date.ts'
import { problem, type Text } from '../../../core/kernel/problem.ts'
import { type BankFormat, type ReaderOptions, textReader, type TextHandler } from '../format.ts'
import { createMarkup, type Damage, type Tag } from '../markup.ts'
import { type BookedBalance, frame, readBalance } from './balances.ts'
import { readEntry } from './entry.ts'
import { addChild, type Element, elementOf, textAt } from './tree.ts'
import { accountOf, dayOf } from './values.ts'
import { declarationRefused } from '../markup-problems.ts'

/** The element that holds a statement: 053, 052 and 054. */
const STATEMENTS = new Set(['Stmt', 'Rpt', 'Ntfctn'])
/** Its parts that are read whole. Everything else inside is passed over. */
const PARTS = new Set(['Acct', 'Bal', 'Ntry', 'CreDtTm', 'FrToDt'])
const DAMAGES_MAX = 20
/** Characters of a text written in several pieces: no field is that long. */
const TEXT_MAX = 100_000
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

function openTag(state: State, tag: Tag, line: number): void {
  state.depth += 1
  if (state.depth > DEPTH_MAX) state.isTooDeep = true
  if (state.isTooDeep) return
  const parent = state.stack[state.stack.length - 1]
  if (parent || (state.statement && state.depth === state.statementDepth + 1 && PARTS.has(tag.name))) {
    state.elements += 1
    if (state.elements > ELEMENTS_MAX) return
    const element = elementOf(tag, '', line)
    if (parent) addChild(parent, element)
    state.stack.push(element)
    return
  }
  if (!state.statement && state.depth <= 4 && STATEMENTS.has(tag.name)) {
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

/** What is wrong with the markup, in words for a person. */
function damageOf(damage: Damage): Text {
  switch (damage.kind) {
    case 'unclosed': return { fr: `la balise ${damage.name} n'est pas fermée`, en: `tag ${damage.name} is not closed` }
    case 'unmatched': return { fr: `la balise ${damage.name} ferme sans avoir été ouverte`, en: `tag ${damage.name} closes without having been opened` }
    case 'entity': return { fr: 'une entité inconnue est utilisée', en: 'an unknown entity is used' }
    case 'too-long': return { fr: 'un texte est trop long pour un relevé', en: 'a text is too long for a statement' }
    case 'doctype': case 'syntax': return { fr: 'la syntaxe XML n\'est pas respectée', en: 'the XML syntax is not respected' }
  }
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
  let isRefused = false
  const addText = (text: string): void => {
    const element = state.stack[state.stack.length - 1]
    if (element && element.text.length < TEXT_MAX) element.text = element.text === '' ? text : element.text + text
  }
  const markup = createMarkup('strict', {
    open: (tag) => { openTag(state, tag, markup.line()) },
    close: () => { closeTag(state) },
    leaf: (tag, text) => {
      const parent = state.stack[state.stack.length - 1]
      if (parent && !state.isTooDeep && state.elements < ELEMENTS_MAX) {
        state.elements += 1
        addChild(parent, elementOf(tag, text, markup.line()))
        return
      }
      openTag(state, tag, markup.line())
      addText(text)
      closeTag(state)
    },
    text: addText,
    damage: (damage) => {
      if (damage.kind !== 'doctype') reportDamage(state, damageOf(damage), markup.line())
      else {
        isRefused = true
        state.records.push({ kind: 'problem', problem: declarationRefused(markup.line()) })
      }
    },
  })
  const isLost = (): boolean => state.damages > DAMAGES_MAX || state.elements > ELEMENTS_MAX || state.isTooDeep
  return {
    push(text, records) {
      if (isLost()) return
      state.records = records
      markup.push(text)
    },
    end(records) {
      state.records = records
      if (!isLost()) markup.end()
      else reportDamage(state, damageOf({ kind: 'syntax' }), markup.line())
      // A file cut in the middle of a statement: what was read of it is still a statement, without a closing balance of its own.
      if (state.statement) writeClose(state)
      if (!state.hasStatement && !isRefused) {
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
