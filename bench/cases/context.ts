import type { Bench } from '../database.ts'
import type { Result } from '../measure.ts'

/** What a case is given. `entries` is the size asked for. */
export type Setting = {
  readonly entries: number
  readonly seed: string
  readonly rounds: number
  /** Databases to measure on; the embedded one first. */
  readonly benches: () => Promise<readonly Bench[]>
  /** A folder to write in; it is deleted at the end. */
  readonly folder: string
}

export type RunCase = (setting: Setting) => Promise<Result[]>
