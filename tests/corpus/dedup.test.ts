import { describe, expect, it } from 'vitest'
import { dedupCommand } from '../../server/entry/commands/dedup.ts'
import { corpusFolder, decideOn, figure, generate, score } from './generated.ts'

describe('redelivered bank lines on generated companies', () => {
  if (!corpusFolder) {
    it.skip('not run: no corpus (QUITTANCE_CORPUS is unset)', () => undefined)
    return
  }

  it.each(['harbour', 'lantern'])('skips every repeated line and loses no new one (seed %s)', async (seed) => {
    const data = generate(seed, { size: '1k' })
    try {
      const { status, text } = await decideOn(dedupCommand, data, 'd.csv')
      expect(status).toBe(0)
      expect(figure(score('dedup', data, text.trim().split('\n')), /= ([\d.]+) %/)).toBe(100)
    } finally {
      data.remove()
    }
  })
})
