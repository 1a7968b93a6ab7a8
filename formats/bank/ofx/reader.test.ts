import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { readStatements } from '../read-statements.ts'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name))
const wrap = (transactions: string) => Buffer.from(`<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>42</BANKACCTFROM><BANKTRANLIST>${transactions}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`)
const transaction = (inside: string) => `<STMTTRN>${inside}</STMTTRN>`
const linesOf = (bytes: Uint8Array) => readStatements(bytes).statements.flatMap(({ lines }) => lines)

test('SGML with open tags is read whole: commas, a lone sign, a name cut by the memo, an hour with its zone', () => {
  const { statements, problems, format } = readStatements(fixture('current-account.ofx'))
  expect({ format, problems }).toEqual({ format: 'ofx', problems: [] })
  expect(statements).toEqual([{
    account: { iban: null, id: '20041 01005 0500013M026' }, currency: 'EUR', opening: null, closing: { date: '2026-04-02', minor: 221594n },
    lines: [
      { bookedOn: '2026-04-01', valueOn: null, minor: -3456n, currency: 'EUR', label: 'PRLV MUTUELLE & CIE ECHEANCE AVRIL 5 < 6', reference: '0001234', counterparty: { name: null, iban: null }, bankId: '2026040100001', status: 'booked', line: 28 },
      { bookedOn: '2026-04-02', valueOn: '2026-04-03', minor: 125050n, currency: 'EUR', label: 'VIREMENT RECU DE LA SOCIETE MARTIN & FILS FACTURE F-17', reference: null, counterparty: { name: null, iban: 'DE89370400440532013000' }, bankId: '2026040200001', status: 'booked', line: 36 },
    ],
  }])
})

test('XML is read too: a card, a pending movement, a movement in its own currency, and the cash of an investment account', () => {
  const { statements, problems } = readStatements(fixture('card-and-securities.qfx'))
  expect(statements.map(({ account, currency, closing }) => [account.id, currency, closing?.minor ?? null])).toEqual([['XXXX1234', 'USD', -12000n], ['INV-9', 'USD', null]])
  expect(statements[0]?.lines.map(({ bookedOn, minor, currency, label, status, bankId }) => [bookedOn, minor, currency, label, status, bankId])).toEqual([
    ['2026-03-15', -1999n, 'USD', 'Café Élan Déjeuner <midi>', 'booked', 'C-1'], ['2026-03-16', -500n, 'JPY', 'Hotel', 'booked', 'C-2'], ['2026-03-31', -310n, 'USD', 'En attente', 'pending', null],
  ])
  expect(statements[0]?.lines[0]?.counterparty.name).toBe('Café Élan')
  expect(statements[1]?.lines).toMatchObject([{ minor: 7500n, label: 'Deposit' }])
  expect(problems.map(({ severity, code }) => [severity, code])).toEqual([['warning', 'INVESTMENTS_SKIPPED']])
})

test('in a damaged file each unreadable movement is a problem with its line and field, and the others stay', () => {
  const { statements, problems } = readStatements(fixture('damaged.ofx'))
  expect(statements[0]?.lines.map(({ label, minor }) => [label, minor])).toEqual([['Premier', 100n], ['Dernier', -800n]])
  expect(statements[0]?.closing).toBeNull()
  expect(problems.map(({ severity, code, where }) => [severity, code, where.line, where.field])).toEqual([
    ['error', 'DATE_UNREADABLE', 5, 'DTPOSTED'], ['error', 'DATE_UNREADABLE', 6, 'DTPOSTED'], ['error', 'AMOUNT_UNREADABLE', 7, 'TRNAMT'], ['error', 'AMOUNT_UNREADABLE', 8, 'TRNAMT'],
    ['error', 'AMOUNT_TOO_PRECISE', 9, 'TRNAMT'], ['warning', 'BALANCE_UNREADABLE', 12, 'LEDGERBAL'], ['error', 'STATEMENT_UNFINISHED', 13, undefined],
  ])
})

test('the encoding of the header is a claim: UTF-8 is seen, Windows-1252 is the rest, another single-byte set is believed', () => {
  const text = (charset: string) => `OFXHEADER:100\r\nDATA:OFXSGML\r\nENCODING:USASCII\r\nCHARSET:${charset}\r\n\r\n${wrap(transaction('<DTPOSTED>20260401<TRNAMT>1.00<NAME>Café Łódź'.replace('Łódź', charset === '1250' ? 'Łódź' : 'Élan'))).toString()}`
  const label = (bytes: Uint8Array) => linesOf(bytes).map((line) => line.label)
  expect(label(Buffer.from(text('1252')))).toEqual(['Café Élan'])
  expect(label(iconv.encode(text('1252'), 'cp1252'))).toEqual(['Café Élan'])
  expect(label(iconv.encode(text('1250'), 'cp1250'))).toEqual(['Café Łódź'])
})

test('amounts: either decimal mark, grouping when both stand there, and nothing else', () => {
  const minors = (text: string) => linesOf(wrap(transaction(`<DTPOSTED>20260401<TRNAMT>${text}<FITID>1`))).map(({ minor }) => minor)
  expect(['1250.5', '-1250,50', '+1.250,50', '1,250.50', '.5', '-,5', '12', '1 250.50', '-00001.00'].flatMap(minors)).toEqual([125050n, -125050n, 125050n, 125050n, 50n, -50n, 1200n, 125050n, -100n])
  expect(['', '-', '.', '1.2.3e', '12€', '1e3', 'NaN'].flatMap(minors)).toEqual([])
})

test('an answer that is an error, or holds no statement, says so', () => {
  const codes = (text: string) => readStatements(Buffer.from(text)).problems.map(({ code }) => code)
  expect(codes('<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Signon invalid</STATUS></SONRS></SIGNONMSGSRSV1></OFX>')).toEqual(['BANK_REFUSED', 'NO_STATEMENT'])
  expect(codes('<OFX><SIGNUPMSGSRSV1><ACCTINFORS><BANKACCTFROM><ACCTID>1</BANKACCTFROM></ACCTINFORS></SIGNUPMSGSRSV1></OFX>')).toEqual(['NO_STATEMENT'])
})

test('movements that were never closed end where the next one begins', () => {
  expect(linesOf(wrap('<STMTTRN><DTPOSTED>20260401<TRNAMT>1.00<FITID>a<STMTTRN><DTPOSTED>20260402<TRNAMT>2.00<FITID>b')).map(({ bankId, minor }) => [bankId, minor])).toEqual([['a', 100n], ['b', 200n]])
})

test('a declaration of entities ends the reading, before anything is expanded', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE OFX [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${wrap(transaction('<DTPOSTED>20260401<TRNAMT>1.00<NAME>&b;')).toString()}`
  const { statements, problems } = readStatements(Buffer.from(bomb))
  expect(statements).toEqual([])
  expect(problems.map(({ code }) => code)).toEqual(['XML_DECLARATION'])
})
