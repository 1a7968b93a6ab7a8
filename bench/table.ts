import type { Figure, Result } from './measure.ts'

function short(value: number): string {
  if (value >= 10_000) return `${Math.round(value / 1000)}k`
  return value >= 100 ? String(Math.round(value)) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

function range(figure: Figure, format: (value: number) => string): string {
  return `${format(figure.median)} (${format(figure.min)}-${format(figure.max)})`
}

/** One table for all cases, as Markdown that also reads well in a terminal. */
export function tableOf(results: readonly Result[]): string {
  const header = ['work', 'contender', 'ratio (min-max)', 'ms (min-max)', 'per second', 'peak MB']
  let last = ''
  const rows = results.map((result) => {
    const title = result.title === last ? '' : result.title
    last = result.title
    return [
      title, result.name, result.ratio === null ? '1' : range(result.ratio, (value) => value.toFixed(2)), range(result.ms, short),
      result.unit === '' ? '' : `${short(result.perSecond)} ${result.unit}`, result.peakMb === null ? '' : String(Math.round(result.peakMb)),
    ]
  })
  const widths = header.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]!.length)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`
  return [line(header), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n')
}
