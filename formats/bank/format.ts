import type { CsvProfile } from '../../core/bank/mapping.ts'
import type { Currency } from '../../core/kernel/currency.ts'
import type { StatementRecord } from '../../core/bank/statement.ts'
import { createDecoder, type EncodingName } from './encoding.ts'

/** What the user or the program may add to what the bytes say. Everything is optional: a file normally speaks for itself. */
export type ReaderOptions = {
  /** Currency of the account, used when the file names none. */
  readonly currency?: Currency
  /** Name of a CSV profile, when the file alone does not tell enough. */
  readonly profile?: string
  /** A CSV profile itself, such as one that a person made for their bank. It prevails over a name. */
  readonly csvProfile?: CsvProfile
  /** Encoding chosen by the user, such as cp850. */
  readonly encoding?: EncodingName
}

/** Reads one file as it comes, in pieces of any size. After `end` it is used up. */
export type BankReader = {
  push(bytes: Uint8Array): StatementRecord[]
  end(): StatementRecord[]
  /** The encoding found so far. */
  encoding(): EncodingName
}

/** One bank format: how to recognise it from the beginning of a text, and how to read it. */
export type BankFormat = {
  /** The word of `--format` and of the API. */
  readonly name: string
  /** True when the first characters of the decoded file (some thousands) belong to this format. */
  readonly detect: (head: string) => boolean
  /** True when the first bytes of the file belong to this format, for formats that are not text. */
  readonly isBinary?: (head: Uint8Array) => boolean
  readonly createReader: (options: ReaderOptions) => BankReader
}

/** The part of a reader that sees text only. It adds records to `records`. */
export type TextHandler = { push(text: string, records: StatementRecord[]): void; end(records: StatementRecord[]): void }

/** Bytes decoded at a time: a text of this size is forgotten at once, one of a whole piece from the disk stays until memory is short. */
const DECODED_BYTES = 16_384

/** Makes a reader of bytes from a reader of text: decoding is the same work for every format. */
export function textReader(options: ReaderOptions, handler: TextHandler): BankReader {
  const decoder = createDecoder(options.encoding)
  return {
    push(bytes) {
      const records: StatementRecord[] = []
      for (let at = 0; at < bytes.length; at += DECODED_BYTES) handler.push(decoder.push(bytes.subarray(at, at + DECODED_BYTES)), records)
      return records
    },
    end() {
      const records: StatementRecord[] = []
      handler.push(decoder.end(), records)
      handler.end(records)
      return records
    },
    encoding: () => decoder.encoding(),
  }
}
