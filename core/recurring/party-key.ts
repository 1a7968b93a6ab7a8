import { fold, payerKey } from '../matching/normalise.ts'

const MONTHS = new Set('JANVIER FEVRIER MARS AVRIL MAI JUIN JUILLET AOUT SEPTEMBRE OCTOBRE NOVEMBRE DECEMBRE JANV FEVR AVR JUIL SEPT OCT NOV DEC JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST OCTOBER DECEMBER'.split(' '))
const WORDS_MAX = 4

/**
 * Who a line is with, for lines that belong together: what the bank's label says once dates, numbers, months and banking words
 * are left out, at most four words of it. A label that holds nothing else is its own key. Empty for an empty label.
 */
export function partyKey(label: string): string {
  const words = payerKey(label).split(' ').filter((word) => word !== '' && !MONTHS.has(word))
  return words.length > 0 ? words.slice(0, WORDS_MAX).join(' ') : fold(label).replace(/\d+/g, '').replace(/[^A-Z]+/g, ' ').trim()
}
