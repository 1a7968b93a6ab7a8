import { describe, expect, it } from 'vitest'
import { isSiren, vatNumberOfSiren } from './siren.ts'

describe('SIREN', () => {
  it('has a key that catches one wrong digit and one swap', () => {
    expect([isSiren('123456782'), isSiren('732829320'), isSiren('356000000')]).toEqual([true, true, true])
    expect([isSiren('123456783'), isSiren('123456872'), isSiren('12345678'), isSiren('12345678A')]).toEqual([false, false, false, false])
  })
  it('gives the VAT number (published examples)', () => {
    expect(['404833048', '732829320', '356000000', '552100554'].map(vatNumberOfSiren)).toEqual(['FR83404833048', 'FR44732829320', 'FR39356000000', 'FR96552100554'])
  })
})
