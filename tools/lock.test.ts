import { describe, expect, it } from 'vitest'
import { completeLock, type Lock } from './lock.ts'

const lock = (packages: Lock['packages']): Lock => ({ packages: { '': {}, ...packages } })

describe('completing the lock file', () => {
  it('places the platform packages that an install dropped, with their system, processor and C library', () => {
    const { lock: done, added } = completeLock(lock({ 'node_modules/tool': { version: '1.2.3', optionalDependencies: { 'tool-linux-x64-musl': '1.2.3', 'tool-darwin-arm64': '1.2.3' } } }))
    expect(added).toEqual(['tool-linux-x64-musl', 'tool-darwin-arm64'])
    expect(done.packages['node_modules/tool-linux-x64-musl']).toEqual({ version: '1.2.3', cpu: ['x64'], libc: ['musl'], optional: true, os: ['linux'] })
    expect(done.packages['node_modules/tool-darwin-arm64']).toEqual({ version: '1.2.3', cpu: ['arm64'], optional: true, os: ['darwin'] })
  })

  it('changes nothing when every optional package is placed, in the package\'s own folder or above it', () => {
    const whole = lock({
      'node_modules/a': { version: '1.0.0', optionalDependencies: { 'x-linux-x64-gnu': '1.0.0', 'y-win32-x64': '1.0.0' } },
      'node_modules/a/node_modules/x-linux-x64-gnu': { version: '1.0.0' },
      'node_modules/y-win32-x64': { version: '1.0.0' },
    })
    expect(completeLock(whole)).toMatchObject({ added: [], unhosted: [], unresolved: [], lock: whole })
  })

  it('removes the address of a private host and keeps the integrity', () => {
    const { lock: done, unhosted } = completeLock(lock({
      'node_modules/a': { version: '1.0.0', resolved: 'http://packages.internal/a.tgz', integrity: 'sha512-a' },
      'node_modules/b': { version: '1.0.0', resolved: 'https://registry.npmjs.org/b/-/b-1.0.0.tgz' },
    }))
    expect(unhosted).toEqual(['node_modules/a'])
    expect(done.packages['node_modules/a']).toEqual({ version: '1.0.0', integrity: 'sha512-a' })
    expect(done.packages['node_modules/b']?.resolved).toBe('https://registry.npmjs.org/b/-/b-1.0.0.tgz')
  })

  it('names an optional package that it cannot derive, rather than inventing one', () => {
    expect(completeLock(lock({ 'node_modules/a': { optionalDependencies: { fsevents: '~2.3.3' } } })).unresolved).toEqual(['fsevents'])
  })
})
