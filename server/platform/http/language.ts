import type { Locale } from '../../../core/kernel/problem.ts'

/** The language of the product a person asked for, by the header Accept-Language; undefined when it names neither. */
export function languageOf(header: string | undefined): Locale | undefined {
  if (!header) return undefined
  let best: { locale: Locale; weight: number } | undefined
  for (const part of header.slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const locale = tag.split('-')[0]
    if (locale !== 'fr' && locale !== 'en') continue
    const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find((text) => text !== undefined)
    const weight = quality === undefined ? 1 : Number(quality)
    if (weight > 0 && (!best || weight > best.weight)) best = { locale, weight }
  }
  return best?.locale
}
