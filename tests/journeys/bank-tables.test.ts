import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type Answer, type TestApp, type TestCompany } from '../support/server.ts'
import { pdfOf, type Placed, row } from '../support/statement-pdf.ts'
import { TEST_ACCOUNT } from './bank-files.ts'

let server: TestApp
beforeAll(async () => { server = await startTestApp() })
afterAll(async () => { await server.close() })

const api = (company: TestCompany, method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> => server.api(method, path, { as: company, ...(body === undefined ? {} : { body }) })
const give = (company: TestCompany, name: string, bytes: Uint8Array | string): Promise<Answer> => server.api('POST', '/api/imports', { as: company, file: { name, bytes } })
const shown = (answer: Answer): unknown[] => (answer.body.lines as { bookedOn: string; amount: { amount: string }; label: string }[]).map((line) => [line.bookedOn, line.amount.amount, line.label])
const codes = (answer: Answer): unknown[] => (answer.body.problems as { code: string }[]).map((problem) => problem.code)

/** A page whose balances prove its two movements, or lack one of them. */
function statement(isWhole: boolean): Uint8Array {
  const [D, L, DEBIT, CREDIT] = [{ x: 40 }, { x: 140 }, { end: 450 }, { end: 540 }]
  const page: Placed[] = [
    { text: `RELEVÉ DE COMPTE EN EUROS - IBAN ${TEST_ACCOUNT.iban}`, x: 40, y: 60 }, ...row(120, [['Date', D], ['Libellé', L], ['Débit', DEBIT], ['Crédit', CREDIT]]), ...row(140, [['ANCIEN SOLDE AU 28/02/2026', L], ['1 000,00', CREDIT]]),
    ...row(160, [['02/03', D], ['VIR SEPA DUPUIS SARL', L], ['1 500,00', CREDIT]]), ...(isWhole ? row(180, [['15/03', D], ['PRLV ASSURANCE', L], ['49,99', DEBIT]]) : []), ...row(200, [['NOUVEAU SOLDE AU 31/03/2026', L], ['2 450,01', CREDIT]]),
  ]
  return pdfOf([page])
}

test('a PDF statement that its balances prove is taken like any other; one that they do not is put to a person', async () => {
  const company = await server.company()
  await api(company, 'POST', '/api/accounts', { name: 'Compte courant', iban: TEST_ACCOUNT.iban })
  const good = await give(company, 'releve.pdf', statement(true))
  expect([good.status, good.body.format, codes(good), shown(good)]).toEqual([201, 'pdf', [], [['2026-03-02', '1500.00', 'VIR SEPA DUPUIS SARL'], ['2026-03-15', '-49.99', 'PRLV ASSURANCE']]])
  // The page places the amount at the end of its column, at 540 points, on a line 160 points down.
  const read = (await api(company, 'GET', `/api/imports/${String(good.body.id)}`)).body.lines as { evidence: { field: string; text: string; confidence: number; place: { page: number; x: number; y: number; width: number; height: number } }[] }[]
  const amount = read[0]!.evidence.find(({ field }) => field === 'amount')!
  expect([amount.text, amount.confidence, amount.place.page, Math.round(amount.place.x + amount.place.width), Math.round(amount.place.y + amount.place.height)]).toEqual(['1 500,00', 0.99, 1, 540, 160])
  expect((await api(company, 'POST', `/api/imports/${String(good.body.id)}/commit`, {})).body.counts).toMatchObject({ new: 2 })
  const lacking = await give(company, 'releve.pdf', statement(false))
  expect(codes(lacking)).toContain('PDF_TO_REVIEW')
  const commit = (choice: object) => api(company, 'POST', `/api/imports/${String(lacking.body.id)}/commit`, choice)
  expect(await commit({})).toMatchObject({ status: 422, body: { code: 'IMPORT_TO_REVIEW' } })
  // The transfer is the one already taken; the person who compared the page with the file may take what it says.
  expect((await commit({ onProblems: 'readable' })).body).toMatchObject({ status: 'committed', counts: { new: 0, known: 1 } })
  expect((await give(company, 'image.pdf', pdfOf([[]]))).body).toMatchObject({ code: 'FILE_UNREADABLE' })
})

test('a table with columns that nobody knows waits for a person to name them, and the next one is read with what they saved', async () => {
  const company = await server.company()
  const table = (day: string): string => `Quand|Combien|Quoi\n${day}|5|Papeterie\n${day}|6|Timbres\n`
  const given = await give(company, 'export.csv', table('02/03/2026'))
  expect([given.status, shown(given), codes(given)]).toEqual([201, [], ['NOT_BANK_LINES']])
  const { suggestion } = given.body.mapping as { suggestion: { columns: { header: string; role: string | null; examples: string[] }[]; profile: object } }
  expect(suggestion.columns.map(({ header, role, examples }) => [header, role, examples])).toEqual([['Quand', null, ['02/03/2026']], ['Combien', null, ['5', '6']], ['Quoi', null, ['Papeterie', 'Timbres']]])
  const profile = { name: 'ma-banque', title: { fr: 'Ma banque', en: 'My bank' }, columns: { booked: 'Quand', amount: 'Combien', label: ['Quoi'] }, dateOrder: 'day-first', reading: 'outgoing', currency: 'EUR' }
  const mapped = await api(company, 'POST', `/api/imports/${String(given.body.id)}/mapping`, { profile })
  expect([mapped.status, shown(mapped)]).toEqual([200, [['2026-03-02', '-5.00', 'Papeterie'], ['2026-03-02', '-6.00', 'Timbres']]])
  const saved = await api(company, 'POST', '/api/import-profiles', { name: 'Ma banque', profile })
  const next = await give(company, 'export.csv', table('03/04/2026'))
  expect(shown(await api(company, 'POST', `/api/imports/${String(next.body.id)}/mapping`, { profileId: saved.body.id }))).toEqual([['2026-04-03', '-5.00', 'Papeterie'], ['2026-04-03', '-6.00', 'Timbres']])
  expect((await api(company, 'POST', `/api/imports/${String(next.body.id)}/mapping`, { profile: { ...profile, reading: 'no' } })).body).toMatchObject({ code: 'PROFILE_INVALID' })
})
