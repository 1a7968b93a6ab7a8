import type { TestApp, TestCompany } from '../../support/server.ts'
import { bankLine } from './banking.ts'
import { received } from './sync.ts'

/** The data of a job that runs for `ours` and names things of `theirs`. */
type ForeignJob = (t: TestApp, companies: { readonly ours: TestCompany; readonly theirs: TestCompany }) => Promise<object>

/** Every queue by its name: `installation` when its jobs name neither a company nor anything of one, or how to mix two companies up. */
export const JOBS: Readonly<Record<string, 'installation' | ForeignJob>> = {
  'daily-backup': 'installation',
  'drop-old-deliveries': 'installation',
  'drop-old-events': 'installation',
  'drop-old-notifications': 'installation',
  'enrich-missed-lines': 'installation',
  'mail.send': 'installation',
  'platform.forget-answers': 'installation',
  'sign-in.password-reset': 'installation',
  'sweep-events': 'installation',
  'watch-every-budget': 'installation',
  'workflow-upkeep': 'installation',
  'categorise-lines': async (t, { ours, theirs }) => {
    await bankLine(t, theirs)
    const { body } = await t.api('GET', '/api/imports', { as: theirs })
    return { tenantId: ours.tenantId, changeId: '018f0000-0000-7000-8000-0000000000ca', importId: String(body.items[0].id), from: null, to: null, which: 'all', ruleIds: null }
  },
  'deliver-webhooks': async (t, { ours, theirs }) => ({ company: ours.tenantId, id: await bankLine(t, theirs) }),
  'enrich-lines': async (t, { ours, theirs }) => {
    await bankLine(t, theirs)
    const { body } = await t.api('GET', '/api/imports', { as: theirs })
    return { tenantId: ours.tenantId, importId: String(body.items[0].id), all: false }
  },
  'find-recurring': async (_t, { ours }) => ({ company: ours.tenantId }),
  'handle-notifications': async (t, { ours, theirs }) => ({ company: ours.tenantId, id: (await received(t, theirs)).params?.['id'] ?? '' }),
  'post-bank-lines': async (t, { ours, theirs }) => {
    await bankLine(t, theirs)
    const { body } = await t.api('GET', '/api/imports', { as: theirs })
    return { tenantId: ours.tenantId, importId: String(body.items[0].id) }
  },
  'react-to-events': async (_t, { ours }) => ({ company: ours.tenantId }),
  'refresh-portfolio': async (_t, { ours }) => ({ company: ours.tenantId }),
  'train-categories': async (_t, { ours }) => ({ company: ours.tenantId }),
  'watch-budgets': async (_t, { ours }) => ({ company: ours.tenantId }),
  'workflow-start': async (_t, { ours }) => ({ tenantId: ours.tenantId, workflow: 'daily' }),
  'workflow-step': async (t, { ours, theirs }) => {
    const run = await t.api('POST', '/api/workflow/start', { as: theirs, body: { workflow: 'daily' } })
    return { tenantId: ours.tenantId, runId: String(run.body.id) }
  },
}
