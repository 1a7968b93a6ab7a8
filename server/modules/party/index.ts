export { type ImportedParty, ensureCustomers } from './customers.ts'
export { type Customer, customerNames, customersById } from './store.ts'
