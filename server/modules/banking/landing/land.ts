import { FILE_IDS } from '../../../../core/bank/dedup-evidence.ts'
import { lineFingerprint } from '../../../../core/bank/delivery.ts'
import type { BankLineId, ImportId, UserId } from '../../../../core/kernel/id.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { type Alias, bookPending, insertAliases, insertLines, liftTombstones, removeLines, seeingRemoved } from './landing-store.ts'
import { countsOf, deliveredRow, type Delivery, recognise, type Recognised } from '../imports/recognise.ts'
import { decideSuspiciousRows, insertSuspicious, type NewSuspicious } from './suspicious-store.ts'
import type { Account } from '../types.ts'

/** What a person chose, by position: suspicious lines to take or to refuse for good, removed lines to take again. */
export type LandingChoices = { readonly accept: ReadonlySet<number>; readonly refuse: ReadonlySet<number>; readonly retake: ReadonlySet<number> | 'all' }
export const NO_CHOICE: LandingChoices = { accept: new Set(), refuse: new Set(), retake: new Set() }

/** What became of a delivery. `piled`: doubtful lines nobody was asked about before; `withdrawn`: announced lines that went away. */
export type Landed = ReturnType<typeof countsOf> & { readonly piled: number; readonly withdrawn: number }

export type Landing = { readonly account: Account; readonly importId: ImportId; readonly delivery: Delivery; readonly choices: LandingChoices; readonly by: UserId | null }

/**
 * The one way bank lines come in, whoever delivers them: recognises what is known, stores what is new, makes announced lines come
 * true, puts doubtful ones on the pile, remembers every identifier. Within the caller's transaction, which holds the account.
 */
export async function land(tx: TenantTx, landing: Landing): Promise<Landed> {
  const { account, importId, delivery, choices } = landing
  const recognition = await recognise(tx, delivery, account)
  const decided = recognition.lines.map((one) => choose(one, choices))
  const fresh = decided.filter(({ action, books }) => action === 'new' && !books).map((one) => ({ one, id: uuidv7() as BankLineId }))
  await insertLines(tx, { importId, accountId: account.id, currency: account.currency, posts: account.postsEntries, source: delivery.source }, fresh.map(({ one, id }) => ({ ...one.line, id })))
  const booked = decided.filter(({ action, books }) => action === 'new' && books)
  await bookPending(tx, importId, booked.map(({ line, known }) => ({ ...line, id: known!.id, source: delivery.source })))
  const retaken = fresh.filter(({ one }) => one.removed).map(({ one }) => one.known!.id)
  if (recognition.withdrawn.length > 0 || retaken.length > 0) {
    await seeingRemoved(tx, async () => {
      await removeLines(tx, recognition.withdrawn, { because: 'withdrawn', by: null })
      await liftTombstones(tx, retaken)
    })
  }
  const piled = await keepPile(tx, { landing, lines: recognition.lines, idOf: new Map(fresh.map(({ one, id }) => [one.line.position, id])) })
  await insertAliases(tx, aliasesOf(landing, decided))
  return { ...countsOf(decided), piled, withdrawn: recognition.withdrawn.length }
}

function choose(one: Recognised, { accept, refuse, retake }: LandingChoices): Recognised {
  const { position } = one.line
  if (one.action === 'suspicious' && accept.has(position)) return { ...one, action: 'new', known: null }
  if (one.action === 'suspicious' && refuse.has(position)) return { ...one, action: 'known' }
  return one.removed && (retake === 'all' || retake.has(position)) ? { ...one, action: 'new' } : one
}

/** Doubtful lines wait on the pile; those decided at once are remembered as decided. Answers how many are new there. */
async function keepPile(tx: TenantTx, { landing, lines, idOf }: { readonly landing: Landing; readonly lines: readonly Recognised[]; readonly idOf: ReadonlyMap<number, BankLineId> }): Promise<number> {
  const { account, importId, delivery, choices, by } = landing
  const doubtful = lines.filter((one) => one.action === 'suspicious')
  const stateOf = ({ line }: Recognised) => (choices.accept.has(line.position) ? 'taken' : choices.refuse.has(line.position) ? 'skipped' : 'waiting')
  const rows = doubtful.filter((one) => one.pileId === null).map((one): NewSuspicious => ({
    id: uuidv7(), state: stateOf(one), fingerprint: lineFingerprint(deliveredRow(one.line, delivery.source)), line: one.line, source: delivery.source, because: one.because,
    resemblesId: one.known?.id ?? null, lineId: stateOf(one) === 'taken' ? idOf.get(one.line.position)! : null,
  }))
  await insertSuspicious(tx, { accountId: account.id, importId, by }, rows)
  const settled = doubtful.filter((one) => one.pileId !== null && stateOf(one) !== 'waiting')
  if (settled.length > 0) await decideSuspiciousRows(tx, settled.map((one) => ({ id: one.pileId!, lineId: idOf.get(one.line.position) ?? null })), by)
  return rows.length
}

/** Identifiers a known line, or one that comes true, was not given by before. */
function aliasesOf({ account, delivery }: Landing, lines: readonly Recognised[]): Alias[] {
  const source = delivery.source ?? FILE_IDS
  const aliases: Alias[] = []
  for (const { action, books, line, known } of lines) {
    if (known === null || known.status === 'removed' || !(books || action === 'known')) continue
    const ids = [...known.aliases, { kind: known.source ?? FILE_IDS, id: known.bankReference }]
    const has = (id: string) => ids.some((one) => one.kind === source && one.id === id)
    // A line that comes true takes the identifier it is booked by, and stays known by the one it was announced by.
    if (books && line.bankId !== null && known.bankReference !== null && known.bankReference !== line.bankId) aliases.push({ accountId: account.id, source: known.source ?? FILE_IDS, externalId: known.bankReference, lineId: known.id })
    else if (!books && line.bankId !== null && !has(line.bankId)) aliases.push({ accountId: account.id, source, externalId: line.bankId, lineId: known.id })
  }
  return aliases
}
