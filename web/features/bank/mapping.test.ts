import { describe, expect, it } from 'vitest'
import type { ColumnRole, CsvProfile, MappingSuggestion } from '../../../core/bank/mapping.ts'
import { checkProfile } from '../../../core/bank/mapping-check.ts'
import { draftOf, missingIn, placeOf, profileOf, profileWord, withRole } from './mapping.ts'

const profile: CsvProfile = { name: 'fichier', title: { fr: 'Fichier', en: 'File' }, delimiter: ';', skipRows: 2 }
const column = (at: number, header: string, role: ColumnRole | null) => ({ column: at, header, role, confidence: 0.9, examples: [] })
const suggestion = { hasHeader: true, profile, columns: [column(1, 'Date', 'booked'), column(2, 'Libellé', 'label'), column(3, 'Débit', 'debit'), column(4, 'Crédit', 'credit'), column(5, 'Détail', 'label'), column(6, 'Solde', null)] } as unknown as MappingSuggestion

describe('the columns of a file', () => {
  it('start from what they seem to hold, or from what a profile says', () => {
    expect(draftOf(suggestion, null).roles).toEqual(['booked', 'label', 'debit', 'credit', 'label', 'ignore'])
    expect(draftOf(suggestion, { ...profile, columns: { debit: null, credit: null, amount: ['Montant', 'SOLDE'], label: ['libelle'] }, decimalMark: ',' })).toMatchObject({ roles: ['booked', 'label', 'ignore', 'ignore', 'ignore', 'amount'], decimalMark: ',' })
  })
  it('are found by title without accents, or by rank', () => {
    expect([placeOf('LIBELLE', suggestion.columns), placeOf(['x', 'solde'], suggestion.columns), placeOf(3, suggestion.columns), placeOf('Autre', suggestion.columns)]).toEqual([1, 5, 2, -1])
  })
  it('give a role that is unique to one column only, and the label to several', () => {
    const draft = withRole(draftOf(suggestion, null), 5, 'debit')
    expect(draft.roles).toEqual(['booked', 'label', 'ignore', 'credit', 'label', 'debit'])
    expect(withRole(draft, 2, 'label').roles).toEqual(['booked', 'label', 'label', 'credit', 'label', 'debit'])
  })
  it('say what is still missing before the file can be read', () => {
    const bare = { ...draftOf(suggestion, null), roles: ['ignore', 'ignore', 'ignore'] as const }
    expect([missingIn(bare), profileOf(bare, suggestion)]).toEqual([['booked', 'label', 'amount'], undefined])
  })
  it('are written as a profile that the server accepts, by their titles, with a role no column has said to be nowhere', () => {
    const made = profileOf(draftOf(suggestion, null), suggestion, { name: profileWord('Export de ma Banque Éco'), title: 'Export de ma Banque Éco' })!
    expect(checkProfile(made).ok).toBe(true)
    expect(made).toMatchObject({ name: 'export-de-ma-banque-eco', delimiter: ';', skipRows: 2, headers: ['Date', 'Libellé', 'Débit', 'Crédit', 'Détail', 'Solde'], columns: { booked: 'Date', debit: 'Débit', credit: 'Crédit', amount: null, balance: null, label: ['Libellé', 'Détail'] } })
    expect(draftOf(suggestion, made).roles).toEqual(draftOf(suggestion, null).roles)
  })
  it('go by rank when two of them have the same title or none has one', () => {
    const same = { ...suggestion, columns: [column(1, 'Date', 'booked'), column(2, 'date', 'value'), column(3, 'Texte', 'label'), column(4, 'Somme', 'amount')] } as MappingSuggestion
    expect(profileOf(draftOf(same, null), same)?.columns).toMatchObject({ booked: 1, value: 2, label: ['Texte'], amount: 'Somme' })
    expect(profileOf(draftOf(same, null), { ...same, hasHeader: false })?.columns).toMatchObject({ label: [3], amount: 4 })
  })
})
