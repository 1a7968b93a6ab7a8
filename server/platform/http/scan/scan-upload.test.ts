import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../access/refusal.ts'
import { scanUpload, TEXT_FILES, type ExpectedKind } from './scan-upload.ts'

/** "taken", or the reason in English. */
function verdict(bytes: Uint8Array | string, expected: readonly ExpectedKind[] = TEXT_FILES): string {
  try {
    scanUpload({ fileName: 'releve.csv', bytes: Buffer.from(bytes as Uint8Array) }, expected)
    return 'taken'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error).toMatchObject({ code: 'FILE_REFUSED', status: 422, details: { file: 'releve.csv' } })
    return error.details['reasonEn'] ?? ''
  }
}

const CSV = 'Date;Libellé;Montant\n02/03/2026;VIREMENT MARTIN;120,00\n'
const CAMT = '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt/></Document>'

type Packed = { readonly name: string; readonly content: Buffer; readonly size?: number; readonly flags?: number }

/** An archive written by hand after APPNOTE.TXT 6.3, with whatever it should lie about. */
function zip(files: readonly Packed[]): Buffer {
  const locals: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const { name, content, size = content.length, flags = 0 } of files) {
    const packed = deflateRawSync(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0); common.writeUInt16LE(flags, 2); common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10); common.writeUInt32LE(packed.length, 14); common.writeUInt32LE(size, 18); common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    list.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, rest, Buffer.from(name)]))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4); end.writeUInt16LE(files.length, 6); end.writeUInt32LE(directory.length, 8); end.writeUInt32LE(at, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), end])
}

/** Info-ZIP 3.0: [Content_Types].xml and xl/workbook.xml. */
const INFO_ZIP = 'UEsDBAoAAAAAAL2FdV3uR1hmHQAAAB0AAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbDw/eG1sIHZlcnNpb249IjEuMCI/PjxUeXBlcy8+UEsDBAoAAAAAAL2FdV1lOyibIAAAACAAAAAPAAAAeGwvd29ya2Jvb2sueG1sPD94bWwgdmVyc2lvbj0iMS4wIj8+PHdvcmtib29rLz5QSwECHgMKAAAAAAC9hXVd7kdYZh0AAAAdAAAAEwAAAAAAAAABAAAApIEAAAAAW0NvbnRlbnRfVHlwZXNdLnhtbFBLAQIeAwoAAAAAAL2FdV1lOyibIAAAACAAAAAPAAAAAAAAAAEAAACkgU4AAAB4bC93b3JrYm9vay54bWxQSwUGAAAAAAIAAgB+AAAAmwAAAAAA'

const xml = (text: string) => Buffer.from(`<?xml version="1.0"?>${text}`)
const BOOK: readonly Packed[] = [{ name: '[Content_Types].xml', content: xml('<Types/>') }, { name: 'xl/workbook.xml', content: xml('<workbook/>') }]

