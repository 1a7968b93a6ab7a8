import type { Context } from '../../server/platform/access/context.ts'
import type { App } from '../../server/platform/app.ts'
import { createAccount } from '../../server/modules/banking/index.ts'
import { createRandom, type Random } from '../../server/modules/demo/generator/random.ts'
import { type Rib, type StatementMove, ibanOf } from '../../server/modules/demo/generator/cfonb120-writer.ts'
import { createFiscalYear } from '../../server/modules/ledger/index.ts'
import { type LocalDate, localDate } from '../../core/kernel/local-date.ts'
import type { TestApp } from '../support/server.ts'

/** A statement and its movements: it can come again, alone or at the head of a longer one. */
export type Delivery = { readonly fileName: string; readonly bytes: Uint8Array; readonly opening: bigint; readonly moves: readonly StatementMove[] }

/** A bank account as the bank knows it. Statements follow one another: the next one begins after `lastDay`. */
export type SimulatedAccount = { readonly id: string; readonly rib: Rib; balance: bigint; lastDay: LocalDate; count: number; readonly deliveries: Delivery[] }

/** One company under test and what the test itself knows of it. */
export type World = { readonly app: App; readonly ctx: Context; readonly random: Random; readonly accounts: SimulatedAccount[]; readonly customers: { readonly id: string; readonly name: string; readonly iban: string | null }[]; serial: number }

/** A company with two open years and two bank accounts, nothing else. */
export async function openWorld(t: TestApp, seed: number): Promise<World> {
  const random = createRandom(seed)
  const { ctx } = await t.company('company', { name: `Simulation ${seed}`, firstYear: { startsOn: '2025-01-01', endsOn: '2025-12-31' }, vatDueOn: random.chance(75) ? 'receipts' : 'debits' })
  await createFiscalYear(t.app, ctx, { startsOn: localDate('2026-01-01'), endsOn: localDate('2026-12-31') })
  const accounts: SimulatedAccount[] = []
  for (const branch of ['00001', '00002']) {
    const rib = { bank: '99999', branch, account: String(seed % 99_999).padStart(11, '0') }
    const { id } = await createAccount(t.app, ctx, { name: `Compte ${branch}`, iban: ibanOf(rib), bankWriting: `${rib.bank} ${rib.branch} ${rib.account}` })
    accounts.push({ id, rib, balance: 0n, lastDay: localDate('2025-10-01'), count: 0, deliveries: [] })
  }
  return { app: t.app, ctx, random, accounts, customers: [], serial: 0 }
}
