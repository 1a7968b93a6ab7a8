import { describe, expect, it } from 'vitest'
import { readBank, readInvoices, readParties, readPayouts, readRedelivery, readSlips } from './readers.ts'

const BANK = 'line_id,account,booking_date,value_date,amount,currency,label,bank_ref,balance\n'

describe('business files', () => {
  it('reads bank lines, quotes and commas in labels included', () => {
    const { value, problems } = readBank(`\ufeff${BANK}B1,FR76,2026-02-10,,-12.34,EUR,"CARTE ""LE PORT"", BREST",,0.00\r\nB2,FR76,2026-02-11,2026-02-12,5,EUR,VIR,R9,1.00\n`)
    expect(problems).toEqual([])
    expect(value).toEqual([
      { id: 'B1', account: 'FR76', bookedOn: '2026-02-10', valueOn: null, minor: -1234n, currency: 'EUR', label: 'CARTE "LE PORT", BREST', bankId: null },
      { id: 'B2', account: 'FR76', bookedOn: '2026-02-11', valueOn: '2026-02-12', minor: 500n, currency: 'EUR', label: 'VIR', bankId: 'R9' },
    ])
  })

  it('keeps an unreadable row out, names its line and column, and reads the others', () => {
    const { value, problems } = readBank(`${BANK}B1,FR76,2026-02-30,,1.00,EUR,A,,\nB2,FR76,2026-02-10,,1.005,EUR,B,,\nB3,FR76,2026-02-10,,1.00,EUR,C,,\nB4,FR76\n`)
    expect(value.map((row) => row.id)).toEqual(['B3'])
    expect(problems.map((problem) => [problem.code, problem.where.line, problem.where.field])).toEqual([['ROW_WIDTH', 5, undefined], ['DATE_UNREADABLE', 2, 'booking_date'], ['AMOUNT_TOO_PRECISE', 3, 'amount']])
  })

  it('refuses a file without its columns, an empty one included', () => {
    expect(readRedelivery('a;b\n1;2\n').problems.map((problem) => problem.code)).toEqual(['COLUMN_MISSING'])
    expect(readParties('').problems.map((problem) => problem.code)).toEqual(['COLUMN_MISSING'])
  })

  it('signs invoices as the bank line that settles them', () => {
    const { value } = readInvoices('invoice_id,kind,number,party_id,date,due_date,currency,net,vat,gross,gross_eur\nI1,sale,F1,C1,2026-01-02,2026-02-01,USD,10.00,0.00,10.00,9.26\nI2,purchase,X2,S1,2026-01-02,,EUR,10.00,2.00,12.00,12.00\nI3,credit_note,AVF3,C1,2026-01-02,2026-02-01,EUR,-10.00,-2.00,-12.00,-12.00\n')
    expect(value.map(({ open, gross, currency, dueOn }) => [open, gross, currency, dueOn])).toEqual([[926n, 1000n, 'USD', '2026-02-01'], [-1200n, 1200n, 'EUR', null], [-1200n, 1200n, 'EUR', '2026-02-01']])
  })

  it('gathers cheques by slip and charges by payout', () => {
    expect(readSlips('slip,date,payer,amount\n001,2026-01-02,A,1.00\n001,2026-01-02,B,2.00\n002,2026-01-02,A,3.00\n').value.map((slip) => [slip.id, slip.parts.length])).toEqual([['001', 2], ['002', 1]])
    const payout = readPayouts('payout,date,charge,customer,invoice_number,gross,fee,net\n9,2026-01-02,ch,A,,10.00,0.39,9.61\n').value[0]!
    expect(payout).toEqual({ kind: 'payout', id: '9', on: '2026-01-02', parts: [{ payer: 'A', invoiceNumber: null, minor: 1000n, fee: 39n }] })
  })
})
