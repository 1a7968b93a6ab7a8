import type { CsvProfile } from '../../../../core/bank/mapping.ts'

export const DESJARDINS: readonly CsvProfile[] = [
  {
    name: 'desjardins', title: { fr: 'Desjardins', en: 'Desjardins' },
    source: 'Ranks of the fourteen columns of the AccèsD export, without titles, as public importers name them: caisse, folio, account type, date, number, description, fees, withdrawal, deposit, interest, principal, advance, repayment, balance.',
    hasHeader: false, delimiter: ',',
    columns: { account: 3, booked: 4, label: [6], debit: 8, credit: 9, balance: 14 },
    decimalMark: '.', reading: 'usual', currency: 'CAD',
  },
]
