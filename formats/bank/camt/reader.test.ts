import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { continuityOf } from '../../../core/bank/continuity.ts'
import { readStatements } from '../read-statements.ts'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name))
const wrap = (body: string, kind = 'Stmt') => Buffer.from(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><${kind}>${body}</${kind}></BkToCstmrStmt></Document>`)
const balance = (code: string, amount: string, { direction = 'CRDT', ccy = 'EUR' } = {}) => `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${ccy}">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Dt><Dt>2026-01-31</Dt></Dt></Bal>`
const entry = (amount: string, direction: string, more = '') => `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-01-31</Dt></BookgDt>${more}</Ntry>`

test('a version 8 statement with prefixes is read whole: batch split, parties by direction, pending apart', () => {
  const { statements, problems, format, encoding } = readStatements(fixture('statement-v8.xml'))
  expect({ format, encoding, problems }).toEqual({ format: 'camt', encoding: 'utf-8', problems: [] })
  expect(statements).toHaveLength(1)
  expect(statements[0]).toMatchObject({ account: { iban: 'FR1420041010050500013M02606', id: null }, currency: 'EUR', opening: { date: '2026-03-01', minor: 100000n }, closing: { date: '2026-03-02', minor: 106050n } })
  expect(statements.map(continuityOf)).toEqual(['proven'])
  expect(statements[0]?.lines).toEqual([
    { bookedOn: '2026-03-02', valueOn: '2026-03-03', minor: 10000n, currency: 'EUR', label: 'Facture F-1 REMISE DE VIREMENTS', reference: 'F-1', counterparty: { name: 'Élise & Fils', iban: 'DE89370400440532013000' }, bankId: 'BANK-1/1', status: 'booked', line: 11 },
    { bookedOn: '2026-03-02', valueOn: '2026-03-03', minor: 20000n, currency: 'EUR', label: 'RF18539007547034 REMISE DE VIREMENTS', reference: 'RF18539007547034', counterparty: { name: null, iban: null }, bankId: 'BANK-1/2', status: 'booked', line: 11 },
    { bookedOn: '2026-03-02', valueOn: null, minor: -23950n, currency: 'EUR', label: 'Fournisseur SA', reference: null, counterparty: { name: 'Fournisseur SA', iban: null }, bankId: 'BANK-2', status: 'booked', line: 23 },
    { bookedOn: '2026-03-04', valueOn: '2026-03-04', minor: 700n, currency: 'EUR', label: 'Abonnement', reference: null, counterparty: { name: 'Abonnement', iban: null }, bankId: null, status: 'pending', line: 28 },
  ])
})

test('in a damaged file each unreadable entry is a problem with its line and field, and the others stay', () => {
  const { statements, problems } = readStatements(fixture('damaged-v2.xml'))
  expect(statements[0]).toMatchObject({ account: { iban: null, id: '50000-123' }, opening: { minor: -1000n }, closing: null })
  expect(statements[0]?.lines.map((line) => [line.label, line.minor])).toEqual([['Premier', 500n], ['Dernier', -800n]])
  expect(problems.map((found) => [found.code, found.where.line, found.where.field])).toEqual([
    ['AMOUNT_UNREADABLE', 6, 'Amt'], ['AMOUNT_TOO_PRECISE', 7, 'Amt'], ['SIGN_UNREADABLE', 8, 'CdtDbtInd'], ['DATE_UNREADABLE', 9, 'BookgDt'], ['XML_DAMAGED', 12, undefined],
  ])
})

test('a batch whose transactions do not make up the entry stays one line', () => {
  const details = '<NtryDtls><TxDtls><Amt Ccy="EUR">1.00</Amt><RmtInf><Ustrd>A</Ustrd></RmtInf></TxDtls><TxDtls><Amt Ccy="EUR">2.00</Amt><RmtInf><Ustrd>B</Ustrd></RmtInf></TxDtls></NtryDtls>'
  expect(readStatements(wrap(entry('4.00', 'DBIT', details))).statements[0]?.lines).toMatchObject([{ minor: -400n, label: 'A B', counterparty: { name: null } }])
  expect(readStatements(wrap(entry('3.00', 'DBIT', details))).statements[0]?.lines).toMatchObject([{ minor: -100n }, { minor: -200n }])
})

test('opening and closing come from booked balances only, and an interim balance opens a second page', () => {
  const frame = (...balances: string[]) => {
    const statement = readStatements(wrap(balances.join('') + entry('5.00', 'CRDT'))).statements[0]
    return [statement?.opening?.minor ?? null, statement?.closing?.minor ?? null]
  }
  expect(frame(balance('OPBD', '1'), balance('CLBD', '6'), balance('CLAV', '9'))).toEqual([100n, 600n])
  expect(frame(balance('PRCD', '1'), balance('CLBD', '6'))).toEqual([100n, 600n])
  expect(frame(balance('ITBD', '1'), balance('CLBD', '6'))).toEqual([100n, 600n])
  expect(frame(balance('OPBD', '1', { direction: 'DBIT' }), balance('ITBD', '4'))).toEqual([-100n, 400n])
  expect(frame(balance('OPAV', '1'), balance('CLAV', '6'))).toEqual([null, null])
})

test('a balance in another currency than the account is set aside with a warning', () => {
  const { statements, problems } = readStatements(wrap(`<Acct><Id><Othr><Id>1</Id></Othr></Id><Ccy>EUR</Ccy></Acct>${balance('OPBD', '1')}${balance('CLBD', '6', { ccy: 'SEK' })}${entry('5.00', 'CRDT')}`))
  expect(statements[0]).toMatchObject({ opening: { minor: 100n }, closing: null })
  expect(problems.map((found) => [found.severity, found.code])).toEqual([['warning', 'BALANCE_CURRENCY']])
})

test('reports and notifications are read like statements', () => {
  for (const kind of ['Rpt', 'Ntfctn']) expect(readStatements(wrap(entry('5.00', 'DBIT'), kind)).statements[0]?.lines).toMatchObject([{ minor: -500n }])
})

test('a declaration of entities ends the reading, before anything is expanded', () => {
  const hostile = '<!DOCTYPE d [<!ENTITY a "1.00">]><Document xmlns="camt.053.001.02"><BkToCstmrStmt><Stmt><Ntry><Amt Ccy="EUR">&a;</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry></Stmt></BkToCstmrStmt></Document>'
  const { statements, problems } = readStatements(Buffer.from(hostile))
  expect(statements).toEqual([])
  expect(problems.map((found) => found.code)).toEqual(['XML_DECLARATION'])
})

test('an unknown entity, a tag that closes nothing and one that never closes are told once, and the whole entries stay', () => {
  const whole = entry('5.00', 'CRDT', '<AddtlNtryInf>A &amp; B &#233;&#xe9;</AddtlNtryInf>')
  for (const damage of ['<Bal>&nothing;</Bal>', '</Nothing>', '<Nothing>', '<1>']) {
    const { statements, problems } = readStatements(wrap(`${whole}${damage}${entry('7.00', 'DBIT')}`))
    expect(statements[0]?.lines.slice(0, 1)).toMatchObject([{ minor: 500n, label: 'A & B éé' }])
    expect(problems.filter((found) => found.code === 'XML_DAMAGED')).toHaveLength(1)
  }
})

test('comments, character data, attributes with angle brackets and instructions are no obstacle', () => {
  const body = '<!-- <Ntry> --><?x <Ntry> ?>' + entry('5.00', 'CRDT', '<NtryDtls note="a>b"><TxDtls><RmtInf><Ustrd><![CDATA[R&D <2026>]]></Ustrd></RmtInf></TxDtls></NtryDtls>')
  expect(readStatements(wrap(body))).toMatchObject({ statements: [{ lines: [{ minor: 500n, label: 'R&D <2026>' }] }], problems: [] })
})

test('a foreign amount with its rate, the charges and the reason of a return are said in the label', () => {
  const details = '<NtryDtls><TxDtls><AmtDtls><InstdAmt><Amt Ccy="USD">120.00</Amt></InstdAmt><TxAmt><Amt Ccy="EUR">111.00</Amt><CcyXchg><XchgRate>1.0812</XchgRate></CcyXchg></TxAmt></AmtDtls>'
    + '<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">2.50</TtlChrgsAndTaxAmt></Chrgs><RmtInf><Ustrd>Achat</Ustrd></RmtInf><RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Compte clos</AddtlInf></RtrInf></TxDtls></NtryDtls>'
  expect(readStatements(wrap(entry('113.50', 'DBIT', details))).statements[0]?.lines).toMatchObject([{ minor: -11350n, label: 'Achat AC04 Compte clos USD 120.00 @ 1.0812 CHRGS EUR 2.50' }])
})

test('a booking date that is no day is a problem, not replaced by the value date', () => {
  const bytes = wrap('<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-02-31</Dt></BookgDt><ValDt><Dt>2026-02-27</Dt></ValDt></Ntry>')
  expect(readStatements(bytes).problems.map((found) => [found.code, found.where.field])).toEqual([['DATE_UNREADABLE', 'BookgDt']])
})

test('version 1 has its transactions directly under the entry and its balance codes one level up', () => {
  const bytes = wrap('<Bal><Tp><Cd>OPBD</Cd></Tp><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-01</Dt></Dt></Bal>'
    + entry('5.00', 'CRDT', '<TxDtls><RltdPties><Dbtr><Nm>Payeur</Nm></Dbtr></RltdPties><RmtInf><Strd><CdtrRefInf><CdtrRef>RF18539007547034</CdtrRef></CdtrRefInf></Strd></RmtInf></TxDtls>'))
  expect(readStatements(bytes).statements).toMatchObject([{ opening: { minor: 100n }, lines: [{ reference: 'RF18539007547034', counterparty: { name: 'Payeur' } }] }])
})
