import { parseIban } from '../../../core/bank/account-name.ts'
import type { AccountName } from '../../../core/bank/statement.ts'
import { readDateCell } from '../csv/dates.ts'
import { columnOf, dayOn, type Geometry, isInDates } from './columns.ts'
import { type DayText, leadingDay } from './dates.ts'
import { type Money, moneyOn, withTail } from './money.ts'
import type { Phrase, TextLine, Word } from './page.ts'
import { isBrought, noticeOf } from './words.ts'

/** A movement as it stands on the page: nothing is decided yet but what belongs together. */
export type RawEntry = {
  readonly day: DayText
  readonly dayWords: readonly Word[]
  readonly page: number
  readonly line: number
  readonly texts: Phrase[]
  readonly money: Money[]
  value: { readonly day: DayText; readonly words: readonly Word[] } | null
  /** Sign of the section it stands in (withdrawals, deposits); null outside of one. */
  readonly section: -1 | 1 | null
}

/** A balance that the document states, and after how many movements. */
export type RawBalance = { readonly money: Money; readonly text: string; readonly line: number; readonly after: number; readonly kind: 'opening' | 'closing' | 'balance' | 'carried' }

/** A statement as it stands on the pages. */
export type RawStatement = { account: AccountName; opening: RawBalance | null; readonly checks: RawBalance[]; readonly entries: RawEntry[]; readonly totals: { readonly money: readonly Money[]; readonly after: number; readonly line: number }[] }

/** A label goes on below its movement as long as lines follow each other within so many letter heights. */
const LABEL_GAP = 2.6
/** Words of a dated line that tells a balance and nothing else. */
const BALANCE_WORDS_MAX = 8

type State = {
  readonly geometry: Geometry
  readonly statements: RawStatement[]
  current: RawStatement | null
  entry: RawEntry | null
  lastY: number
  section: -1 | 1 | null
  account: AccountName
  /** True once the account named is not the one of the current statement. */
  isOtherAccount: boolean
  /** Titles of balances whose amounts are expected on the line below. */
  titles: readonly { readonly phrase: Phrase; readonly kind: 'opening' | 'closing' }[]
}

const isDay = (phrase: Phrase): DayText | undefined => {
  const words = phrase.words.map((word) => word.text)
  const found = leadingDay(words)
  return found && found.count === words.length ? found.day : undefined
}

function begin(state: State): RawStatement {
  state.current = { account: state.account, opening: null, checks: [], entries: [], totals: [] }
  state.statements.push(state.current)
  state.isOtherAccount = false
  state.section = null
  state.entry = null
  return state.current
}

/** An IBAN, or a number called an account's, anywhere on the line. */
function nameAccount(state: State, line: TextLine): void {
  const text = line.phrases.map((phrase) => phrase.text).join('  ')
  const iban = parseIban(/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{1,4}){3,8}/.exec(text)?.[0] ?? '')
  const id = /(?:compte|account|konto|n°|no\.?|number|numéro)[^\d]{0,25}(\d[\d -]{5,24}\d[A-Z]?)/i.exec(text)?.[1]?.trim()
  const found: AccountName | null = iban ? { iban, id: null } : id !== undefined && readDateCell(id) === undefined ? { iban: null, id } : null
  if (!found || (found.iban === null && state.account.iban !== null && !state.isOtherAccount && (state.current?.entries.length ?? 0) === 0)) return
  const isNew = (found.iban ?? found.id) !== (state.account.iban ?? state.account.id)
  if (!isNew) return
  state.account = found
  if (state.current && state.current.entries.length === 0) state.current.account = found
  else state.isOtherAccount = state.current !== null
}

function takeBalance(state: State, balance: Omit<RawBalance, 'after'>, isRepeated: boolean): void {
  state.entry = null
  const current = state.current
  const isStarted = (current?.entries.length ?? 0) > 0
  if (isRepeated && isStarted && !state.isOtherAccount) return
  if (!current || (isStarted && (balance.kind === 'opening' || (state.isOtherAccount && balance.kind !== 'closing')))) {
    const made = begin(state)
    if (balance.kind === 'closing' || balance.kind === 'carried') made.checks.push({ ...balance, after: 0 })
    else made.opening = { ...balance, kind: 'opening', after: 0 }
    return
  }
  if (!isStarted && balance.kind !== 'closing' && balance.kind !== 'carried' && (current.opening === null || balance.kind === 'opening' || isRepeated)) {
    current.opening = { ...balance, kind: 'opening', after: 0 }
    return
  }
  current.checks.push({ ...balance, after: current.entries.length })
}

