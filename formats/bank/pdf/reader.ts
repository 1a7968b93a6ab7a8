import { problem } from '../../../core/kernel/problem.ts'
import type { StatementRecord } from '../../../core/bank/statement.ts'
import { type BankFormat, type ReaderOptions, textReader, type TextHandler } from '../format.ts'
import { readPages } from './read-pages.ts'
import { looksLikeTextLayer, pagesOfText } from './text-layer.ts'

/** A text layer has its closing balance at its end and is held whole; a statement of a thousand pages is smaller than this. */
const CHARACTERS_MAX = 8_388_608

function createHandler(options: ReaderOptions): TextHandler {
  const pieces: string[] = []
  let held = 0
  return {
    push(text) {
      held += text.length
      if (held <= CHARACTERS_MAX) pieces.push(text)
      else pieces.length = 0
    },
    end(records: StatementRecord[]) {
      if (held > CHARACTERS_MAX) {
        records.push({ kind: 'problem', problem: problem('FILE_TOO_LARGE', { fr: 'Ce texte est trop grand pour un relevé : il n\'est pas lu. Séparez-le par période.', en: 'This text is too large for a statement: it is not read. Split it by period.' }) })
      } else records.push(...readPages(pagesOfText(pieces.join('')), options))
    },
  }
}

/**
 * A statement made to be printed, as the text of its pages with their columns kept by blanks. The PDF itself takes time to open:
 * whoever holds it takes its text layer first, then calls `readPages`.
 */
export const pdf: BankFormat = {
  name: 'pdf',
  detect: looksLikeTextLayer,
  createReader: (options) => textReader(options, createHandler(options)),
}
