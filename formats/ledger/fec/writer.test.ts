import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, localDate } from '../../../core/kernel/local-date.ts'
import { checkFec } from './check.ts'
import { fecFileName, readFileName } from './file-name.ts'
import { fecNotice, noticeFileName } from './notice.ts'
import type { FecLine } from './record.ts'
import { type FecOutputLine, type FecWriterOptions, fieldText, toLatin9, writeFec } from './writer.ts'

const base: FecOutputLine = {
  journalCode: 'VT', journalLib: 'Ventes', ecritureNum: '000002', ecritureDate: localDate('2026-01-15'), compteNum: '411000', compteLib: 'Clients',
  compAuxNum: 'CLI001', compAuxLib: 'Client Alpha', pieceRef: 'FA-1', pieceDate: localDate('2026-01-15'), ecritureLib: 'Facture', debit: 1_200_050n, credit: 0n,
  ecritureLet: 'AA', dateLet: localDate('2026-02-20'), validDate: localDate('2026-01-16'), montantDevise: '', idevise: '',
}
const other: FecOutputLine = { ...base, compteNum: '706000', compteLib: 'Prestations', compAuxNum: '', compAuxLib: '', debit: 0n, credit: 1_200_050n, ecritureLet: '', dateLet: null }

function bytesOf(lines: Iterable<FecOutputLine>, options?: FecWriterOptions): Uint8Array {
  return Uint8Array.from([...writeFec(lines, options)].flatMap((chunk) => [...chunk]))
}

function readBack(bytes: Uint8Array): FecLine[] {
  const lines: FecLine[] = []
  checkFec(bytes, { onLine: (line) => lines.push(line) })
  return lines
}

describe('writeFec', () => {
  it('writes the exact names, comma decimals, compact days and CR LF', () => {
    expect(new TextDecoder().decode(bytesOf([base, other]))).toBe(
      'JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise\r\n'
      + 'VT|Ventes|000002|20260115|411000|Clients|CLI001|Client Alpha|FA-1|20260115|Facture|12000,50|0,00|AA|20260220|20260116||\r\n'
      + 'VT|Ventes|000002|20260115|706000|Prestations|||FA-1|20260115|Facture|0,00|12000,50|||20260116||\r\n',
    )
  })

  const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  const pair = fc.record({ label, piece: label, cents: fc.bigInt({ min: 1n, max: 10n ** 14n }), day: fc.integer({ min: 0, max: 300 }) })

  it('writes what the reader gives back, whatever the labels, with either separator and encoding', () => {
    fc.assert(fc.property(fc.array(pair, { maxLength: 12 }), fc.constantFrom('|' as const, '\t' as const), fc.constantFrom('utf-8' as const, 'iso-8859-15' as const), (pairs, separator, encoding) => {
      const lines = pairs.flatMap(({ label: ecritureLib, piece, cents, day }, index): FecOutputLine[] => {
        const date = addDays(localDate('2026-01-01'), day)
        const shared = { ...base, ecritureNum: String(index + 1), ecritureLib, pieceRef: piece, ecritureDate: date, pieceDate: date, validDate: date, ecritureLet: '', dateLet: null }
        return [{ ...shared, debit: cents, credit: 0n }, { ...shared, debit: 0n, credit: cents }]
      })
      const read = readBack(bytesOf(lines, { separator, encoding }))
      const kept = (text: string) => (encoding === 'utf-8' ? fieldText(text) : fieldText(toLatin9(text)))
      expect(read.map((l) => [l.ecritureNum, l.ecritureDate, l.ecritureLib, l.pieceRef, l.debit, l.credit])).toEqual(
        lines.map((l) => [l.ecritureNum, l.ecritureDate, kept(l.ecritureLib), kept(l.pieceRef), l.debit, l.credit]),
      )
    }))
  })

  it('lets no look-alike of the bar become a separator', () => {
    const [line] = readBack(bytesOf([{ ...base, ecritureLib: 'Loyer ｜ mars' }, other], { encoding: 'iso-8859-15' }))
    expect(line?.ecritureLib).toBe('Loyer / mars')
  })

  it('gives bounded chunks for a long year', () => {
    const chunks = [...writeFec(Array.from({ length: 5_000 }, () => base))]
    expect(chunks.length).toBeGreaterThan(5)
    expect(Math.max(...chunks.map((c) => c.length))).toBeLessThan(70_000)
  })

  it('keeps labels readable in ISO-8859-15', () => {
    expect(toLatin9('L’œuvre – « été » 10 € … Łódź 日')).toBe("L'œuvre - « été » 10 € ... Lódz ?")
  })
})

describe('the name of the file', () => {
  it('is the SIREN, FEC and the closing day', () => {
    expect(fecFileName('123456782', localDate('2026-12-31'))).toBe('123456782FEC20261231.txt')
    expect(readFileName('/data/123456782FEC20261231_1.TXT')).toEqual({ siren: '123456782', closingOn: '2026-12-31', legal: true })
    expect(readFileName('0000000001FEC20220831.txt')).toEqual({ siren: null, closingOn: '2022-08-31', legal: false })
    expect(readFileName('2020.txt')).toEqual({ siren: null, closingOn: null, legal: false })
    expect(readFileName('123456782FEC20261331.txt').legal).toBe(false)
  })
})

it('comes with a notice that names every field, the journals and the format', () => {
  const notice = fecNotice({
    companyName: 'Atelier Durand', siren: '123456782', from: localDate('2026-01-01'), closingOn: localDate('2026-12-31'), encoding: 'iso-8859-15', separator: '\t',
    lines: 49, entries: 18, journals: [{ code: 'VT', label: 'Ventes' }], numbering: 'Le numéro 12 a été annulé par le numéro 13.',
  })
  expect(noticeFileName('123456782', localDate('2026-12-31'))).toBe('123456782FEC20261231_notice.txt')
  for (const part of ['Exercice : du 01/01/2026 au 31/12/2026', 'ISO-8859-15', 'tabulation', ' 1. JournalCode', '18. Idevise', 'VT         Ventes', 'Le numéro 12 a été annulé', '18 écritures, 49 lignes']) expect(notice).toContain(part)
})