/** Cuts a line where its amounts are: each one with the words before it. */
function pairsOf(line: TextLine): { text: string; money: Money }[] {
  const { money, others } = moneyOn(line)
  let from = -Infinity
  let last = ''
  return money.map((one) => {
    const text = others.filter((phrase) => phrase.x > from && phrase.x < one.phrase.x).map((phrase) => phrase.text).join(' ')
    from = one.phrase.x
    if (text !== '') last = text
    return { text: last, money: one }
  })
}

/** "Opening balance   Closing balance" as titles, their amounts being on the next line. True for such a line. */
function keepTitles(state: State, line: TextLine): boolean {
  const titles = line.phrases.map((phrase) => ({ phrase, kind: noticeOf(phrase.text) })).filter((title): title is { phrase: Phrase; kind: 'opening' | 'closing' } => title.kind === 'opening' || title.kind === 'closing')
  const isTitles = moneyOn(line).money.length === 0 && titles.some(({ kind }) => kind === 'opening') && titles.some(({ kind }) => kind === 'closing')
  state.titles = isTitles ? titles : []
  return isTitles
}

/** The amounts under titles of balances. True when there are. */
function takeUnderTitles(state: State, line: TextLine): boolean {
  const { titles } = state
  const { money } = moneyOn(line)
  if (titles.length === 0 || money.length < titles.length) return false
  state.titles = []
  for (const { phrase, kind } of titles) {
    const under = money.toSorted((a, b) => Math.abs(a.phrase.x + a.phrase.end - phrase.x - phrase.end) - Math.abs(b.phrase.x + b.phrase.end - phrase.x - phrase.end))[0]
    if (under) takeBalance(state, { money: under, text: phrase.text, line: line.line, kind }, false)
  }
  return true
}

/** Takes a line that tells a balance, a total or a section. True when it was one. */
function takeNotice(state: State, line: TextLine, isDated: boolean): boolean {
  const { money, others } = moneyOn(line)
  const day = isDated ? dayOn(line) : undefined
  const own = others.filter((phrase) => phrase !== day?.phrase || phrase.words.length > day.found.count)
  const text = own.map((phrase) => (phrase === day?.phrase ? phrase.words.slice(day.found.count).map((word) => word.text).join(' ') : phrase.text)).join(' ')
  const notice = noticeOf(text)
  if (notice === undefined || (isDated && (text.split(' ').length > BALANCE_WORDS_MAX || notice === 'in' || notice === 'out' || notice === 'total' || notice === 'ignored'))) return false
  if (notice === 'out' || notice === 'in') {
    if (money.length === 0) state.section = notice === 'out' ? -1 : 1
    state.entry = null
    return money.length === 0
  }
  const amounts = pairsOf(line)
  if (notice === 'total') state.current?.totals.push({ money, after: state.current.entries.length, line: line.line })
  if (notice === 'opening' || notice === 'closing' || notice === 'balance' || (notice === 'carried' && amounts.length === 1)) {
    // "Opening balance 10.00   Closing balance 20.00" on one line: each amount has its own words.
    const told = amounts.map((pair) => ({ ...pair, notice: amounts.length > 1 ? noticeOf(pair.text) : notice })).filter((pair) => pair.notice !== undefined)
    const kept = told.length > 1 && told.every((pair) => pair.text === told[0]!.text) ? told.slice(-1) : told
    for (const pair of kept) {
      if (pair.notice !== 'opening' && pair.notice !== 'closing' && pair.notice !== 'balance' && pair.notice !== 'carried') continue
      takeBalance(state, { money: pair.money, text: isDated ? `${day?.phrase.text ?? ''} ${text}` : pair.text, line: line.line, kind: pair.notice }, isBrought(pair.text))
    }
  }
  state.entry = null
  return true
}

