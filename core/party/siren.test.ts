import { describe, expect, it } from 'vitest'
import { isSiren, vatNumberOfSiren } from './siren.ts'

describe('SIREN', () => {
  it('has a key that catches one wrong digit and one swap', () => {
    expect([isSiren('123456782'), isSiren('732829320'), isSiren('356000000')]).toEqual([true, true, true])
    for (const wrong of ['123456783', '123456872', '12345678', '12345678A', '000000000', '7328293200']) expect(isSiren(wrong), wrong).toBe(false)
  })
  it('gives the VAT number (published examples)', () => {
    expect(['404833048', '732829320', '356000000', '552100554'].map(vatNumberOfSiren)).toEqual(['FR83404833048', 'FR44732829320', 'FR39356000000', 'FR96552100554'])
  })
})