describe('a file for a bank, invoices or a ledger', () => {
  test.each([
    ['a CSV', CSV], ['a CSV in Windows-1252', Buffer.from(CSV, 'latin1')], ['a CSV with a mark', `\uFEFF${CSV}`], ['a CSV in UTF-16', Buffer.from(`\uFEFF${CSV}`, 'utf16le')],
    ['a CSV in UTF-16 without a mark', Buffer.from(CSV, 'utf16le')], ['a CSV in big-endian UTF-16', Buffer.from(`\uFEFF${CSV}`, 'utf16le').swap16()],
    ['a CAMT file', CAMT], ['a CAMT file in UTF-16', Buffer.from(`\uFEFF${CAMT}`, 'utf16le')], ['a CAMT file of 3 MB on one line', CAMT.replace('<BkToCstmrStmt/>', '<Ntry><Amt>1</Amt></Ntry>'.repeat(120_000))],
    ['a CFONB file of 3 MB without ends of line', `01${'x'.repeat(118)}`.replace('01', '013').slice(0, 120).repeat(26_000)], ['an old file with its end mark and page end', `${CSV}\f\u001a`],
    ['a text that begins like a program', 'MZ;Date;Montant\n1;2;3\n'], ['a text that begins like an archive', 'BZh1;Date\n'], ['one byte', 'x'],
  ])('is taken when it is %s', (_what, bytes) => { expect(verdict(bytes)).toBe('taken') })

  // Made by the programs gzip, xz and bzip2; the others are the marks of their specifications.
  test.each([
    ['gzip', Buffer.from('H4sIAAAAAAAAA3NJLEm19slMSs3JeckFAC5+QD8NAAAA', 'base64'), 'an archive'], ['xz', Buffer.from('/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAAeAAAAABFru+D+O4WCgABGQGlLIHMH7bzfQEAAAAABFla', 'base64'), 'an archive'],
    ['bzip2', Buffer.from('QlpoOTFBWSZTWXdLsBQAAAAAgABAIAAhGEaC7kinChIO6XYCgA==', 'base64'), 'an archive'], ['7z', Buffer.from('377abcaf271c0004', 'hex'), 'an archive'], ['rar', Buffer.from('Rar!\u001a\u0007\u0001\u0000'), 'an archive'],
    ['tar', Buffer.concat([Buffer.alloc(257, 'a'), Buffer.from('ustar  ')]), 'an archive'], ['an empty zip', zip([]), 'an archive'], ['a zip', zip([{ name: 'a.csv', content: Buffer.from(CSV) }]), 'an archive'],
    ['a workbook', zip(BOOK), 'a workbook'], ['an xls', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'an old Office'],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n', 'a PDF'], ['a PDF after the bytes of a mail', `Content-Type: x\r\n\r\n%PDF-1.4\n`, 'a PDF'],
    ['a Windows program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(58), Buffer.from([64, 0, 0, 0]), Buffer.from('PE\0\0')]), 'a program'], ['a Linux program', Buffer.from('7f454c4602010100', 'hex'), 'a program'],
    ['a Mac program', Buffer.from('cffaedfe07000001', 'hex'), 'a program'], ['a script', '#!/bin/sh\nrm -rf /\n', 'a program'], ['WebAssembly', Buffer.from('0061736d01000000', 'hex'), 'a program'],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'an image'], ['a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex'), 'an image'], ['a GIF that is also a script', 'GIF89a=1;alert(1)', 'an image'], ['a WebP', 'RIFF1234WEBPVP8 ', 'an image'],
    ['a film', Buffer.from('00000018667479706d703432', 'hex'), 'a sound or a video'],
    ['a page', '\n<!-- x -->\n<!DOCTYPE html><script>alert(1)</script>', 'a web page'], ['a drawing with a script', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'a web page'], ['a PHP script', '<?php system($_GET[0]);', 'a web page'],
  ])('is refused by its content and not by its name when it is %s', (_what, bytes, word) => { expect(verdict(bytes)).toContain(`it is ${word}`) })

  test.each([
    ['a NUL byte', `${CSV}\0`, '1 NUL byte:'], ['an archive behind a CSV', Buffer.concat([Buffer.from(CSV), zip([{ name: 'a', content: Buffer.from('b') }])]), 'NUL byte'],
    ['random bytes', Buffer.from(Array.from({ length: 500 }, (_v, n) => 1 + (n * 7) % 31)), 'binary'], ['a line of 10 MB', `Date;Libellé\n${'9'.repeat(10_000_000)}`, 'exceeds 1 million characters'],
    ['one XML text of 2 MB', CAMT.replace('<BkToCstmrStmt/>', 'x'.repeat(2_000_000)), 'exceeds 1 million characters'],
    ['entities that multiply', '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><lolz>&lol2;</lolz>', 'document type or entities'],
    ['entities that read a file, in UTF-16', Buffer.from('\uFEFF<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>', 'utf16le'), 'document type or entities'],
    ['entities far behind a long comment', `<?xml version="1.0"?><!--${'- '.repeat(50_000)}--><!DOCTYPE x [<!ENTITY a "b">]><x/>`, 'document type or entities'],
  ])('is refused when it holds %s', (_what, bytes, reason) => { expect(verdict(bytes)).toContain(reason) })

  test('is looked at whole in reasonable time and memory: 30 MB of lines are taken', () => {
    expect(verdict(Buffer.alloc(30 * 1_048_576, '02/03/2026;VIREMENT MARTIN;120,00\n'))).toBe('taken')
  })
})

