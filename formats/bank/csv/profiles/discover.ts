import type { CsvProfile } from '../../../../core/bank/mapping.ts'

export const DISCOVER: readonly CsvProfile[] = [
  {
    name: 'discover', title: { fr: 'Discover, carte de crédit', en: 'Discover, credit card' },
    source: 'README of the public tool ryepup/ynab-discover and the title row read by redstreet/beancount_reds_importers: expenses are positive, dates month first.',
    headers: ['Trans. Date', 'Post Date', 'Description', 'Amount', 'Category'],
    columns: { booked: 'Post Date', started: 'Trans. Date', amount: 'Amount', label: ['Description'], sign: null },
    dateOrder: 'month-first', decimalMark: '.', reading: 'inverted', currency: 'USD',
  },
]
