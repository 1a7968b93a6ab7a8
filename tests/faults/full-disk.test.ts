import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseFault } from '../../server/platform/db/faults.ts'
import { openDb } from '../../server/platform/db/open.ts'
import type { Db } from '../../server/platform/db/types.ts'

const root = mkdtempSync(join(tmpdir(), 'quittance-full-'))
const disk = join(root, 'disk')
mkdirSync(disk)

function mount(...options: readonly string[]): boolean {
  return process.platform === 'linux' && spawnSync('mount', [...options]).status === 0
}
const mounted = mount('-t', 'tmpfs', '-o', 'size=90m', 'none', disk)

/** Rows until one is refused; answers how many batches were kept and what the refusal was. */
async function fill(db: Db): Promise<{ kept: number; error: unknown }> {
  for (let kept = 0; ; kept += 1) {
    try {
      await db.query('insert into public.filling select $1, repeat(md5(random()::text), 30) from generate_series(1, 500)', [kept])
    } catch (error) {
      return { kept, error }
    }
  }
}

afterAll(() => {
  if (mounted) spawnSync('umount', [disk])
  rmSync(root, { recursive: true, force: true })
})

describe.skipIf(!mounted)(`a full disk under the embedded database${mounted ? '' : ' (not run: this machine may not mount a small disk)'}`, () => {
  const folder = join(disk, 'data')
  let db: Db
  let kept = 0
  beforeAll(async () => { db = await openDb({ dataFolder: folder }) }, 120_000)

  test('is a refusal that says so, not a crash, and the reading goes on', async () => {
    await db.exec('create table public.filling (n int, text text)')
    const full = await fill(db)
    kept = full.kept
    expect(kept).toBeGreaterThan(0)
    expect(databaseFault(full.error)).toBe('full')
    expect((await db.query('select count(distinct n)::int as batches, count(*)::int as rows from public.filling')).rows).toEqual([{ batches: kept, rows: kept * 500 }])
  }, 120_000)

  test('loses nothing that was kept, and writes again once there is room', async () => {
    await db.close().catch(() => undefined)
    expect(mount('-o', 'remount,size=200m', disk)).toBe(true)
    const again = await openDb({ dataFolder: folder })
    expect((await again.query('select count(distinct n)::int as batches, count(*)::int as rows from public.filling')).rows).toEqual([{ batches: kept, rows: kept * 500 }])
    await again.query('insert into public.filling values (-1, \'after\')')
    await again.close()
  }, 120_000)
})