/** Puts the cells of a line into a movement: its amounts, its value day, its words. */
function fill(entry: RawEntry, line: TextLine, { geometry, except }: { readonly geometry: Geometry; readonly except: readonly Word[] }): void {
  const { money, others } = moneyOn(line)
  entry.money.push(...money.filter((one) => columnOf(one, geometry.columns) >= 0))
  const moneyX = Math.min(...geometry.columns.map((column) => column.x))
  for (const one of money) if (columnOf(one, geometry.columns) < 0) entry.texts.push(one.phrase)
  for (const phrase of others) {
    const words = phrase.words.filter((word) => !except.includes(word))
    // Rows of dashes and stars are drawings.
    if (words.length === 0 || !/[\p{L}\p{N}]/u.test(phrase.text)) continue
    const rest: Phrase = { text: words.map((word) => word.text).join(' '), words, x: words[0]!.x, end: phrase.end }
    const day = isDay(rest)
    if (day) entry.value = { day, words }
    else if (rest.x < moneyX || entry.money.length === 0) entry.texts.push(rest)
  }
}

function startEntry(state: State, line: TextLine, day: NonNullable<ReturnType<typeof dayOn>>): void {
  const dayWords = day.phrase.words.slice(0, day.found.count)
  if (!state.current) begin(state)
  const entry: RawEntry = { day: day.found.day, dayWords, page: line.page, line: line.line, texts: [], money: [], value: null, section: state.section }
  // A second date right behind the first is the value day.
  const second = leadingDay(day.phrase.words.slice(day.found.count).map((word) => word.text))
  const valueWords = second ? day.phrase.words.slice(day.found.count, day.found.count + second.count) : []
  if (second) entry.value = { day: second.day, words: valueWords }
  fill(entry, line, { geometry: state.geometry, except: [...dayWords, ...valueWords, ...line.phrases.slice(0, day.at).flatMap((phrase) => phrase.words)] })
  state.current!.entries.push(entry)
  state.entry = entry
  state.lastY = line.y
}

/** A line without a date inside a table: more words of the movement above, its amount, or another movement of the same day. */
function goOn(state: State, line: TextLine): void {
  const { entry, geometry } = state
  if (!entry) return
  const { money, others } = moneyOn(line)
  const amounts = money.filter((one) => columnOf(one, geometry.columns) >= 0)
  const isSamePage = entry.page === line.page
  const isNear = isSamePage && line.y - state.lastY <= line.height * LABEL_GAP
  if (amounts.length > 0 && entry.money.length > 0) {
    if (others.length === 0) return
    const twin: RawEntry = { ...entry, page: line.page, line: line.line, texts: [], money: [], value: null }
    fill(twin, line, { geometry, except: [] })
    state.current!.entries.push(twin)
    state.entry = twin
    state.lastY = line.y
    return
  }
  if (!isNear && !(amounts.length > 0 && isSamePage)) {
    state.entry = entry.money.length === 0 && isSamePage ? entry : null
    return
  }
  const left = entry.dayWords[0]!.x
  // What begins left of the dates is in the margin.
  if (others.every((phrase) => phrase.x < left - line.height) && amounts.length === 0) return
  fill(entry, line, { geometry, except: [] })
  state.lastY = line.y
}

/** Walks through the lines of a document and gathers its statements, movements and balances in the order of the pages. */
export function walk(lines: readonly TextLine[], geometry: Geometry): RawStatement[] {
  const state: State = { geometry, statements: [], current: null, entry: null, lastY: 0, section: null, account: { iban: null, id: null }, isOtherAccount: false, titles: [] }
  for (const seen of lines) {
    const isWaiting = dayOn(seen) !== undefined || state.entry?.money.length === 0
    const line = isWaiting ? withTail(seen, (money) => columnOf(money, geometry.columns) >= 0) : seen
    const day = dayOn(line)
    const isDated = day !== undefined && isInDates(day.phrase.x, line.height, geometry.dateX)
    if (!isDated) nameAccount(state, line)
    if (takeUnderTitles(state, line) || keepTitles(state, line)) continue
    if (takeNotice(state, line, isDated)) continue
    if (isDated) startEntry(state, line, day)
    else goOn(state, line)
  }
  return state.statements
}
