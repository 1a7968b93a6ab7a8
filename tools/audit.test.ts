import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { faultsOf, isAllowed, LICENCE_EXCEPTIONS, vulnerabilitiesOf, type Installed, type LockEntry, type LockFile } from './audit.ts'

const GOOD: LockEntry = { version: '1.0.0', resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz', integrity: 'sha512-x', license: 'MIT' }
const faults = (entry: LockEntry, manifest?: Installed) => faultsOf({ packages: { '': {}, 'node_modules/x/node_modules/@scope/a': entry } }, () => manifest)

test.each<[string, LockEntry, Installed | undefined, string]>([
  ['without its hash', { ...GOOD, integrity: undefined } as unknown as LockEntry, undefined, 'no SHA-512'], ['with a weak hash', { ...GOOD, integrity: 'sha1-x' }, undefined, 'no SHA-512'],
  ['from another host', { ...GOOD, resolved: 'https://registry.npmjs.org.evil.example/a.tgz' }, undefined, 'public registry'], ['from git', { ...GOOD, resolved: 'git+ssh://git@github.com/a/a.git#1' }, undefined, 'public registry'],
  ['that is a link', { ...GOOD, link: true }, undefined, 'link'], ['whose lock says that it runs a script', { ...GOOD, hasInstallScript: true }, undefined, 'when it is installed'],
  ['that runs a script the lock is silent about', GOOD, { license: 'MIT', scripts: { postinstall: 'node x.js' } }, 'runs postinstall'], ['under a licence that binds us', { ...GOOD, license: 'AGPL-3.0-only' }, undefined, 'AGPL-3.0-only'],
  ['whose own licence is not that of the lock', GOOD, { license: 'SSPL-1.0' }, 'SSPL-1.0'], ['without a licence', { ...GOOD, license: undefined } as unknown as LockEntry, undefined, 'unknown'],
])('a package %s is a fault', (_what, entry, manifest, said) => {
  expect(faults(entry, manifest).join('\n')).toContain(said)
  expect(faults(entry, manifest)[0]).toMatch(/^@scope\/a: /)
})

test('a package in order is none', () => { expect(faults(GOOD, { license: 'MIT', scripts: { test: 'x', prepare: 'y' } })).toEqual([]) })

test.each([['MIT', true], ['(MIT OR GPL-3.0)', true], ['(MIT AND GPL-3.0)', false], ['GPL-2.0-only OR (ISC AND MIT)', true], ['', false], ['UNLICENSED', false]])('the licence %s: %s', (licence, allowed) => { expect(isAllowed(licence)).toBe(allowed) })

test('a serious vulnerability stops the build, a moderate one is told, and silence is neither', () => {
  const advisory = (severity: string) => ({ url: `https://github.com/advisories/GHSA-${severity}`, title: 'x', severity })
  const report = { vulnerabilities: { a: { severity: 'critical', via: [advisory('critical'), 'b'] }, b: { severity: 'moderate', via: [advisory('moderate')] } } }
  expect(vulnerabilitiesOf(report, '2026-11-21')).toMatchObject({ faults: [expect.stringContaining('a: critical')], notes: [expect.stringContaining('b: moderate')] })
  expect(vulnerabilitiesOf({ message: '405' }, '2026-11-21')).toBeUndefined()
  expect(vulnerabilitiesOf({ vulnerabilities: {} }, '2026-11-21')).toEqual({ faults: [], notes: [] })
})

test('the lock of this project has no fault, and each exception is needed and argued', () => {
  const lock = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8')) as LockFile
  expect(faultsOf(lock, () => undefined)).toEqual([])
  const names = Object.entries(lock.packages).map(([path, { license }]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 13), license }))
  for (const { name, licence, because } of LICENCE_EXCEPTIONS) {
    expect(names.some((one) => name.test(one.name) && one.license === licence), String(name)).toBe(true)
    expect(because.length).toBeGreaterThan(20)
  }
})
