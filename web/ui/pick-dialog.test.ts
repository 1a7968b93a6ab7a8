import { expect, it } from 'vitest'
import { optionsFor } from './pick-dialog.tsx'

const options = [
  { id: '1', group: 'Proposed', text: 'Télécoms', words: '626' },
  { id: '2', group: 'Office', text: 'Fournitures', words: '606400' },
  { id: '1', group: 'Office', text: 'Télécoms', words: '626' },
  { id: '3', group: 'Travel', text: 'Train, taxi et fournitures', words: '625100' },
]
const found = (typed: string) => optionsFor(options, typed).map(({ id }) => id)

it('finds an option by its words without accents, by its group, or by the start of its number, each once', () => {
  expect([found('telec'), found('office'), found('6251'), found('626'), found('rien')]).toEqual([['1'], ['2', '1'], ['3'], ['1'], []])
})
it('puts first what begins with the words, and leaves the list as it is before any', () => {
  expect([found('fourn'), found(' ')]).toEqual([['2', '3'], ['1', '2', '1', '3']])
})
