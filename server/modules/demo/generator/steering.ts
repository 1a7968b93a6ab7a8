import type { NewCategoryRule } from '../../../../contract/categories.ts'

/** A rule whose category is named by the key every company knows it by. */
export type DemoRule = Pick<NewCategoryRule, 'name' | 'match' | 'conditions'> & { readonly category: string }
/** A limit each month on a category; the one without a category is on all spending, over three months. */
export type DemoBudget = { readonly name: string; readonly category: string | null; readonly amount: string }
export type DemoGoal = { readonly name: string; readonly target: string; readonly months: number; readonly note: string; readonly isBalance: boolean; readonly putAside: readonly { readonly daysAgo: number; readonly amount: string }[] }

/** How a company of the demonstration files its lines and steers: what it decided, in its own words. */
export type DemoSteering = { readonly rules: readonly DemoRule[]; readonly budgets: readonly DemoBudget[]; readonly goals: readonly DemoGoal[]; /** Put to the assistant, on the latest lines to treat. */ readonly questions: readonly string[] }

const label = (value: string) => ({ field: 'label' as const, operator: 'contains' as const, value })

/** What the workshop decided. Some lines are left without a category, as in any company. */
export const LUMEN_STEERING: DemoSteering = {
  rules: [
    { name: 'Encaissements de clients', match: 'all', conditions: [{ field: 'sign', value: 'in' }], category: 'customer_payments' },
    { name: 'Fournisseurs de l\'atelier', match: 'any', conditions: [label('ELECTRO-NEGOCE'), label('VERRERIE'), label('TOURNERIE')], category: 'supplier_payments' },
    { name: 'Cotisations de la gérance', match: 'all', conditions: [label('COTISATIONS GERANCE')], category: 'owner_contributions' },
    { name: 'Billets de train', match: 'all', conditions: [label('CHEMINS DE FER'), { field: 'amount', max: '300' }], category: 'travel' },
    { name: 'Expert-comptable', match: 'all', conditions: [label('CABINET RIVAGE')], category: 'professional_fees' },
  ],
  budgets: [
    // Two whole months of it are already more: this one is overspent whatever the day.
    { name: 'Dépenses du trimestre', category: null, amount: '45000' },
    { name: 'Locaux et énergie', category: 'premises', amount: '2200' },
    { name: 'Bureau et informatique', category: 'office', amount: '400' },
    { name: 'Déplacements', category: 'travel_group', amount: '250' },
  ],
  goals: [
    { name: 'Trois mois de charges d\'avance', target: '60000', months: 12, note: '', isBalance: true, putAside: [] },
    { name: 'Four de thermoformage', target: '18000', months: 14, note: 'Devis de mars, installation comprise.', isBalance: false, putAside: [{ daysAgo: 150, amount: '1500' }, { daysAgo: 90, amount: '1500' }, { daysAgo: 30, amount: '1200' }] },
  ],
  questions: ['Avez-vous le bon de livraison ? Le montant ne correspond pas au devis.', 'À quel chantier cette dépense se rapporte-t-elle ?'],
}
