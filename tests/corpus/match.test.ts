import { describe, expect, it } from 'vitest'
import { matchCommand } from '../../server/entry/commands/match.ts'
import { corpusFolder, decideOn, figure, generate, score } from './generated.ts'

describe('payments matched with invoices on generated companies', () => {
  if (!corpusFolder) {
    it.skip('not run: no corpus (QUITTANCE_CORPUS is unset)', () => undefined)
    return
  }

  it.each(['harbour', 'lantern'])('finds at least 97 pairs in 100, and is never automatic and wrong more than once in 500 (seed %s)', async (seed) => {
    const data = generate(seed, { size: '1k' })
    try {
      const { status, text } = await decideOn(matchCommand, data, 'm.csv')
      expect(status).toBe(0)
      const rows = text.trim().split('\n').map((row) => row.split(','))
      expect(rows[0]).toEqual(['line_id', 'invoice_id', 'amount_eur', 'confidence'])
      const all = score('matches', data, rows.map((row) => row.slice(0, 4).join()))
      expect(figure(all, /F1 ([\d.]+) %/)).toBeGreaterThanOrEqual(97)
      const automatic = score('matches', data, [rows[0]!, ...rows.filter((row) => row[4] === 'auto')].map((row) => row.slice(0, 4).join()))
      expect(figure(automatic, /precision ([\d.]+) %/)).toBeGreaterThanOrEqual(99.8)
      expect(figure(automatic, /recall ([\d.]+) %/)).toBeGreaterThanOrEqual(85)
    } finally {
      data.remove()
    }
  })
})
