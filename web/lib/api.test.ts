import { afterEach, expect, it, vi } from 'vitest'
import { createApi, urlOf } from './api.ts'
import { setPreferences } from './preferences.ts'
import { ApiProblem } from './problem.ts'

afterEach(() => { vi.unstubAllGlobals() })

/** The network, speaking HTTP: the one thing these tests cannot have for real. */
function answering(status: number, body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) {
  const calls: { url: string; init: RequestInit }[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    calls.push({ url, init })
    return new Response(status === 204 ? null : typeof body === 'string' ? body : JSON.stringify(body), { status, headers })
  })
  return calls
}

it('fills the path and leaves out empty filters', () => {
  expect(urlOf('/api/customers/:id', { id: 'a/b' }, { search: 'thé', cursor: undefined, open: false })).toBe('/api/customers/a%2Fb?search=th%C3%A9&open=false')
})

it('names the company, the language and the version with each call', async () => {
  setPreferences({ locale: 'fr' })
  const calls = answering(200, { id: '1' })
  await createApi('tenant-1').patch('/api/company', { body: { name: 'Lumen' }, version: 3 })
  expect(calls[0]).toMatchObject({ url: '/api/company', init: { method: 'PATCH', body: '{"name":"Lumen"}', headers: { 'quittance-tenant': 'tenant-1', 'accept-language': 'fr', 'if-match': '"3"' } } })
})

it('turns a refusal into its sentence and its fields', async () => {
  answering(400, { status: 400, code: 'REQUEST_INVALID', detail: 'À corriger.', instance: 'r-1', problems: [{ severity: 'error', code: 'X', message: 'Neuf chiffres.', line: null, field: 'siren', file: null }] })
  const error = await createApi(null).get('/api/me').catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ApiProblem)
  expect(error).toMatchObject({ code: 'REQUEST_INVALID', detail: 'À corriger.', requestId: 'r-1' })
  expect((error as ApiProblem).field('siren')).toBe('Neuf chiffres.')
})

it('says that the server does not answer, also when a proxy speaks for it', async () => {
  vi.stubGlobal('fetch', async () => { throw new TypeError('failed to fetch') })
  await expect(createApi(null).get('/api/me')).rejects.toMatchObject({ code: 'OFFLINE', status: 0 })
  answering(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' })
  await expect(createApi(null).get('/api/me')).rejects.toMatchObject({ code: 'OFFLINE', status: 502 })
})

it('answers null to an empty answer', async () => {
  answering(204, null)
  await expect(createApi(null).post('/api/auth/logout')).resolves.toBeNull()
})
