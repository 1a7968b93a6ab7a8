import { createServer } from 'node:net'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserSuite, canBrowse, openBrowser, startServer, type RunningServer } from './browser.ts'

const PASSWORD = 'correct horse battery'

async function freePort(): Promise<number> {
  return await new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => { resolve(port) })
    })
  })
}

/** Runs in the page: the two ceremonies as the web application does them, with the browser's own JSON forms. */
async function call(page: Page, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  return await page.evaluate(async ([url, sent]) => {
    const answer = await fetch(url, { method: sent === null ? 'GET' : 'POST', ...(sent === null ? {} : { headers: { 'content-type': 'application/json' }, body: sent }) })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> }
  }, [path, body === undefined ? null : JSON.stringify(body)] as [string, string | null])
}

async function register(page: Page, name: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const { body: options } = await call(page, '/api/auth/passkeys/registration', { password: PASSWORD })
  const credential = await page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json as unknown as PublicKeyCredentialCreationOptionsJSON)
    return (await navigator.credentials.create({ publicKey }) as PublicKeyCredential).toJSON() as unknown
  }, options)
  return await call(page, '/api/auth/passkeys', { name, credential })
}

async function assertion(page: Page, change: Record<string, unknown> = {}): Promise<unknown> {
  const { body: options } = await call(page, '/api/auth/passkeys/authentication', {})
  return await page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(json as unknown as PublicKeyCredentialRequestOptionsJSON)
    return (await navigator.credentials.get({ publicKey }) as PublicKeyCredential).toJSON() as unknown
  }, { ...options, ...change })
}

describe.runIf(canBrowse)(browserSuite('passkeys, with a virtual authenticator'), () => {
  let server: RunningServer
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let devtools: CDPSession
  let address: string
  let authenticatorId: string

  beforeAll(async () => {
    const port = await freePort()
    // A passkey belongs to a name: browsers refuse an IP address.
    address = `http://localhost:${port}`
    server = await startServer({ env: { PORT: String(port), PUBLIC_URL: address, QUITTANCE_DEMO: 'false' } })
    browser = await openBrowser()
    context = await browser.newContext()
    page = await context.newPage()
    // An answer of the API is sandboxed: the ceremonies run on a page of the application.
    await page.goto(`${address}/connexion`)
    devtools = await context.newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    authenticatorId = await addAuthenticator(true)
    expect((await call(page, '/api/auth/sign-up', { name: 'Passe Partout', email: 'passkey@example.org', password: PASSWORD })).status).toBe(201)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.remove()
  })

  async function addAuthenticator(isUserVerified: boolean): Promise<string> {
    return (await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified, automaticPresenceSimulation: true },
    })).authenticatorId
  }

  test('a passkey is made after the password, and is in the list', async () => {
    expect((await call(page, '/api/auth/passkeys/registration', { password: 'not the password' })).body['code']).toBe('PASSWORD_WRONG')
    expect(await register(page, 'Mon ordinateur')).toMatchObject({ status: 201, body: { name: 'Mon ordinateur', lastUsedAt: null } })
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId })
    expect(credentials).toEqual([expect.objectContaining({ rpId: 'localhost', isResidentCredential: true })])
    expect((await call(page, '/api/auth/passkeys')).body).toMatchObject({ available: true, items: [{ name: 'Mon ordinateur' }] })
  })

  test('it signs in without a name or a password, and the session says so', async () => {
    await call(page, '/api/auth/logout', {})
    expect((await call(page, '/api/me')).status).toBe(401)
    const signedIn = await call(page, '/api/auth/passkeys/sign-in', { credential: await assertion(page) })
    expect(signedIn).toMatchObject({ status: 200, body: { user: { email: 'passkey@example.org' } } })
    expect((await call(page, '/api/me')).status).toBe(200)
    expect((await call(page, '/api/auth/sessions')).body['items']).toEqual([expect.objectContaining({ method: 'passkey', current: true })])
    expect((await call(page, '/api/auth/passkeys')).body).toMatchObject({ items: [{ lastUsedAt: expect.any(String) }] })
  })

  test('an answer serves once, and one that was touched serves never', async () => {
    const credential = await assertion(page) as { id: string; response: { signature: string } }
    const touched = { ...credential, response: { ...credential.response, signature: credential.response.signature.replace(/.{6}$/, 'AAAAAA') } }
    expect((await call(page, '/api/auth/passkeys/sign-in', { credential: touched })).body['code']).toBe('PASSKEY_REFUSED')
    expect((await call(page, '/api/auth/passkeys/sign-in', { credential })).body['code']).toBe('PASSKEY_REFUSED')
    const again = await assertion(page)
    expect((await call(page, '/api/auth/passkeys/sign-in', { credential: again })).status).toBe(200)
    expect((await call(page, '/api/auth/passkeys/sign-in', { credential: again })).body['code']).toBe('PASSKEY_REFUSED')
  })

  test('a device that did not verify the person is refused, even when the page asks for less', async () => {
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    const credential = await assertion(page, { userVerification: 'discouraged' })
    expect((await call(page, '/api/auth/passkeys/sign-in', { credential })).body['code']).toBe('PASSKEY_REFUSED')
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
  })

  test('a removed passkey opens nothing any more', async () => {
    const items = (await call(page, '/api/auth/passkeys')).body['items'] as { id: string }[]
    const credential = await assertion(page)
    const removed = await page.evaluate(async (id) => (await fetch(`/api/auth/passkeys/${id}`, { method: 'DELETE' })).status, items[0]?.id ?? '')
    expect(removed).toBe(204)
    expect((await call(page, '/api/auth/passkeys/sign-in', { credential })).body['code']).toBe('PASSKEY_REFUSED')
    expect((await call(page, '/api/auth/passkeys')).body['items']).toEqual([])
  })
})
