export { changeCustomer, createCustomer, type ImportedParty, ensureCustomers } from './customers.ts'
export { type Customer, customerNames, customersByExternalId, customersById, partySirens } from './store.ts'
