import type { CsvProfile, MappingSuggestion } from '../../../../core/bank/mapping.ts'
import { suggestMapping } from '../../../../formats/bank/csv/suggest.ts'

/** How the columns of a file seem to be read, and the profile it is read with. */
export type Mapping = { readonly suggestion: MappingSuggestion | null; readonly profile: CsvProfile | null }

/** Whether a format is a table, whose columns a person may name. */
export function isTable(format: string): boolean {
  return format === 'csv' || format === 'xlsx'
}

/** How a table is understood; null for the formats that say it themselves. */
export function mappingOf(format: string, { bytes, profile }: { readonly bytes: Uint8Array; readonly profile: CsvProfile | null }): Mapping | null {
  if (!isTable(format)) return null
  const suggestion = suggestMapping(bytes)
  return { suggestion: suggestion.ok ? suggestion.value : null, profile }
}
