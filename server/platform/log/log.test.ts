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

  it('takes out of a sentence, an those of an error included, what names a person or opens a door', () => {
    const said = 'could not send to zoé.martin+x@mail.example.org about FR76 3000 1007 9412 3456 7890 185 or DE89370400440532013000 by postgres://quittance:motdepasse@db:5432/q with Bearer abc.def-1'
    const [line] = logged((log) => { log.error({ err: new Error(said), why: said, nested: { all: [said] } }, 'x') })
    expect(JSON.stringify(line)).not.toMatch(/martin|3000 1007|DE8937|motdepasse|abc\.def/)
    expect((line?.['err'] as { message: string }).message).toBe('could not send to [email] about [iban] or [iban] by postgres://[redacted]@db:5432/q with [token]')
  })

  it('stays one line whatever a text holds: nobody writes a line of their own into it', () => {
    const lines: string[] = []
    createLogger({ level: 'info', destination: { write: (line) => { lines.push(line) } } }).info({ route: 'x\n{"level":"info","msg":"forged"}\r\n\u2028' }, 'seen')
    expect(lines).toHaveLength(1)
    expect(lines[0]?.trimEnd()).not.toMatch(/[\r\n]/)
  })

  it('leaves alone what only looks like it: ids, instants, routes, versions', () => {
    const fields = { id: '01890000-0000-7000-8000-000000000001', at: '2026-11-20T10:00:00Z', route: '/api/customers/:id', module: '@fastify/static@10.1.7', url: 'https://books.example.com/x', code: 'FST_ERR_CTP_BODY_TOO_LARGE' }
    const [line] = logged((log) => { log.info(fields, 'x') })
    expect(line).toMatchObject(fields)
  })

  it('writes of a request its method and path, without its query', () => {
    const [line] = logged((log) => { log.info({ req: { id: 'r1', method: 'GET', url: '/api/customers?search=Martin' } }, 'x') })
    expect(line?.['req']).toEqual({ id: 'r1', method: 'GET', path: '/api/customers' })
  })

  it('writes amounts in minor units as text, for JSON has no such integer', () => {
    expect(logged((log) => { log.info({ minor: 9_007_199_254_740_993n }, 'x') })[0]).toMatchObject({ minor: '9007199254740993' })
  })
})
