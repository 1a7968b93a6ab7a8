import { readdirSync, readFileSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { describe, it } from 'vitest'

/** A corpus of real files, read where it lies and never copied: a folder with `fixtures/` (one folder per family) and `bench/`. */
export type Corpus = {
  /** Absolute path of a file or folder of the corpus. */
  readonly path: (...parts: string[]) => string
  /** Names of the files of a family of `fixtures/`, sorted, without its descriptions. */
  readonly files: (family: string, extension?: RegExp) => string[]
  /** The `expected.json` of a family, which other programs established. The caller states its shape. */
  readonly expected: (family: string) => unknown
}

const DESCRIPTIONS = /^(expected\.json|README|SOURCES|LICENSE)/i

function open(root: string): Corpus {
  if (!isAbsolute(root) || !statSync(root, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`QUITTANCE_CORPUS must be the absolute path of a folder: ${root}`)
  const path = (...parts: string[]): string => {
    // Answers of the generated companies are for scoring alone: a test that reads them proves nothing.
    if (parts.some((part) => part.split(/[\\/]/).includes('truth'))) throw new Error('tests do not read the answers of the corpus')
    return join(root, ...parts)
  }
  return {
    path,
    files: (family, extension = /./) => readdirSync(path('fixtures', family), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !DESCRIPTIONS.test(entry.name) && extension.test(entry.name)).map((entry) => entry.name).sort(),
    expected: (family) => JSON.parse(readFileSync(path('fixtures', family, 'expected.json'), 'utf8')) as unknown,
  }
}

/** Describes tests over the corpus that QUITTANCE_CORPUS names; without one they are reported as not run. */
export function describeCorpus(name: string, tests: (corpus: Corpus) => void): void {
  const root = process.env['QUITTANCE_CORPUS']
  describe(name, () => {
    if (root) tests(open(root))
    else it.skip('not run: no corpus (QUITTANCE_CORPUS is unset)', () => undefined)
  })
}
