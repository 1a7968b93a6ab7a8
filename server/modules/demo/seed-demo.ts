import type { App } from '../../platform/app.ts'
import type { Context } from '../../platform/access/context.ts'
import { vatNumberOfSiren } from '../../../core/party/siren.ts'
import { addGrant, addMember, createCompany, type CreateCompanyInput, updateCompany } from '../identity/index.ts'
import { fillBooks } from './fill-books.ts'
import { askQuestions, fillSteering } from './fill-steering.ts'
import { borealConseil } from './generator/boreal.ts'
import { fictitiousSiren } from './generator/invoices.ts'
import { atelierLumen } from './generator/lumen.ts'
import type { DemoCompany } from './generator/plan.ts'
import { type DemoSteering, LUMEN_STEERING } from './generator/steering.ts'
import { DEMO_PEOPLE, demoPerson } from './people.ts'
import { demoExists, lockDemo } from './store.ts'

/** The demonstration is the same everywhere: only the day it is made on changes it. */
const SEED = 471_204
const LUMEN_SIREN = fictitiousSiren(4_712)
const RIVAGE_SIREN = fictitiousSiren(9_038)
const PARIS = 'Europe/Paris'
const TORONTO = 'America/Toronto'

type Creation = { readonly input: CreateCompanyInput; readonly patch: Parameters<typeof updateCompany>[2]['patch']; readonly owner: 'owner' | 'accountant' }

async function create(app: App, { input, patch, owner }: Creation): Promise<{ ctx: Context; slug: string }> {
  const person = await demoPerson(app, owner)
  const { company, ctx } = await createCompany(app, { person, locale: 'fr', address: null, isDemo: true }, input)
  await updateCompany(app, ctx, { patch, version: undefined })
  return { ctx, slug: company.slug }
}

/** A company with its assistant, its firm and its books. */
async function createBooks(app: App, plan: DemoCompany, creation: Omit<Creation, 'owner'> & { readonly firmSlug: string; readonly steering?: DemoSteering }): Promise<void> {
  const { ctx } = await create(app, { owner: 'owner', patch: creation.patch, input: { ...creation.input, name: plan.name, kind: 'company', currency: plan.currency, firstYear: plan.years[0]! } })
  const assistant = await demoPerson(app, 'assistant')
  await addMember(app, ctx, { email: DEMO_PEOPLE.assistant.email, role: 'assistant' })
  await addGrant(app, ctx, { firmSlug: creation.firmSlug, role: 'accountant' })
  await app.db.tenant(ctx, async (tx) => {
    const work = { app, tx, ctx, known: { customers: new Map(), invoices: new Map() } }
    await fillBooks(work, plan)
    if (creation.steering) await fillSteering(work, creation.steering)
  })
  if (creation.steering) await askQuestions({ app, ctx }, { questions: creation.steering.questions, of: assistant.id })
}

/**
 * Makes the demonstration: two companies with their books and the firm that serves them. One transaction: interrupted, nothing of
 * it is left and the next call starts again; asked twice, the second call does nothing. Answers whether it was made now.
 */
export async function seedDemo(app: App): Promise<boolean> {
  const made = await createAll(app)
  // The embedded engine never looks at its tables by itself: without this the first pages would be planned as if they were empty.
  if (made && app.db.engine === 'embedded') await app.db.exec('analyze')
  return made
}

async function createAll(app: App): Promise<boolean> {
  return await app.db.transaction(async () => {
    await lockDemo(app.db)
    if (await app.db.system(demoExists)) return false
    const firm = await create(app, {
      owner: 'accountant', input: { name: 'Cabinet Rivage', kind: 'firm', siren: RIVAGE_SIREN },
      patch: { address: '2 rue du Port', postalCode: '71000', city: 'Port-Lenoir', colour: '#0F766E' },
    })
    await createBooks(app, atelierLumen(app.clock.today(PARIS), SEED), {
      firmSlug: firm.slug, steering: LUMEN_STEERING, input: { name: '', kind: 'company', siren: LUMEN_SIREN, timeZone: PARIS, vatDueOn: 'receipts' },
      patch: { vatNumber: vatNumberOfSiren(LUMEN_SIREN), address: 'Atelier 3, zone artisanale du Pré Long', postalCode: '69000', city: 'Villeneuve-sur-Ardière', colour: '#B45309' },
    })
    await createBooks(app, borealConseil(app.clock.today(TORONTO), SEED), {
      firmSlug: firm.slug, input: { name: '', kind: 'company', country: 'CA', timeZone: TORONTO },
      patch: { address: '1200, avenue des Érables, bureau 4', postalCode: 'H0H 0H0', city: 'Montréal', colour: '#2F46C9' },
    })
    return true
  })
}
