import { creditLine, debitLine, type LineDraft } from './entry.ts'

/** A line from a signed amount in minor units: positive goes to the debit, negative to the credit. */
export function signedLine(account: string, minor: bigint, rest: Partial<Pick<LineDraft, 'auxiliary' | 'label' | 'foreign'>> = {}): LineDraft {
  return minor < 0n ? creditLine(account, -minor, rest) : debitLine(account, minor, rest)
}
