import { setImmediate } from 'node:timers/promises'
import { addDays, type LocalDate } from '../../../core/kernel/local-date.ts'
import { absolute } from '../../../core/kernel/money.ts'
import { partiesOf, type Series, seriesOf } from '../../../core/recurring/find.ts'
import { keepIds } from '../../../core/recurring/identity.ts'
import { partyKey } from '../../../core/recurring/party-key.ts'
import { stateOf } from '../../../core/recurring/state.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { accountsSeenTo, type FoundRecurring, knownSeries, linesToSearch, lockRecurring, markSearched, SEARCH_DAYS, saveSeries, type SearchedLine } from './recurring-store.ts'

/** The days kept of a series: enough to know on which day of the month it comes. */
const RECENT_DAYS = 6

function nameOf(series: Series, merchants: ReadonlyMap<string, string | null>): string {
  const last = series.lines.at(-1)!
  return merchants.get(last.id) ?? (partyKey(last.label) || last.label)
}

function rowOf(series: Series, known: { readonly id: string; readonly seenTo: LocalDate; readonly today: LocalDate; readonly merchants: ReadonlyMap<string, string | null> }): FoundRecurring {
  const [first, last] = [series.lines[0]!, series.lines.at(-1)!]
  const { state, nextOn, flags } = stateOf(series, known)
  return {
    id: known.id, key: series.key, accountId: last.accountId, merchantId: last.merchantId, name: nameOf(series, known.merchants), direction: last.minor < 0n ? 'out' : 'in', currency: last.currency, rhythm: series.rhythm,
    usual: series.level.usual, low: series.level.low, high: series.level.high, lastAmount: absolute(last.minor), firstOn: first.bookedOn, lastOn: last.bookedOn, nextOn,
    recentDays: series.lines.slice(-RECENT_DAYS).map(({ bookedOn }) => bookedOn), occurrences: series.lines.length, confidence: series.confidence, state, flags, lineIds: series.lines.map(({ id }) => id),
  }
}

/** What one would look at again: which series there are, where they stand and what is said of them. */
function gist(series: readonly Pick<FoundRecurring, 'id' | 'state' | 'usual' | 'flags'>[]): string {
  return series.map(({ id, state, usual, flags }) => `${id} ${state} ${usual} ${flags.map(({ kind, on }) => `${kind}${on}`).join(',')}`).toSorted().join(';')
}

async function remember(tx: TenantTx, ctx: Context, { found, before }: { readonly found: readonly FoundRecurring[]; readonly before: string }): Promise<void> {
  if (gist(found) === before) return
  const active = found.filter(({ state }) => state === 'active')
  const flagged = (kind: string) => active.filter(({ flags }) => flags.some((flag) => flag.kind === kind)).length
  await appendEvent(tx, ctx, { kind: 'recurring.changed', subject: null, data: { active: active.length, priceRises: flagged('price_rise'), missed: flagged('missed') } })
}

/** The process serves people meanwhile: it looks up after so many milliseconds of search. */
const SEARCH_MS = 20

async function search(lines: readonly SearchedLine[]): Promise<Series[]> {
  const found: Series[] = []
  let since = performance.now()
  for (const party of partiesOf(lines)) {
    found.push(...seriesOf(party))
    if (performance.now() - since < SEARCH_MS) continue
    await setImmediate()
    since = performance.now()
  }
  return found
}

/**
 * Searches the lines of a company for what comes back, and writes it down under the ids it had. The search itself is done between
 * two transactions: it reads many lines and holds nothing. It may run twice.
 */
export async function findRecurring(app: App, ctx: Context): Promise<void> {
  authorize(ctx, 'budget.write')
  const lines: SearchedLine[] = await app.db.tenant(ctx, (tx) => linesToSearch(tx, addDays(ctx.today, -SEARCH_DAYS)))
  const series = await search(lines)
  const merchants = new Map(lines.map(({ id, merchantName }) => [id, merchantName]))
  await app.db.tenant(ctx, async (tx) => {
    await lockRecurring(tx)
    const known = await knownSeries(tx)
    const ids = keepIds(known, series.map(({ key, lines: held }) => ({ key, lineIds: held.map(({ id }) => id) })))
    const seen = await accountsSeenTo(tx)
    const found = series.map((one, index) => rowOf(one, { id: ids[index] ?? uuidv7(), seenTo: seen.get(one.lines[0]!.accountId) ?? ctx.today, today: ctx.today, merchants }))
    await saveSeries(tx, found)
    await markSearched(tx, app.clock.now().toISOString())
    await remember(tx, ctx, { found, before: gist(known) })
  })
}
