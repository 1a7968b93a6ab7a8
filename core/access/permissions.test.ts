import { describe, expect, it } from 'vitest'
import { may, permissionsOf, PERMISSIONS } from './permissions.ts'

describe('the permission table', () => {
  it('lets the viewer look and nothing more', () => {
    expect(permissionsOf('viewer').every((permission) => permission.endsWith('.read'))).toBe(true)
  })
  it('lets the accountant keep the books but not issue in the company\'s name', () => {
    expect([may('accountant', 'ledger.post'), may('accountant', 'invoice.issue'), may('accountant', 'member.manage')]).toEqual([true, false, false])
  })
  it('lets the assistant issue and match but not lock a period', () => {
    expect([may('assistant', 'invoice.issue'), may('assistant', 'match.write'), may('assistant', 'ledger.lock')]).toEqual([true, true, false])
  })
  it('lets the auditor read the trace and export, and write nothing', () => {
    expect(permissionsOf('auditor').filter((permission) => !permission.endsWith('.read'))).toEqual(['audit.export', 'ledger.export'])
  })
  it('gives everything to the owner', () => {
    expect(permissionsOf('owner')).toEqual(PERMISSIONS)
  })
})
