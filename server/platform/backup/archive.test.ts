import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openArchive, writeArchive } from './archive.ts'
import { backupName, listBackups, pruneBackups } from './folder.ts'
import type { Manifest } from './manifest.ts'
import { isSealed } from './seal.ts'

let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'quittance-archive-')) })
afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

const manifest: Omit<Manifest, 'parts'> = {
  format: 1, version: '0.0.0', engine: 'embedded', engineVersion: '17', environment: 'test', at: '2026-11-20T10:00:00.000Z', reason: 'manual', figures: { migrations: [], tables: {}, companies: [] },
}
const big = Buffer.alloc(3_000_001, 'quittance ')

async function write(passphrase: string | null): Promise<string> {
  writeFileSync(join(folder, 'document.pdf'), 'content of a document')
  const path = join(folder, 'a.tar.gz')
  await writeArchive(path, { manifest, passphrase, parts: [
    { name: 'database.tar', bytes: big }, { name: 'files/documents/2026/a document with a long name that is kept whole although it is beyond one hundred bytes of the header.pdf', path: join(folder, 'document.pdf') }, { name: 'files/empty', bytes: new Uint8Array() },
  ] })
  return path
}

describe('a backup file', () => {
  test('is an ordinary compressed tar that other programs open', async () => {
    const path = await write(null)
    const names = execFileSync('tar', ['-tzf', path], { encoding: 'utf8' }).trim().split('\n')
    expect(names).toEqual(['manifest.json', 'database.tar', 'files/documents/2026/a document with a long name that is kept whole although it is beyond one hundred bytes of the header.pdf', 'files/empty'])
    expect(execFileSync('tar', ['-xzOf', path, 'database.tar'], { maxBuffer: 1 << 24 }).equals(big)).toBe(true)
  })

  test('is only for its owner to read, and leaves nothing half written beside it', async () => {
    const path = await write(null)
    expect(statSync(path).mode & 0o077).toBe(0)
    expect(() => statSync(`${path}.partial`)).toThrow()
  })

  test.each([['plain', null], ['sealed', 'a passphrase of the tests']])('gives back what was put in, byte for byte (%s)', async (_kind, passphrase) => {
    const path = await write(passphrase)
    expect(await isSealed(path)).toBe(passphrase !== null)
    const found = await openArchive(path, { folder: join(folder, 'out'), passphrase })
    expect(found).toMatchObject(manifest)
    expect(readFileSync(join(folder, 'out', 'database.tar')).equals(big)).toBe(true)
    expect(readFileSync(join(folder, 'out', found.parts[1]!.name), 'utf8')).toBe('content of a document')
  })

  test('that is sealed shows nothing of its content and says when the passphrase is missing or wrong', async () => {
    const path = await write('a passphrase of the tests')
    expect(readFileSync(path).includes('quittance')).toBe(false)
    await expect(openArchive(path, { folder: join(folder, 'o1'), passphrase: null })).rejects.toMatchObject({ code: 'BACKUP_PASSPHRASE_MISSING' })
    await expect(openArchive(path, { folder: join(folder, 'o2'), passphrase: 'another passphrase' })).rejects.toMatchObject({ code: 'BACKUP_PASSPHRASE_WRONG' })
  })

  test.each([['plain', null], ['sealed', 'a passphrase of the tests']])('that lost its end, or one byte of it, is refused (%s)', async (_kind, passphrase) => {
    const path = await write(passphrase)
    const whole = readFileSync(path)
    for (const at of [whole.length >> 1, whole.length - 20]) {
      const bent = Buffer.from(whole)
      bent[at] = (bent[at] ?? 0) ^ 1
      writeFileSync(path, bent)
      await expect(openArchive(path, { folder: join(folder, `bent-${at}`), passphrase })).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
    }
    writeFileSync(path, whole)
    truncateSync(path, whole.length - 30)
    await expect(openArchive(path, { folder: join(folder, 'cut'), passphrase })).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
  })

  test('that leads out of its folder is refused', async () => {
    const path = join(folder, 'bad.tar.gz')
    await writeArchive(path, { manifest, passphrase: null, parts: [{ name: '../escaped', bytes: Buffer.from('x') }] })
    await expect(openArchive(path, { folder: join(folder, 'deep', 'out'), passphrase: null })).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
    expect(() => statSync(join(folder, 'deep', 'escaped'))).toThrow()
  })

  test('that is no backup at all is refused, and so is one that does not exist', async () => {
    writeFileSync(join(folder, 'text'), 'hello')
    await expect(openArchive(join(folder, 'text'), { folder: join(folder, 'o'), passphrase: null })).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
    await expect(openArchive(join(folder, 'none'), { folder: join(folder, 'o'), passphrase: null })).rejects.toMatchObject({ code: 'BACKUP_MISSING' })
  })
})

test('the oldest backups of a reason are removed, never those of another reason nor other files', async () => {
  const day = (n: number) => new Date(Date.UTC(2026, 10, n, 2, 30))
  for (const n of [1, 2, 3, 4]) writeFileSync(join(folder, backupName(day(n), { reason: 'daily', sealed: n % 2 === 0 })), 'x')
  writeFileSync(join(folder, backupName(day(1), { reason: 'manual', sealed: false })), 'x')
  writeFileSync(join(folder, 'notes.txt'), 'x')
  expect(await pruneBackups(folder, { reason: 'daily', keep: 2 })).toEqual(['quittance-20261102T023000Z-daily.tar.gz.enc', 'quittance-20261101T023000Z-daily.tar.gz'])
  expect((await listBackups(folder)).map(({ name }) => name)).toEqual(['quittance-20261104T023000Z-daily.tar.gz.enc', 'quittance-20261103T023000Z-daily.tar.gz', 'quittance-20261101T023000Z-manual.tar.gz'])
  expect(statSync(join(folder, 'notes.txt')).size).toBe(1)
})
