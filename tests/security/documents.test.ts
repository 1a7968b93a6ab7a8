import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

type Requirement = { readonly number: string; readonly topic: string; readonly state: string; readonly proof: string }

const requirements = read('docs/reference/asvs.md').split('\n').flatMap((line): Requirement[] => {
  const [, number = '', topic = '', state = '', proof = ''] = line.split('|').map((cell) => cell.trim())
  return /^\d+\.\d+\.\d+$/.test(number) ? [{ number, topic, state, proof }] : []
})
const filesOf = (text: string) => [...text.matchAll(/`([\w./-]*[\w-]+\.(?:tsx?|md|sql|json|example))`/g)].map((match) => match[1] ?? '')

describe('the ASVS list', () => {
  test('has each requirement of level 2 once, in order', () => {
    const key = ({ number }: Requirement) => number.split('.').reduce((sum, part) => sum * 100 + Number(part), 0)
    const keys = requirements.map(key)
    expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b))
    expect(new Set(requirements.map(({ number }) => Number(number.split('.')[0]))).size).toBe(14)
    expect(requirements.length).toBeGreaterThan(250)
  })

  test('says of each whether it is met, and counts rightly', () => {
    const count = (state: string) => requirements.filter((one) => one.state === state).length
    expect(requirements.filter(({ state }) => !['met', 'partly', 'not', 'not applicable'].includes(state))).toEqual([])
    expect(read('docs/reference/asvs.md')).toContain(`Of ${requirements.length} requirements: ${count('met')} met, ${count('partly')} partly, ${count('not')} not, ${count('not applicable')} not applicable.`)
  })

  test('names for each requirement that is met what shows it', () => {
    expect(requirements.filter(({ state, proof }) => state === 'met' && filesOf(proof).length === 0)).toEqual([])
  })

  test('says of each that is partly met, or does not apply, why', () => {
    expect(requirements.filter(({ state, proof }) => (state === 'partly' || state === 'not applicable') && proof === '')).toEqual([])
  })
})

test.each(['docs/reference/asvs.md', 'SECURITY.md', 'docs/concepts/secrets.md', 'docs/decisions/0007-secrets.md'])('every file that %s names exists', (page) => {
  const text = read(page)
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => join(page, '..', match[1] ?? ''))
  const named = filesOf(text).filter((path) => path.includes('/'))
  expect([...named, ...links].filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  expect(named.length + links.length).toBeGreaterThan(0)
})
