/**
 * The columns of a FEC, in their legal order. The first eighteen are the same for everybody (LPF art. A.47 A-1, VII-1°);
 * the next ones are added by farms (BA, 21) and liberal professions (BNC, 22) that keep cash accounts (VIII).
 */
export const FEC_COLUMNS = [
  'JournalCode', 'JournalLib', 'EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'CompAuxNum', 'CompAuxLib', 'PieceRef', 'PieceDate',
  'EcritureLib', 'Debit', 'Credit', 'EcritureLet', 'DateLet', 'ValidDate', 'Montantdevise', 'Idevise',
] as const

export const FEC_CASH_COLUMNS = ['DateRglt', 'ModeRglt', 'NatOp', 'IdClient'] as const

/** The two columns that may stand for Debit and Credit. */
export const FEC_SIGNED_COLUMNS = ['Montant', 'Sens'] as const

export type FecColumn = (typeof FEC_COLUMNS)[number] | (typeof FEC_CASH_COLUMNS)[number] | (typeof FEC_SIGNED_COLUMNS)[number]

const KNOWN = new Map([...FEC_COLUMNS, ...FEC_CASH_COLUMNS, ...FEC_SIGNED_COLUMNS].map((name) => [name.toLowerCase(), name as FecColumn]))

/** The legal spelling of a header's name, whatever its case; undefined for a column the law does not know. */
export function knownColumn(name: string): FecColumn | undefined {
  return KNOWN.get(name.trim().toLowerCase())
}

/** What the first line of a file says: where each known column is (0-based), and every name as written. */
export type FecHeader = {
  readonly names: readonly string[]
  readonly index: Readonly<Partial<Record<FecColumn, number>>>
  /** The known columns that are present. */
  readonly columns: readonly FecColumn[]
  readonly separator: FecSeparator
  /** True when amounts are in Montant and Sens instead of Debit and Credit. */
  readonly signed: boolean
}

export type FecSeparator = '\t' | '|' | ';' | ','

/** Fewer fields than this and the line is not the header of a FEC under that separator (the official tool's own test). */
const HEADER_FIELDS_MIN = 9

/** A first line with fewer names of the law is not a header: it is a line of something else. */
const HEADER_KNOWN_MIN = 6

/** Reads the first line of a file; undefined when no separator gives enough fields with the names of a FEC. */
export function readHeader(text: string): FecHeader | undefined {
  for (const separator of ['\t', '|', ';', ','] as const) {
    const names = text.split(separator).map((name) => name.replaceAll('\0', '').replace(/^"|"$/g, '').trim())
    if (names.length < HEADER_FIELDS_MIN) continue
    const index: Partial<Record<FecColumn, number>> = {}
    names.forEach((name, position) => {
      const column = knownColumn(name)
      if (column && index[column] === undefined) index[column] = position
    })
    if (Object.keys(index).length < HEADER_KNOWN_MIN) return undefined
    const signed = index.Montant !== undefined && index.Debit === undefined
    return { names, index, columns: Object.keys(index) as FecColumn[], separator, signed }
  }
  return undefined
}

/** The columns a file of this header must have: the eighteen, Montant and Sens standing for Debit and Credit if it uses them. */
export function requiredColumns(header: Pick<FecHeader, 'signed'>): readonly FecColumn[] {
  return FEC_COLUMNS.map((name) => (!header.signed ? name : name === 'Debit' ? 'Montant' : name === 'Credit' ? 'Sens' : name))
}
