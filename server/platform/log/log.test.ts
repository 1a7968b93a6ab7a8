import { describe, expect, it } from 'vitest'
import { createLogger } from './log.ts'

function logged(write: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  write(createLogger({ level: 'info', destination: { write: (line) => { lines.push(line) } } }))
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('the log', () => {
  it('is one JSON object per line with a readable level and an ISO time', () => {
    const [line] = logged((log) => { log.info({ tenantId: 't1', durationMs: 12 }, 'imported') })
    expect(line).toMatchObject({ level: 'info', tenantId: 't1', durationMs: 12, msg: 'imported' })
    expect(String(line?.['time'])).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/)
  })

  it('never writes a personal or secret field, whatever its depth and spelling', () => {
    const [line] = logged((log) => { log.info({ email: 'a@b.fr', import: { lines: [{ label: 'VIR MME X', counterparty: { name: 'X', iban: 'FR76' } }], 'set-cookie': 'c' }, API_KEY: 'k' }, 'x') })
    expect(JSON.stringify(line)).not.toMatch(/a@b|VIR|FR76|"c"|"k"/)
    expect(line).toMatchObject({ email: '[redacted]', import: { lines: [{ label: '[redacted]' }] } })
  })

  it('keeps of a database error what finds the cause, not the values it names', () => {
    const error = Object.assign(new Error('duplicate key'), { code: '23505', constraint: 'customer_email_key', detail: 'Key (email)=(a@b.fr) already exists.' })
    const [line] = logged((log) => { log.error({ err: error }, 'refused') })
    expect(line?.['err']).toMatchObject({ code: '23505', constraint: 'customer_email_key', message: 'duplicate key' })
    expect(JSON.stringify(line)).not.toContain('a@b.fr')
  })

  it('writes of a request its method and path, without its query', () => {
    const [line] = logged((log) => { log.info({ req: { id: 'r1', method: 'GET', url: '/api/customers?search=Martin' } }, 'x') })
    expect(line?.['req']).toEqual({ id: 'r1', method: 'GET', path: '/api/customers' })
  })

  it('writes amounts in minor units as text, for JSON has no such integer', () => {
    expect(logged((log) => { log.info({ minor: 9_007_199_254_740_993n }, 'x') })[0]).toMatchObject({ minor: '9007199254740993' })
  })
})
