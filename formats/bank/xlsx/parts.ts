import { SaxesParser } from 'saxes'
import { isDayFormat } from './values.ts'

/** A sheet of a workbook, in the order of its tabs. */
export type SheetName = { readonly name: string; readonly relation: string; readonly isHidden: boolean }

/** What the parts of a workbook besides its sheets say. */
export type Parts = { readonly sheets: readonly SheetName[]; readonly is1904: boolean }

/** Feeds a part to a parser in pieces. False when its XML is damaged. */
export function parseXml(onPieces: (give: (text: string) => void) => void, on: { open?: (name: string, attributes: Record<string, string>) => void; close?: (name: string) => void; text?: (text: string) => void }): boolean {
  const parser = new SaxesParser()
  let isDamaged = false
  // Saxes knows no entity but the five of XML, and never opens another file: a document type cannot blow up here.
  parser.on('error', () => { isDamaged = true })
  const bare = (name: string): string => name.slice(name.indexOf(':') + 1)
  parser.on('opentag', (tag) => { on.open?.(bare(tag.name), Object.fromEntries(Object.entries(tag.attributes).map(([name, value]) => [bare(name), value]))) })
  parser.on('closetag', (tag) => { on.close?.(bare(tag.name)) })
  if (on.text) parser.on('text', on.text)
  onPieces((text) => { if (!isDamaged) parser.write(text) })
  if (!isDamaged) parser.close()
  return !isDamaged
}

/** The tabs of a workbook, and which day it counts from. */
export function readWorkbook(xml: string): Parts {
  const sheets: SheetName[] = []
  let is1904 = false
  parseXml((give) => { give(xml) }, {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true'
      if (name === 'sheet') sheets.push({ name: attributes['name'] ?? '', relation: attributes['id'] ?? '', isHidden: (attributes['state'] ?? 'visible') !== 'visible' })
    },
  })
  return { sheets, is1904 }
}

/** Where each relation of the workbook leads, as a path inside the archive. */
export function readRelations(xml: string): ReadonlyMap<string, string> {
  const targets = new Map<string, string>()
  parseXml((give) => { give(xml) }, {
    open: (name, { Id, Target }) => {
      if (name === 'Relationship' && Id && Target) targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`)
    },
  })
  return targets
}

/** For each cell style, whether it shows a day. */
export function readStyles(xml: string): readonly boolean[] {
  const codes = new Map<number, string>()
  const days: boolean[] = []
  let isInCells = false
  parseXml((give) => { give(xml) }, {
    open: (name, { numFmtId, formatCode }) => {
      if (name === 'cellXfs') isInCells = true
      if (name === 'numFmt' && numFmtId !== undefined && formatCode !== undefined) codes.set(Number(numFmtId), formatCode)
      if (name === 'xf' && isInCells) days.push(isDayFormat(Number(numFmtId ?? '0'), codes.get(Number(numFmtId ?? '0'))))
    },
    close: (name) => { if (name === 'cellXfs') isInCells = false },
  })
  return days
}

/** The texts that cells refer to. Readings of Asian characters (rPh) are left out. */
export function readStrings(onPieces: (give: (text: string) => void) => void): readonly string[] {
  const strings: string[] = []
  let [current, isText, isReading] = ['', false, false]
  parseXml(onPieces, {
    open: (name) => {
      if (name === 'si') current = ''
      if (name === 't') isText = true
      if (name === 'rPh') isReading = true
    },
    close: (name) => {
      if (name === 'si') strings.push(current)
      if (name === 't') isText = false
      if (name === 'rPh') isReading = false
    },
    text: (text) => { if (isText && !isReading) current += text },
  })
  return strings
}
