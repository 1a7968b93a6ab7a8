import { describe, expect, it } from 'vitest'
import type { InvoiceSummary } from '../../../contract/invoicing.ts'
import { invoiceQueryOf, searchOf, stateOf, STATES, sumsOf } from './list.ts'

describe('the filters of the invoice list', () => {
  it('come back the same from the address they write', () => {
    expect(STATES.map((state) => stateOf(searchOf(state)))).toEqual([...STATES])
  })
  it('reach the API in its own words', () => {
    expect(invoiceQueryOf({ retard: 'oui', q: 'martin' })).toEqual({ overdue: true, search: 'martin' })
    expect(invoiceQueryOf({ etat: 'open', client: 'x' })).toEqual({ open: true, customerId: 'x' })
  })
  it('ignore a word nobody wrote', () => {
    expect(invoiceQueryOf({ etat: 'inconnu' })).toEqual({})
  })
})

describe('totals of the rows', () => {
  it('are exact and never mix currencies', () => {
    const row = (amount: string, currency: string) => ({ gross: { amount, currency } }) as InvoiceSummary
    expect(sumsOf([row('0.10', 'EUR'), row('0.20', 'EUR'), row('5', 'JPY')], ({ gross }) => gross)).toEqual([{ amount: '0.30', currency: 'EUR' }, { amount: '5', currency: 'JPY' }])
  })
})
