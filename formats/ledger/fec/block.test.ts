import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compactDate, localDate } from '../../../core/kernel/local-date.ts'
import { FIELD_END, fecOfBlock, LINE_END, MINOR_UNITS } from './block.ts'
import { encodeFec, fecAmount, type FecOutputLine, writeFec } from './writer.ts'

const DAY = localDate('2026-01-15')
const base: FecOutputLine = {
  journalCode: 'VT', journalLib: 'Ventes', ecritureNum: '000002', ecritureDate: DAY, compteNum: '411000', compteLib: 'Clients', compAuxNum: 'CLI001', compAuxLib: 'Client Alpha',
  pieceRef: 'FA-1', pieceDate: DAY, ecritureLib: 'Facture', debit: 1_200_050n, credit: 0n, ecritureLet: 'AA', dateLet: DAY, validDate: DAY, montantDevise: '', idevise: '',
}

/** A block as a database makes it: no label keeps the two ends. */
function blockOf(lines: readonly FecOutputLine[]): string {
  const safe = (text: string) => text.replaceAll(FIELD_END, ' ').replaceAll(LINE_END, ' ')
  return lines.map((l) => [
    safe(l.journalCode), safe(l.journalLib), safe(l.ecritureNum), compactDate(l.ecritureDate), safe(l.compteNum), safe(l.compteLib), safe(l.compAuxNum), safe(l.compAuxLib), safe(l.pieceRef),
    compactDate(l.pieceDate), safe(l.ecritureLib), fecAmount(l.debit), fecAmount(l.credit), safe(l.ecritureLet), l.dateLet ? compactDate(l.dateLet) : '', compactDate(l.validDate), l.montantDevise, l.idevise,
  ].join(FIELD_END) + LINE_END).join('')
}

function written(lines: readonly FecOutputLine[], options: { separator: '|' | '\t'; encoding: 'utf-8' | 'iso-8859-15' }): Buffer {
  const bytes = Buffer.concat([...writeFec(lines, options)])
  return bytes.subarray(bytes.indexOf('\n') + 1)
}

describe('a FEC from a block of lines', () => {
  it('only changes the separators of plain lines', () => {
    expect(fecOfBlock(blockOf([base, { ...base, ecritureLib: 'Œuvre' }]), { separator: '|', encoding: 'utf-8' })).toBe(
      'VT|Ventes|000002|20260115|411000|Clients|CLI001|Client Alpha|FA-1|20260115|Facture|12000,50|0,00|AA|20260115|20260115||\r\n'
      + 'VT|Ventes|000002|20260115|411000|Clients|CLI001|Client Alpha|FA-1|20260115|Œuvre|12000,50|0,00|AA|20260115|20260115||\r\n',
    )
  })

  it('writes an amount in a foreign currency with the digits of that currency', () => {
    const block = blockOf([{ ...base, montantDevise: `${MINOR_UNITS}-12345`, idevise: 'USD' }, { ...base, montantDevise: `${MINOR_UNITS}7000`, idevise: 'JPY' }])
    expect(fecOfBlock(block, { separator: '|', encoding: 'utf-8' }).split('\r\n').map((line) => line.split('|').slice(16).join(' '))).toEqual(['-123,45 USD', '7000 JPY', ''])
  })

  it('gives nothing of an empty block', () => {
    expect(fecOfBlock('', { separator: '|', encoding: 'utf-8' })).toBe('')
  })

  const awkward = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.stringMatching(/^[ a|\t\n\u00a0\u001f\u001e\u202f\u0085é€’｜]{0,8}$/))
  it('is what the writer of lines gives, whatever the labels, with either separator and encoding', () => {
    fc.assert(fc.property(fc.array(fc.tuple(awkward, awkward, awkward), { maxLength: 8 }), fc.constantFrom('|' as const, '\t' as const), fc.constantFrom('utf-8' as const, 'iso-8859-15' as const), (labels, separator, encoding) => {
      const lines = labels.map(([ecritureLib, pieceRef, compAuxLib]): FecOutputLine => ({ ...base, ecritureLib, pieceRef, compAuxLib }))
      const options = { separator, encoding }
      expect(Buffer.from(encodeFec(fecOfBlock(blockOf(lines), options), encoding))).toEqual(written(lines, options))
    }), { numRuns: 300 })
  })
})
