import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const ROOT = join(import.meta.dirname, '..', '..')
const CANDIDATES = [process.env['QUITTANCE_BROWSER'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The Chromium of this machine, or null: browser suites are then named as not run. */
export const chromiumPath: string | null = CANDIDATES.find((path) => path && existsSync(path)) ?? null

/** Whether browser walks can run: a Chromium and a built web application. */
export const canBrowse: boolean = chromiumPath !== null && existsSync(join(ROOT, 'dist', 'web', 'index.html'))

/** The title of a suite, which says why when it is not run. */
export function browserSuite(title: string): string {
  if (canBrowse) return title
  return `${title} (not run: ${chromiumPath === null ? 'no Chromium found, set QUITTANCE_BROWSER' : 'the web application is not built, run npm run build'})`
}

/** The real program on a data folder of its own, on a free port. */
export type RunningServer = { readonly address: string; readonly folder: string; readonly output: () => string; kill(signal?: NodeJS.Signals): Promise<void>; remove(): Promise<void> }

/** Starts `quittance start` as a person would and waits until it listens. */
export async function startServer(options: { readonly args?: readonly string[]; readonly folder?: string; readonly env?: Readonly<Record<string, string>> } = {}): Promise<RunningServer> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'quittance-browser-'))
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'server', 'entry', 'cli.ts'), 'start', ...options.args ?? []], {
    cwd: ROOT, env: { PATH: process.env['PATH'] ?? '', HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'warn', QUITTANCE_DATA: folder, ...options.env },
  })
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => { text += chunk.toString() })
  child.stderr?.on('data', (chunk: Buffer) => { text += chunk.toString() })
  const ended = new Promise<void>((resolve) => { child.on('close', () => resolve()) })
  const kill = async (signal: NodeJS.Signals = 'SIGTERM') => { child.kill(signal); await ended }
  for (let n = 0; n < 1200 && child.exitCode === null; n += 1) {
    const address = /https?:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(text)?.[0]
    if (address) return { address, folder, output: () => text, kill, remove: async () => { await kill(); rmSync(folder, { recursive: true, force: true }) } }
    await new Promise((resolve) => { setTimeout(resolve, 50) })
  }
  throw new Error(`the server did not start: ${text}`)
}

/** One Chromium for a suite. Root needs --no-sandbox. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] })
}

/** What went wrong on a page while nobody looked: console errors and failed requests. */
export type Watched = { readonly page: Page; readonly context: BrowserContext; readonly complaints: string[] }

/** A page in French at a size, which notes every console error and every answer of 500. */
export async function openPage(browser: Browser, options: { readonly width?: number; readonly height?: number; readonly dark?: boolean; readonly locale?: string } = {}): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 }, locale: options.locale ?? 'fr-FR', colorScheme: options.dark ? 'dark' : 'light', reducedMotion: 'reduce', acceptDownloads: true,
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const complaints: string[] = []
  // Not being signed in yet is an answer of /api/me, which the browser reports as an error all the same.
  page.on('console', (message) => { if (message.type() === 'error' && !(message.location().url.endsWith('/api/me') && message.text().includes('401'))) complaints.push(message.text()) })
  page.on('pageerror', (error) => { complaints.push(error.message) })
  page.on('response', (response) => { if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`) })
  return { page, context, complaints }
}
