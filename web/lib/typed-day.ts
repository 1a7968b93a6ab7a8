import { addDays, dateOf, monthOf, yearOf, type LocalDate } from '../../core/kernel/local-date.ts'

/**
 * A day as people type it: "20/11/2026", "20/11/26", "20/11", "2011", "20", "20112026", "2026-11-20", "+3", "-1", "a" for today.
 * What is left out is taken from today. Undefined when no such day exists.
 */
export function readDay(text: string, today: LocalDate): LocalDate | undefined {
  const plain = text.trim().toLowerCase()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain)
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  if (plain === 'a' || plain === 't') return today
  const shift = /^([+-])(\d{1,3})$/.exec(plain)
  if (shift) return addDays(today, Number(`${shift[1]}${shift[2]}`))
  const parts = /^\d+$/.test(plain) ? [plain.slice(0, 2), plain.slice(2, 4), plain.slice(4)] : plain.split(/[/.\s-]+/)
  if (parts.length > 3 || !parts.every((part) => /^\d{0,4}$/.test(part)) || !parts[0]) return undefined
  const month = parts[1] ? Number(parts[1]) : monthOf(today)
  const year = parts[2] ? (parts[2].length <= 2 ? 2000 + Number(parts[2]) : Number(parts[2])) : yearOf(today)
  return dateOf(year, month, Number(parts[0]))
}
