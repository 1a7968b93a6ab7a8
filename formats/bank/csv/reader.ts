import type { StatementRecord } from '../../../core/bank/statement.ts'
import type { CsvProfile } from '../../../core/bank/mapping.ts'
import { type Problem, problem } from '../../../core/kernel/problem.ts'
import { type BankFormat, type ReaderOptions, textReader, type TextHandler } from '../format.ts'
import { profileNamed } from './profiles/index.ts'
import { createRowCutter, type RowCutter } from './rows.ts'
import { sniff, SNIFF_CHARACTERS, type Sniffed } from './sniff.ts'
import { createTableReader, type TableReader } from './table.ts'

/** Why a table is not read, and what to do about it. */
export function refusal(why: Exclude<Sniffed, { kind: 'table' }>): Problem {
  if (why.kind === 'refused' && why.why === 'portfolio') {
    return problem('NOT_BANK_LINES', {
      fr: 'Ce fichier décrit un portefeuille (parts, cours), pas les opérations d\'un compte bancaire. Exportez le relevé du compte espèces.',
      en: 'This file describes a portfolio (shares, prices), not the movements of a bank account. Export the statement of the cash account.',
    })
  }
  if (why.kind === 'refused' && why.why === 'not-the-profile') {
    return problem('PROFILE_MISMATCH', {
      fr: 'Ce fichier n\'a pas les colonnes que le profil choisi décrit. Choisissez un autre profil, ou lisez-le sans profil.',
      en: 'This file does not have the columns that the chosen profile describes. Choose another profile, or read it without one.',
    })
  }
  return problem('NOT_BANK_LINES', {
    fr: 'Aucune colonne de date et de montant n\'est reconnue dans ce fichier. Vérifiez que c\'est un relevé d\'opérations, avec ses titres de colonnes.',
    en: 'No date and amount columns are recognised in this file. Check that it is a statement of movements, with its column titles.',
  })
}

/** The profile that the options choose; null when they choose none; a problem when they name one that does not exist. */
export function chosenProfile(options: ReaderOptions): { readonly profile: CsvProfile | null } | { readonly problem: Problem } {
  const profile = options.csvProfile ?? profileNamed(options.profile) ?? null
  if (profile || options.profile === undefined) return { profile }
  return { problem: problem('PROFILE_UNKNOWN', {
    fr: `Aucun profil CSV ne s'appelle « ${options.profile} ». Choisissez-en un dans la liste, ou lisez le fichier sans profil.`, en: `No CSV profile is called "${options.profile}". Choose one of the list, or read the file without one.`,
  }) }
}

type State = { text: string; table: { readonly cutter: RowCutter; readonly reader: TableReader } | null; isRefused: boolean }

function begin(state: State, isWhole: boolean, { options, records }: { readonly options: ReaderOptions; readonly records: StatementRecord[] }): void {
  const chosen = chosenProfile(options)
  const sniffed = 'problem' in chosen ? chosen.problem : sniff(state.text, isWhole, chosen.profile)
  if (!('kind' in sniffed) || sniffed.kind !== 'table') {
    state.isRefused = true
    records.push({ kind: 'problem', problem: 'kind' in sniffed ? refusal(sniffed) : sniffed })
  } else {
    state.table = { cutter: createRowCutter(sniffed.layout.delimiter), reader: createTableReader(sniffed.layout, options) }
    feed(state.table, state.table.cutter.push(state.text), records)
  }
  state.text = ''
}

function feed({ cutter, reader }: NonNullable<State['table']>, rows: ReturnType<RowCutter['push']>, records: StatementRecord[]): void {
  reader.push(rows, records)
  for (const line of cutter.tooLong()) {
    records.push({ kind: 'problem', problem: problem('LINE_TOO_LONG', {
      fr: `La ligne ${line} a plus d'un million de caractères : elle est passée et la lecture continue. Exportez de nouveau le fichier s'il y manque une opération.`,
      en: `Line ${line} has more than a million characters: it is passed over and reading goes on. Export the file again if a line is missing from it.`,
    }, { line }) })
  }
}

function createHandler(options: ReaderOptions): TextHandler {
  const state: State = { text: '', table: null, isRefused: false }
  return {
    push(text, records) {
      if (state.isRefused) return
      if (state.table) {
        feed(state.table, state.table.cutter.push(text), records)
        return
      }
      state.text += text
      if (state.text.length >= SNIFF_CHARACTERS) begin(state, false, { options, records })
    },
    end(records) {
      if (!state.isRefused && !state.table) begin(state, true, { options, records })
      if (!state.table) return
      feed(state.table, state.table.cutter.end(), records)
      state.table.reader.end(records)
    },
  }
}

/** Texts of other formats that could pass for a table. */
const OTHER_FORMATS = /^\s*(<|\{|\[|OFXHEADER|!Type:|!Account|:20:|\{1:|%PDF|0[1457]\d{5}[ A-Z0-9]{4}\d{5})/i

/** A bank's table as text, whatever its delimiter, language, decimal mark and date order. Tried last: nearly any text is one. */
export const csv: BankFormat = {
  name: 'csv',
  detect: (head) => !OTHER_FORMATS.test(head) && sniff(head.slice(0, SNIFF_CHARACTERS), true).kind !== 'not-a-table',
  createReader: (options) => {
    const encoding = options.encoding ?? options.csvProfile?.encoding ?? profileNamed(options.profile)?.encoding
    return textReader({ ...options, ...(encoding === undefined ? {} : { encoding }) }, createHandler(options))
  },
}