describe('a workbook', () => {
  const book = (more: readonly Packed[]) => verdict(zip([...BOOK, ...more]), ['workbook'])

  test('is taken when it is one, made by another program too', () => {
    expect(book([])).toBe('taken')
    expect(verdict(Buffer.from(INFO_ZIP, 'base64'), ['workbook'])).toBe('taken')
  })

  test.each<[string, readonly Packed[], string]>([
    ['a file that unpacks to a thousand times its size', [{ name: 'xl/a.xml', content: Buffer.alloc(20 * 1_048_576) }], 'disproportionate'],
    ['more than 100 MB, whatever their ratio', Array.from({ length: 101 }, (_v, n) => ({ name: `xl/${n}.xml`, content: Buffer.alloc(1_048_576, 'abcdefgh') })), 'disproportionate'],
    ['a file that states a smaller size than it has', [{ name: 'xl/a.xml', content: Buffer.alloc(5_000_000), size: 10 }], 'disproportionate'],
    ['three thousand files', Array.from({ length: 3_000 }, (_v, n) => ({ name: `xl/${n}.xml`, content: xml('<x/>') })), 'holds 3002 files'],
    ['another archive', [{ name: 'xl/media/picture.png', content: zip(BOOK) }], 'another archive'],
    ['a compressed file under another name', [{ name: 'xl/a.xml', content: gzipSync('x') }], 'another archive'],
    ['a program', [{ name: 'xl/a.bin', content: Buffer.from('7f454c4602010100', 'hex') }], 'another archive or a program'],
    ['macros', [{ name: 'xl/vbaProject.bin', content: Buffer.from('x') }], 'macros'],
    ['a path that leads out', [{ name: '../../etc/cron.d/x', content: Buffer.from('x') }], 'leads out'],
    ['a password', [{ name: 'xl/a.xml', content: Buffer.from('x'), flags: 1 }], 'password'],
    ['entities', [{ name: 'xl/a.xml', content: xml('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>') }], 'entities'],
  ])('is refused when it holds %s', (_what, more, reason) => { expect(book(more)).toContain(reason) })

  test('is refused when it was cut, or when something follows or shares its bytes', () => {
    const good = zip(BOOK)
    expect(verdict(good.subarray(0, -30), ['workbook'])).toContain('damaged')
    expect(verdict(Buffer.concat([good, Buffer.from('<script>')]), ['workbook'])).toContain('something else follows')
    const moved = Buffer.concat([Buffer.from('PK\u0003\u0004 a prefix xl/workbook.xml'), good])
    expect(verdict(moved, ['workbook'])).toContain('damaged')
    // Two entries of the list name the same bytes, as the bomb of Fifield does thousands of times.
    const shared = zip([...BOOK, { name: 'xl/a.xml', content: Buffer.from('x'.repeat(4_000)) }])
    const list = shared.indexOf('PK\u0001\u0002')
    const last = shared.lastIndexOf('PK\u0001\u0002')
    const doubled = Buffer.concat([shared.subarray(0, list), shared.subarray(last, shared.length - 22), shared.subarray(last, shared.length - 22), shared.subarray(-22)])
    doubled.writeUInt16LE(2, doubled.length - 12)
    doubled.writeUInt32LE(2 * (shared.length - 22 - last), doubled.length - 10)
    expect(verdict(doubled, ['workbook'])).toContain('disproportionate')
  })
})

describe('a receipt', () => {
  const PDF = '%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n'
  test.each<[string, string | Buffer, readonly ExpectedKind[], string]>([
    ['a PDF', PDF, ['pdf', 'image'], 'taken'], ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), ['pdf', 'image'], 'taken'],
    ['a text', CSV, ['pdf', 'image'], 'it is a text, where a PDF or an image is needed'], ['a PDF cut short', PDF.slice(0, 40), ['pdf'], 'incomplete'],
    ['a PDF that runs a script when it opens', PDF.replace('/Catalog', '/Catalog /OpenAction <</S /JavaScript /JS (app.alert(1))>>'), ['pdf'], 'holds a program'],
    ['a PDF with an archive behind it', Buffer.concat([Buffer.from(PDF), zip(BOOK)]), ['pdf'], 'second file'], ['a picture with a page behind it', Buffer.from('\u0089PNG\r\n\u001a\n<script>alert(1)</script>', 'latin1'), ['image'], 'second file'],
  ])('is judged the same way: %s', (_what, bytes, expected, said) => { expect(verdict(bytes, expected)).toContain(said) })
})
