import { compactDate } from '../../../../core/kernel/local-date.ts'
import type { Line } from '../types.ts'

/** The document an entry of the bank refers to: the statement of that day. */
export function pieceOf(line: Pick<Line, 'bookedOn'>): string {
  return `REL-${compactDate(line.bookedOn)}`
}

/** The words of an entry for a line the bank left without any. */
export function labelOf(line: Pick<Line, 'label' | 'counterpartyName' | 'reference'>): string {
  return line.label.trim() || line.counterpartyName?.trim() || line.reference?.trim() || 'Opération bancaire'
}
