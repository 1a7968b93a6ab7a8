import { compactDate, type LocalDate, parseCompactDate } from '../../../core/kernel/local-date.ts'

/** What a file's name says: the nine digits before FEC when they are nine, and the closing day. Null when it does not say it. */
export type FecName = { readonly siren: string | null; readonly closingOn: LocalDate | null; readonly legal: boolean }

/** Reads `SirenFECAAAAMMJJ`, with or without a folder, an extension, and the `_1` of a split file (LPF art. A.47 A-1, X). */
export function readFileName(path: string): FecName {
  const name = path.split(/[\\/]/).at(-1) ?? ''
  const match = /^(.*)FEC(\d{8})(.*)$/i.exec(name)
  if (!match) return { siren: null, closingOn: null, legal: false }
  const siren = /^\d{9}$/.test(match[1]!) ? match[1]! : null
  const closingOn = parseCompactDate(match[2]!) ?? null
  return { siren, closingOn, legal: siren !== null && closingOn !== null && /^(_\d+)?(\.[A-Za-z]{1,4})?$/.test(match[3]!) }
}

/** The legal name of the file: 123456782FEC20261231.txt. */
export function fecFileName(siren: string, closingOn: LocalDate): string {
  return `${siren}FEC${compactDate(closingOn)}.txt`
}
