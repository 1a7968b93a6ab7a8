import { afterAll, beforeAll, expect, test } from 'vitest'
import { localDate } from '../../core/kernel/local-date.ts'
import { fixedClock, type Clock } from '../../server/platform/clock/clock.ts'
import { keepSchedules, startScheduled } from '../../server/modules/operations/index.ts'
import { startTestApp, type TestApp, type TestCompany } from '../support/server.ts'

let now = '2026-11-20T10:00:00Z'
/** A clock that the test moves, forwards and back. */
const clock: Clock = { now: () => fixedClock(now).now(), today: (timeZone) => fixedClock(now).today(timeZone) }

let t: TestApp
beforeAll(async () => { t = await startTestApp({ parts: { clock } }) })
afterAll(async () => { await t.close() })

/** The clock of the company rings: what the schedule does. */
async function ring(company: TestCompany, instant: string): Promise<string | null> {
  now = instant
  const id = await startScheduled(t.app, { tenantId: company.tenantId, workflow: 'daily' })
  await t.app.jobs.idle()
  return id
}

async function runs(company: TestCompany): Promise<{ state: string; origin: string }[]> {
  const { body } = await t.api('GET', '/api/workflows', { as: company })
  return body.items
}

test('a clock that rings twice, goes back or jumps ahead starts the work of each morning once', async () => {
  const company = await t.company()
  expect(await ring(company, '2026-11-20T05:00:10Z')).not.toBeNull()
  // Again a minute later, then set back by two hours and rung once more, then back by a day.
  expect(await ring(company, '2026-11-20T05:01:10Z')).toBeNull()
  expect(await ring(company, '2026-11-20T05:00:05Z')).toBeNull()
  expect(await ring(company, '2026-11-20T22:59:00Z')).toBeNull()
  // Ahead by three days: the morning of that day, and not one for each that was skipped.
  expect(await ring(company, '2026-11-23T05:00:10Z')).not.toBeNull()
  expect(await ring(company, '2026-11-20T05:00:10Z')).toBeNull()
  expect((await runs(company)).map(({ state, origin }) => [state, origin])).toEqual([['done', 'schedule'], ['done', 'schedule']])
})

test('a morning done after midnight counts for its own day, and the next one is done too', async () => {
  const company = await t.company()
  expect(await ring(company, '2026-11-24T23:30:00Z')).not.toBeNull()
  expect(await ring(company, '2026-11-25T05:00:00Z')).not.toBeNull()
  const { rows } = await t.db.owner.query('select key from app.workflow_run where tenant_id = $1 order by key', [company.tenantId])
  expect(rows).toEqual([{ key: localDate('2026-11-24') }, { key: localDate('2026-11-25') }])
})

const scheduleOf = async (company: TestCompany): Promise<unknown[]> =>
  (await t.db.owner.query('select cron, timezone from jobs.schedule where name = \'workflow-start\' and data->>\'tenantId\' = $1', [company.tenantId])).rows

test('a new company gets its morning in its time zone, and keeps it when it moves', async () => {
  const company = await t.company('company', { timeZone: 'America/Toronto' })
  await expect.poll(() => scheduleOf(company)).toEqual([{ cron: '0 6 * * *', timezone: 'America/Toronto' }])
  expect((await t.api('GET', '/api/queues', { as: company })).body.schedules).toMatchObject([{ workflow: 'daily', timeZone: 'America/Toronto', title: { en: 'Morning work' } }])
  expect((await t.api('PATCH', '/api/company', { as: company, body: { timeZone: 'Indian/Reunion' } })).status).toBe(200)
  await expect.poll(() => scheduleOf(company)).toEqual([{ cron: '0 6 * * *', timezone: 'Indian/Reunion' }])
  const { items } = (await t.api('GET', '/api/workflow/kinds', { as: company })).body
  // La Réunion is four hours ahead of UTC, all year round.
  expect(items[0].schedule.nextAt).toMatch(/T02:00:00/)
})

test('a firm keeps no books and has no morning work', async () => {
  const firm = await t.company('firm')
  const company = await t.company()
  await expect.poll(() => scheduleOf(company)).toHaveLength(1)
  expect(await scheduleOf(firm)).toEqual([])
  expect(await ring(firm, '2026-11-26T05:00:00Z')).toBeNull()
})

test('schedules that were lost come back, and those of no company go', async () => {
  const company = await t.company()
  await expect.poll(() => scheduleOf(company)).toHaveLength(1)
  await t.db.owner.query('delete from jobs.schedule where data->>\'tenantId\' = $1', [company.tenantId])
  await t.app.jobs.schedule('workflow-start', { cron: '0 6 * * *', timeZone: 'UTC', key: 'daily/01890000-0000-7000-8000-000000000000', data: { tenantId: '01890000-0000-7000-8000-000000000000', workflow: 'daily' } })
  await keepSchedules(t.app, null)
  expect(await scheduleOf(company)).toHaveLength(1)
  expect((await t.db.owner.query('select 1 from jobs.schedule where key = \'daily/01890000-0000-7000-8000-000000000000\'')).rowCount).toBe(0)
})
