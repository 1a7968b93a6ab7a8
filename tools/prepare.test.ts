import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const INSTALLING = /^Installation des dépendances/m
const BUILDING = /^Construction de l'application web/m
let root = ''

const path = (...parts: string[]): string => join(root, ...parts)

function write(file: string, text: string): void {
  mkdirSync(dirname(path(file)), { recursive: true })
  writeFileSync(path(file), text)
}

function writeLock(version: string): void {
  write('package-lock.json', JSON.stringify({ packages: {
    '': {}, 'node_modules/a': { version }, 'node_modules/vite': { version: '1.0.0', dev: true }, 'node_modules/elsewhere-darwin-arm64': { version: '1.0.0', optional: true },
  } }))
}

/** The scripts stand where they stand in the project; npm and Vite are small programs that do what the real ones leave behind. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'quittance-prepare-'))
  mkdirSync(path('tools'))
  cpSync(join(import.meta.dirname, 'prepare.mjs'), path('tools', 'prepare.mjs'))
  writeLock('1.0.0')
  write('web/page.tsx', 'one')
  write('npm.cjs', `const fs = require('node:fs')
    if (process.env.OFFLINE) { console.error('network is away'); process.exit(1) }
    const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'))
    fs.rmSync('node_modules', { recursive: true, force: true })
    fs.mkdirSync('node_modules/vite/bin', { recursive: true })
    fs.writeFileSync('node_modules/vite/bin/vite.js', "const fs = require('node:fs'); fs.mkdirSync('dist/web', { recursive: true }); fs.writeFileSync('dist/web/index.html', fs.readFileSync('web/page.tsx'))")
    delete packages['']; delete packages['node_modules/elsewhere-darwin-arm64']
    fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }))`)
})
afterEach(() => { rmSync(root, { recursive: true, force: true }) })

function prepare(mode: string, environment: Readonly<Record<string, string>> = {}) {
  const done = spawnSync(process.execPath, [path('tools', 'prepare.mjs'), mode], { encoding: 'utf8', env: { ...process.env, npm_execpath: path('npm.cjs'), npm_node_execpath: process.execPath, ...environment } })
  return { code: done.status, said: done.stderr, out: done.stdout }
}

describe('preparing to start or to test', () => {
  it('installs and builds on a fresh clone, says so in a line each, then has nothing left to say', () => {
    const first = prepare('start')
    expect(first).toMatchObject({ code: 0, out: '' })
    expect(first.said.trimEnd().split('\n')).toHaveLength(2)
    expect(first.said).toMatch(INSTALLING)
    expect(first.said).toMatch(BUILDING)
    expect(prepare('start')).toEqual({ code: 0, said: '', out: '' })
    expect(prepare('test')).toEqual({ code: 0, said: '', out: '' })
  })

  it('builds again when a source changed, and not when a test did', () => {
    prepare('start')
    write('web/page.tsx', 'two')
    const again = prepare('start')
    expect(again.said).toMatch(BUILDING)
    expect(again.said).not.toMatch(INSTALLING)
    expect(readFileSync(path('dist', 'web', 'index.html'), 'utf8')).toBe('two')
    write('web/page.test.tsx', 'a test')
    expect(prepare('start').said).toBe('')
  })

  it('builds again when a source was removed or the build was', () => {
    write('core/a.ts', '')
    prepare('start')
    rmSync(path('core', 'a.ts'))
    expect(prepare('start').said).toMatch(BUILDING)
    rmSync(path('dist', 'web'), { recursive: true })
    expect(prepare('start').said).toMatch(BUILDING)
  })

  it('installs again when the lock names another version, and not when it was merely touched', () => {
    prepare('start')
    appendFileSync(path('package-lock.json'), '\n')
    expect(prepare('start').said).not.toMatch(INSTALLING)
    writeLock('1.0.1')
    expect(prepare('start').said).toMatch(INSTALLING)
  })

  it('starts without the development packages once the application is built, and installs them to test', () => {
    prepare('start')
    write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }))
    rmSync(path('node_modules', '.cache'), { recursive: true, force: true })
    expect(prepare('start').said).toBe('')
    expect(prepare('test').said).toMatch(INSTALLING)
  })

  it('shows what npm said when the installation fails, and fails', () => {
    const failed = prepare('start', { OFFLINE: '1' })
    expect(failed.code).toBe(1)
    expect(failed.said).toContain('network is away')
    expect(failed.said).toContain('The installation failed')
  })
})
