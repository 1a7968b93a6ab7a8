import { expect, test } from 'vitest'
import { Refusal } from '../access/refusal.ts'
import { needsPerson, storedWords, wordsOf } from './words.ts'

test('a refusal speaks its own words, and only a person can mend it', () => {
  const refusal = new Refusal('PERIOD_LOCKED', { date: '2026-03-01' })
  expect(wordsOf(refusal, 'j1')).toEqual({
    fr: 'La période du 2026-03-01 est verrouillée. Passez l\'écriture dans une période ouverte.', en: 'The period of 2026-03-01 is locked. Post the entry in an open period.',
  })
  expect([needsPerson(refusal), needsPerson(new Refusal('NOT_READY')), needsPerson(new Error('x'))]).toEqual([true, false, false])
})

test('a database that is gone is said so; any other fault gives the number to look for, and nothing of its message', () => {
  expect(wordsOf(Object.assign(new Error('terminating connection'), { code: '57P01' }), 'j1').en).toBe('The database did not answer.')
  const words = wordsOf(new Error('duplicate key (iban)=(FR14)'), 'j1')
  expect(words.fr).toContain('j1')
  expect(JSON.stringify(words)).not.toContain('FR14')
})

test('what the library stored becomes words, whichever part of it gave up', () => {
  const said = (message: string) => storedWords({ value: { message } })?.en
  expect(said('job heartbeat timeout')).toBe('The program doing this work stopped before its end. Another one takes it over.')
  // A plain text is stored as the value itself.
  expect(storedWords({ value: 'pg-boss shut down while active' })?.fr).toBe('Le programme qui faisait ce travail s\'est arrêté avant la fin. Un autre le reprend.')
  expect(said('job timed out')).toBe('The work exceeded the time it is given.')
  expect(storedWords({ message: 'handler execution exceeded 300s' })?.en).toBe('The work exceeded the time it is given.')
  expect(storedWords({ name: 'JobFailure', words: { fr: 'Panne.', en: 'Fault.' } })).toEqual({ fr: 'Panne.', en: 'Fault.' })
  expect([storedWords(null), storedWords({ progress: { done: 1, total: 2 } })]).toEqual([null, null])
})
