import type { Currency } from '../../core/kernel/currency.ts'
import type { StatementRecord } from '../../core/bank/statement.ts'
import { createDecoder, type EncodingName } from './encoding.ts'

/** What the user or the program may add to what the bytes say. Everything is optional: a file normally speaks for itself. */
export type ReaderOptions = {
  /** Currency of the account, used when the file names none. */
  readonly currency?: Currency
  /** Name of a CSV profile, when the file alone does not tell enough. */
  readonly profile?: string
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
  readonly createReader: (options: ReaderOptions) => BankReader
}

/** The part of a reader that sees text only. It adds records to `records`. */
export type TextHandler = { push(text: string, records: StatementRecord[]): void; end(records: StatementRecord[]): void }

/** Makes a reader of bytes from a reader of text: decoding is the same work for every format. */
export function textReader(options: ReaderOptions, handler: TextHandler): BankReader {
  const decoder = createDecoder(options.encoding)
  return {
    push(bytes) {
      const records: StatementRecord[] = []
      handler.push(decoder.push(bytes), records)
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
