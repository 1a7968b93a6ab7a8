import { expect } from 'vitest'
import type { BrowserContext, Page } from 'playwright-core'
import { DEMO_PEOPLE, DEMO_SIGN_IN } from '../../server/modules/demo/index.ts'
import { say } from './words.ts'

type Company = { readonly id: string; readonly slug: string; readonly name: string; readonly kind: string }

/** Calls of the API as the person signed in on the page, in a company. */
export type Caller = {
  readonly company: Company
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
}

/** The owner of the demonstration, and its other people: one password for all. */
export const DEMO = { password: DEMO_SIGN_IN.password, owner: DEMO_PEOPLE.owner.email, assistant: DEMO_PEOPLE.assistant.email, accountant: DEMO_PEOPLE.accountant.email } as const

async function answerOf<T>(response: Awaited<ReturnType<BrowserContext['request']['get']>>): Promise<T> {
  const text = await response.text()
  if (!response.ok()) throw new Error(`${response.status()} ${response.url()}: ${text}`)
  return (text === '' ? null : JSON.parse(text)) as T
}

/** The API seen by this browser's session, in the company of a name (the first one when none is given). */
export async function callerOf(context: BrowserContext, address: string, name?: string): Promise<Caller> {
  const { companies } = await answerOf<{ companies: Company[] }>(await context.request.get(`${address}/api/me`))
  const company = companies.find((candidate) => name === undefined || candidate.name === name)
  if (!company) throw new Error(`no company named ${name}`)
  const headers = { 'quittance-tenant': company.id, 'accept-language': 'fr' }
  return {
    company,
    get: async (path) => answerOf(await context.request.get(`${address}${path}`, { headers })),
    post: async (path, body) => answerOf(await context.request.post(`${address}${path}`, { headers, data: body })),
  }
}

/** Signs a browser in without the page, for suites that are not about signing in. */
export async function enter(context: BrowserContext, address: string, email: string = DEMO.owner): Promise<void> {
  await answerOf(await context.request.post(`${address}/api/auth/login`, { data: { email, password: DEMO.password } }))
}

/** Makes an account; the browser is then signed in as it. */
export async function signUp(context: BrowserContext, address: string, person: { readonly name: string; readonly email: string }): Promise<void> {
  await answerOf(await context.request.post(`${address}/api/auth/sign-up`, { data: { ...person, password: DEMO.password } }))
}

/** Makes a company whose books have nothing in them yet. */
export async function freshCompany(context: BrowserContext, address: string, name: string): Promise<Caller> {
  await answerOf(await context.request.post(`${address}/api/companies`, { data: { name, kind: 'company' } }))
  return callerOf(context, address, name)
}

/** Signs in as a person does: the page, the two fields, the button. */
export async function signInByPage(page: Page, address: string, email: string = DEMO.owner): Promise<void> {
  await page.goto(`${address}/connexion`)
  await page.getByLabel(say('E-mail'), { exact: true }).fill(email)
  await page.getByLabel(say('Password'), { exact: true }).fill(DEMO.password)
  await page.getByRole('button', { name: say('Sign in'), exact: true }).click()
  await page.waitForURL(/\/c\//)
}

/** The page is at rest: its title is there, and no skeleton is left. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1, [role=alert]').first().waitFor()
  await page.waitForFunction(() => document.querySelector('.breathe, [aria-busy=true]') === null)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  expect(await page.title()).toContain('Quittance')
}
