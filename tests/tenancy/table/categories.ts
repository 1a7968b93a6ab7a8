import type { TestApp, TestCompany } from '../../support/server.ts'
import { bankLine } from './banking.ts'
import type { RouteCall, TenancyTable } from './table.ts'

async function category(t: TestApp, company: TestCompany, key = 'fuel'): Promise<string> {
  const { body } = await t.api('GET', '/api/categories/tree', { as: company })
  const all = body.items.flatMap((group: { children: { key: string; id: string }[] }) => group.children)
  return String(all.find((one: { key: string }) => one.key === key).id)
}

let made = 0

/** A category of its own, which a call may delete or merge away. */
async function ownCategory(t: TestApp, company: TestCompany): Promise<string> {
  made += 1
  const { body } = await t.api('POST', '/api/categories', { as: company, body: { name: `À part ${made}`, kind: 'expense', account: '606400' } })
  return String(body.id)
}

async function ruleBody(t: TestApp, company: TestCompany) {
  return { name: 'Virements', isActive: true, match: 'all', conditions: [{ field: 'label', operator: 'contains', value: 'vir' }], actions: { categoryId: await category(t, company) } }
}

async function rule(t: TestApp, company: TestCompany): Promise<{ id: string }> {
  const { body } = await t.api('POST', '/api/category-rules', { as: company, body: await ruleBody(t, company) })
  return { id: String(body.id) }
}

async function filedLine(t: TestApp, company: TestCompany): Promise<{ id: string; changeId: string }> {
  const id = await bankLine(t, company)
  const { body } = await t.api('PATCH', `/api/transactions/${id}`, { as: company, body: { categoryId: await category(t, company) } })
  return { id, changeId: String(body.changeId) }
}

const ofLine = async (t: TestApp, company: TestCompany): Promise<RouteCall> => ({ params: { id: await bankLine(t, company) } })
const ofFiled = async (t: TestApp, company: TestCompany): Promise<RouteCall> => ({ params: { id: (await filedLine(t, company)).id } })
const ofRule = async (t: TestApp, company: TestCompany): Promise<RouteCall> => ({ params: await rule(t, company) })
const ofCategory = async (t: TestApp, company: TestCompany): Promise<RouteCall> => ({ params: { id: await category(t, company) } })

export const categoriesTable: TenancyTable = {
  listCategories: { permission: 'category.read' },
  readCategoryTree: { permission: 'category.read' },
  readCategoryModel: { permission: 'category.read' },
  readCategoryStats: { permission: 'category.read', call: ofCategory },
  exportCategories: { permission: 'category.read' },
  createCategory: {
    permission: 'category.write', idsInBody: true,
    call: async (t, company) => {
      made += 1
      const { body } = await t.api('GET', '/api/categories/tree', { as: company })
      return { body: { name: `Essai ${made}`, parentId: String(body.items.find((one: { key: string }) => one.key === 'office').id) } }
    },
  },
  updateCategory: {
    permission: 'category.write',
    call: async (t, company) => {
      const { body } = await t.api('GET', '/api/categories?search=Carburant', { as: company })
      const { id, name, parentId, kind, account, vatRate, vatDeductible, version } = body.items[0]
      return { params: { id: String(id) }, body: { name, parentId, kind, account, vatRate, vatDeductible, version } }
    },
  },
  deleteCategory: { permission: 'category.write', call: async (t, company) => ({ params: { id: await ownCategory(t, company) } }) },
  restoreCategory: { permission: 'category.write', call: ofCategory },
  mergeCategory: { permission: 'category.write', idsInBody: true, call: async (t, company) => ({ params: { id: await ownCategory(t, company) }, body: { into: await category(t, company, 'repairs') } }) },
  readCategorySettings: { permission: 'category.read' },
  updateCategorySettings: { permission: 'category.write', call: async () => ({ body: { categoriseNewLines: true, postAutomatically: false } }) },
  listCategoryRules: { permission: 'category.read' },
  createCategoryRule: { permission: 'category.write', idsInBody: true, call: async (t, company) => ({ body: await ruleBody(t, company) }) },
  readCategoryRule: { permission: 'category.read', call: ofRule },
  updateCategoryRule: {
    permission: 'category.write',
    call: async (t, company) => {
      const { id } = await rule(t, company)
      return { params: { id }, body: { ...await ruleBody(t, company), version: 1 } }
    },
  },
  deleteCategoryRule: { permission: 'category.write', call: ofRule },
  reorderCategoryRules: {
    permission: 'category.write', idsInBody: true,
    call: async (t, company) => {
      await rule(t, company)
      const { body } = await t.api('GET', '/api/category-rules?limit=200', { as: company })
      return { body: { ids: body.items.map((one: { id: string }) => one.id) } }
    },
  },
  tryCategoryRule: { permission: 'category.read', idsInBody: true, call: async (t, company) => ({ body: { rule: await ruleBody(t, company) } }) },
  applyCategoryRules: { permission: 'category.write', idsInBody: true, call: async (t, company) => ({ body: { ruleIds: [(await rule(t, company)).id] } }) },
  draftCategoryRule: { permission: 'category.read', call: ofLine },
  updateTransaction: { permission: 'category.write', call: async (t, company) => ({ params: { id: await bankLine(t, company) }, body: { categoryId: await category(t, company) } }) },
  updateTransactions: { permission: 'category.write', idsInBody: true, call: async (t, company) => ({ body: { ids: [await bankLine(t, company)], set: { categoryId: await category(t, company) } } }) },
  splitTransaction: {
    permission: 'category.write',
    call: async (t, company) => {
      const id = await bankLine(t, company)
      const { body } = await t.api('GET', `/api/transactions/${id}`, { as: company })
      return { params: { id }, body: { parts: [{ categoryId: await category(t, company), amount: String(body.amount.amount) }] } }
    },
  },
  undoTransactionCategory: { permission: 'category.write', call: ofFiled },
  undoCategoryChange: { permission: 'category.write', call: async (t, company) => ({ params: { id: (await filedLine(t, company)).changeId } }) },
  readTransactionCategory: { permission: 'category.read', call: ofLine },
  autoCategorize: { permission: 'category.write', call: async (t, company) => ({ params: { transactionId: await bankLine(t, company) } }) },
  autoCategorizeAll: { permission: 'category.write', call: async () => ({ body: {} }) },
  readEntryProposal: { permission: 'category.read', call: ofLine },
  acceptEntryProposal: { permission: 'match.write', call: async (t, company) => ({ params: { id: await bankLine(t, company) }, body: { categoryId: await category(t, company, 'sales_services') } }) },
}
