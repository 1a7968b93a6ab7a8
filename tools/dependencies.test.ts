import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
type Manifest = { readonly dependencies: Record<string, string>; readonly devDependencies: Record<string, string>; readonly optionalDependencies: Record<string, string> }

describe('the dependencies', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest
  const all = { ...dependencies, ...devDependencies, ...optionalDependencies }

  it('each have their reason in docs/decisions/0004-dependencies.md, and nothing else has', () => {
    const page = readFileSync(join(ROOT, 'docs', 'decisions', '0004-dependencies.md'), 'utf8')
    const reasoned = [...page.matchAll(/^\| `([^`]+)` \| \S/gm)].map((match) => match[1])
    expect(reasoned.sort()).toEqual(Object.keys(all).sort())
  })

  it('are named by an exact version', () => {
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })
})
