import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserSuite, canBrowse, type RunningServer, startServer } from './browser.ts'

const WEB = join(import.meta.dirname, '..', '..', 'dist', 'web')
/** The first download of someone who signs in: design budget, in bytes of gzip. */
const ENTRY_GZIP_MAX = 160_000

/** The scripts that the first page asks for: those index.html names and, through them, what they import at once. */
function entryScripts(): readonly string[] {
  const named = [...readFileSync(join(WEB, 'index.html'), 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]!)
  const found = new Set<string>()
  const visit = (path: string) => {
    if (found.has(path)) return
    found.add(path)
    const text = readFileSync(join(WEB, path), 'utf8')
    for (const match of text.matchAll(/(?:^|[;}\n])\s*(?:import|export)(?:[^"'();]*?from)?\s*["']\.\/([^"']+\.js)["']/g)) visit(`assets/${match[1]!}`)
  }
  named.forEach(visit)
  return [...found]
}

describe.skipIf(!canBrowse)(browserSuite('the weight of the web application and how it is served'), () => {
  let server: RunningServer
  beforeAll(async () => { server = await startServer({ args: ['--no-demo'] }) })
  afterAll(() => server.remove())
  const ask = (path: string, headers: Record<string, string> = {}) => fetch(`${server.address}${path}`, { headers })

  it('opens with at most 160 kB of compressed script', () => {
    const scripts = entryScripts()
    const sizes = scripts.map((path) => [path, gzipSync(readFileSync(join(WEB, path)), { level: 9 }).length] as const)
    const total = sizes.reduce((sum, [, size]) => sum + size, 0)
    expect(scripts.length).toBeGreaterThan(0)
    expect(total, sizes.map(([path, size]) => `${path} ${size}`).join(', ')).toBeLessThanOrEqual(ENTRY_GZIP_MAX)
  })

  it('keeps tables, dialogs and pages out of the first download', () => {
    const lazy = readdirSync(join(WEB, 'assets')).filter((name) => name.endsWith('.js') && !entryScripts().includes(`assets/${name}`))
    expect(lazy.some((name) => name.startsWith('data-grid'))).toBe(true)
  })

  it('lets a browser keep hashed files for ever, and ask for the page each time', async () => {
    const [script] = entryScripts()
    const asset = await ask(`/${script}`)
    expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
    expect(asset.headers.get('content-type')).toContain('javascript')
    for (const path of ['/', '/connexion', '/c/une-societe/ventes/factures']) {
      const page = await ask(path)
      expect([path, page.status, page.headers.get('cache-control')]).toEqual([path, 200, 'no-cache'])
      expect(page.headers.get('content-type')).toContain('text/html')
    }
  })

  it('forbids with a content policy whatever does not come from here', async () => {
    const policy = (await ask('/')).headers.get('content-security-policy') ?? ''
    for (const rule of ["default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'self'"]) expect(policy).toContain(rule)
    expect(policy).not.toMatch(/unsafe-(?:inline|eval)/)
    const html = await (await ask('/')).text()
    expect(html).not.toMatch(/<script(?![^>]*src=)[^>]*>/)
    expect(html).not.toMatch(/ style=|<style/)
  })

  it('answers a missing file by a 404 that is not a page', async () => {
    for (const path of ['/assets/absent-0000.js', '/assets/absent.css', '/absent.png', '/api/absent']) {
      const answer = await ask(path, { accept: '*/*' })
      expect([path, answer.status]).toEqual([path, 404])
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(answer.headers.get('cache-control')).not.toContain('immutable')
    }
  })
})
