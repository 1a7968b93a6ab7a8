/** The six colours of a chart, told apart also by those who do not see them all (see `tones.test.ts`). `ink` when there is one series only. */
export type ChartTone = 'ink' | 1 | 2 | 3 | 4 | 5 | 6

export const TONES_MAX = 6

export function colourOf(tone: ChartTone): string {
  return tone === 'ink' ? 'var(--ink)' : `var(--series-${tone})`
}
