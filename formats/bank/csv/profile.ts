export type { AmountReading, ColumnName, ColumnRole, ColumnSuggestion, CsvProfile, DateOrder, DecimalMark, Delimiter, Guess, MappingSuggestion, RowFilter } from '../../../core/bank/mapping.ts'
export { checkProfile } from '../../../core/bank/mapping-check.ts'
export { CSV_PROFILES, profileNamed } from './profiles/index.ts'
export { suggestMapping } from './suggest.ts'
