import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI, ended, LAUNCHER, launch, quittance } from './process.ts'

const COMMANDS = ['read', 'fec check', 'balance', 'match', 'dedup', 'start', 'migrate', 'seed', 'backup', 'restore', 'health', 'doctor']
let folder = ''

beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'quittance-cli-')) })
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

/** A script that runs a command line of ours around a command made for the test, in a process of its own. */
function script(name: string, body: string): string {
  const path = join(folder, `${name}.mts`)
  writeFileSync(path, `import { main } from ${JSON.stringify(CLI)}\n${body}\n`)
  return path
}

describe('the command line', () => {
  it('shows every command in its help and exits 0', async () => {
    const help = await quittance('--help')
    expect(help).toMatchObject({ code: 0, err: '' })
    for (const name of COMMANDS) expect(help.out).toContain(`\n  ${name}`)
  })

  it('shows the help of one command without loading it', async () => {
    const help = await quittance('fec', 'check', '--help')
    expect(help).toMatchObject({ code: 0, err: '' })
    expect(help.out).toMatch(/^quittance fec check <file>\n/)
  })

  it('gives the version that package.json states', async () => {
    const manifest: { version: string } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'))
    expect(await quittance('--version')).toEqual({ code: 0, signal: null, out: `${manifest.version}\n`, err: '' })
  })

  it.each([['raed', 'read'], ['fec chek', 'fec check'], ['fec', 'fec check'], ['balanse', 'balance'], ['sart', 'start']])('answers the unknown command "%s" with the nearest one, "%s", and exits 2', async (typed, close) => {
    const refused = await quittance(...typed.split(' '))
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toContain(`« ${close} »`)
    expect(refused.err).toContain(`"${close}"`)
    expect(refused.err.trimEnd().split('\n')).toHaveLength(1)
  })

  it('does not take a property of every object for a command', async () => {
    expect((await quittance('constructor')).code).toBe(2)
  })

  it('shows its help on standard error and exits 2 when nothing was asked', async () => {
    const nothing = await quittance()
    expect(nothing).toMatchObject({ code: 2, out: '' })
    expect(nothing.err).toContain('fec check')
  })

  it.each(['read', 'fec check', 'balance', 'match', 'dedup'])('exits 2 with a message and an empty standard output when "%s" is called without its arguments', async (name) => {
    const refused = await quittance(...name.split(' '))
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).not.toBe('')
    expect(refused.err).not.toMatch(/^\s+at /m)
  })
})

describe('a command made for the test', () => {
  const table = (body: string, stopsUnread: boolean) => `await main(process.argv.slice(2), { probe: { usage: 'probe', fr: '', en: '', stopsUnread: ${stopsUnread}, load: async () => async (args, io) => { ${body} } } })`

  it('that throws is told in one bilingual line with an id, without a stack trace, and exits 1', async () => {
    const told = await ended(launch(script('throws', table('throw new TypeError("inner detail")', true)), ['probe'], { QUITTANCE_DEBUG: '' }))
    expect(told).toMatchObject({ code: 1, out: '' })
    expect(told.err).toMatch(/^Erreur inattendue ([0-9a-f]{8})\. .* \/ Unexpected error \1\. .*\n$/)
    expect(told.err).not.toContain('inner detail')
  })

  it('that throws after it was awaited is told in the same way', async () => {
    const told = await ended(launch(script('late', table('setTimeout(() => { throw new Error("inner detail") }, 1); await new Promise(() => { setInterval(() => {}, 1000) })', true)), ['probe'], { QUITTANCE_DEBUG: '' }))
    expect(told).toMatchObject({ code: 1, out: '' })
    expect(told.err).toMatch(/^Erreur inattendue [0-9a-f]{8}\./)
  })

  it('that throws shows its stack to whoever asks with QUITTANCE_DEBUG=1', async () => {
    const told = await ended(launch(script('debug', table('throw new TypeError("inner detail")', true)), ['probe'], { QUITTANCE_DEBUG: '1' }))
    expect(told.err).toContain('TypeError: inner detail')
  })

  it('whose module cannot be loaded does not keep the others from running', async () => {
    const path = script('missing', "const load = () => import('./nowhere.ts')\nawait main(process.argv.slice(2), { broken: { usage: 'broken', fr: '', en: '', stopsUnread: true, load }, sound: { usage: 'sound', fr: '', en: '', stopsUnread: true, load: async () => async (args, io) => { io.out('sound'); return 0 } } })")
    expect(await ended(launch(path, ['sound']))).toMatchObject({ code: 0, out: 'sound', err: '' })
    expect(await ended(launch(path, ['broken']))).toMatchObject({ code: 1, out: '' })
  })

  it('has all of a large output read through a pipe before it exits with its own code', async () => {
    const path = script('large', table("for (let i = 0; i < 64; i++) io.out('x'.repeat(262_143) + '\\n'); io.err('done\\n'); return 1", true))
    const large = await ended(launch(path, ['probe']))
    expect(large).toMatchObject({ code: 1, err: 'done\n' })
    expect(large.out.length).toBe(64 * 262_144)
  })

  it('stops at once and quietly when its reader goes away', async () => {
    const child = launch(script('unread', table("for (;;) { io.out('x'.repeat(65_536)); await new Promise((resolve) => { setImmediate(resolve) }) }", true)), ['probe'])
    child.stdout?.once('data', () => { child.stdout?.destroy() })
    expect(await ended(child)).toMatchObject({ code: 0, err: '' })
  })

  it('finishes its work when its reader goes away and it must not stop half way', async () => {
    const witness = join(folder, 'witness')
    const path = script('half-way', table(`io.out('started'); for (let i = 0; i < 20; i++) { io.out('x'.repeat(65_536)); await new Promise((resolve) => { setTimeout(resolve, 5) }) } (await import('node:fs')).writeFileSync(${JSON.stringify(witness)}, 'whole'); return 0`, false))
    const child = launch(path, ['probe'])
    child.stdout?.once('data', () => { child.stdout?.destroy() })
    expect(await ended(child)).toMatchObject({ code: 0, err: '' })
    expect(readFileSync(witness, 'utf8')).toBe('whole')
  })
})

describe('the launcher', () => {
  it('gives the output and the exit code of the command line', async () => {
    expect(await ended(launch(LAUNCHER, ['--version']))).toMatchObject({ code: 0, err: '' })
    expect(await ended(launch(LAUNCHER, ['nothing-like-it']))).toMatchObject({ code: 2, out: '' })
  })
})
