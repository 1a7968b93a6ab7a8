import { formatAmount } from '../../../core/kernel/money.ts'
import { merchantKey } from '../../../core/label/merchant-name.ts'
import { foldLabel, LABEL_RULES, readLabel } from '../../../core/label/read-label.ts'
import type { LabelReading } from '../../../core/label/types.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { partySirens } from '../party/index.ts'
import { saveEnrichments } from './enrichment-store.ts'
import { aliasesOf, insertAliases, insertMerchants, merchantsBySiren, type NewMerchantRow } from './store.ts'
import type { Alias, Enrichment, Field, MerchantOfLine, ReadableLine, StoredFound } from './types.ts'

/** Parties whose names and IBANs are compared. */
const PARTIES_MAX = 20_000
/** A name that the bank cut in the middle of a word is a little less sure. */
const CUT_WORD = 0.8

type Read = { readonly line: ReadableLine; readonly reading: LabelReading; readonly key: string | null; readonly siren: string | null }
type Place = { readonly merchantId: string; readonly aliasId: string | null; readonly isCut: boolean }

const NOBODY: MerchantOfLine = { merchantId: null, aliasId: null, source: null, rule: null, confidence: null }

/** Money becomes decimal text, so that what is stored reads the same everywhere. */
function storedOf(reading: LabelReading): Enrichment['found'] {
  const { merchant: _merchant, original, ...rest } = reading
  const plain = Object.entries(rest).flatMap(([field, found]): [string, StoredFound][] => (found === null ? [] : [[field, found]]))
  const money: [string, StoredFound][] = original === null ? [] : [['original', { ...original, value: formatAmount(original.value.minor, original.value.currency), currency: original.value.currency }]]
  return Object.fromEntries([...plain, ...money]) as Partial<Record<Field, StoredFound>>
}

type Sirens = { readonly byKey: ReadonlyMap<string, string>; readonly byIban: ReadonlyMap<string, string> }

async function knownSirens(tx: TenantTx): Promise<Sirens> {
  const parties = await partySirens(tx, PARTIES_MAX)
  const keyed = parties.flatMap(({ name, siren }): [string, string][] => {
    const key = merchantKey(foldLabel(name))
    return key === null ? [] : [[key, siren]]
  })
  return { byKey: new Map(keyed), byIban: new Map(parties.flatMap(({ iban, siren }): [string, string][] => (iban === null ? [] : [[iban, siren]]))) }
}

function readOne(line: ReadableLine, sirens: Sirens): Read {
  const reading = readLabel(line)
  const key = reading.merchant === null ? null : merchantKey(foldLabel(reading.merchant.value))
  const siren = reading.siren?.value ?? (line.counterpartyIban === null ? undefined : sirens.byIban.get(line.counterpartyIban)) ?? (key === null ? undefined : sirens.byKey.get(key))
  return { line, reading, key, siren: siren ?? null }
}

/** The patterns that are known, by key: its own one, or the only one it is the cut beginning of. */
async function placesOf(tx: TenantTx, keys: readonly string[]): Promise<Map<string, Place>> {
  const candidates = Map.groupBy(await aliasesOf(tx, keys), ({ key }) => key)
  const places = new Map<string, Place>()
  for (const [key, found] of candidates) {
    const own = found.find(({ pattern }) => pattern === key)
    const merchants = new Set(found.map(({ merchantId }) => merchantId))
    if (own) places.set(key, { merchantId: own.merchantId, aliasId: own.id, isCut: false })
    else if (merchants.size === 1) places.set(key, { merchantId: found[0]!.merchantId, aliasId: found[0]!.id, isCut: true })
  }
  return places
}

/** Makes the merchants nobody knows yet. A whole name comes before its cut forms, and one SIREN is one merchant. */
async function makeMissing(tx: TenantTx, reads: readonly Read[], places: Map<string, Place>): Promise<void> {
  const missing = reads.filter(({ key }) => key !== null && !places.has(key)).sort((a, b) => b.key!.length - a.key!.length || (a.key! < b.key! ? -1 : 1))
  const bySiren = await merchantsBySiren(tx, missing.flatMap(({ siren }) => siren ?? []))
  const merchants: NewMerchantRow[] = []
  const aliases: Alias[] = []
  for (const { key, siren, reading } of missing) {
    if (key === null || places.has(key)) continue
    const longer = key.length < 5 ? [] : aliases.filter(({ pattern }) => pattern.startsWith(key) && pattern[key.length] !== ' ')
    if (longer.length > 0 && new Set(longer.map(({ merchantId }) => merchantId)).size === 1) {
      places.set(key, { merchantId: longer[0]!.merchantId, aliasId: longer[0]!.id, isCut: true })
      continue
    }
    const known = siren === null ? undefined : bySiren.get(siren)
    const id = known ?? uuidv7()
    if (known === undefined) merchants.push({ id, name: reading.merchant!.value, folded: foldLabel(reading.merchant!.value), siren, madeBy: 'rule' })
    if (siren !== null) bySiren.set(siren, id)
    const alias: Alias = { id: uuidv7(), merchantId: id, pattern: key, madeBy: 'rule' }
    aliases.push(alias)
    places.set(key, { merchantId: id, aliasId: alias.id, isCut: false })
  }
  await insertMerchants(tx, merchants)
  await insertAliases(tx, aliases)
}

function merchantOf({ key, reading }: Read, places: ReadonlyMap<string, Place>): MerchantOfLine {
  const place = key === null ? undefined : places.get(key)
  if (!place || !reading.merchant) return NOBODY
  const { rule, confidence } = reading.merchant
  return { merchantId: place.merchantId, aliasId: place.aliasId, source: rule === null ? 'bank' : 'rule', rule, confidence: place.isCut ? confidence * CUT_WORD : confidence }
}

/** Reads the labels of lines and finds their merchants, making those that are missing. Nothing is stored of the lines; call `lockMerchants` first. */
async function readAll(tx: TenantTx, lines: readonly ReadableLine[]): Promise<Enrichment[]> {
  const sirens = await knownSirens(tx)
  const reads = lines.map((line) => readOne(line, sirens))
  const places = await placesOf(tx, [...new Set(reads.flatMap(({ key }) => key ?? []))])
  await makeMissing(tx, reads.filter(({ line }) => !line.isPlaced), places)
  return reads.map((read) => ({ lineId: read.line.id, rules: LABEL_RULES, found: storedOf(read.reading), ...merchantOf(read, places) }))
}

/** Reads lines and keeps what they say. What a person gave stays. Call `lockMerchants` first. */
export async function enrich(tx: TenantTx, lines: readonly ReadableLine[]): Promise<void> {
  if (lines.length > 0) await saveEnrichments(tx, await readAll(tx, lines))
}

/** What the rules say of the merchant of one line, whoever gave it one. Call `lockMerchants` first. */
export async function ruledMerchant(tx: TenantTx, line: ReadableLine): Promise<MerchantOfLine> {
  const [enrichment] = await readAll(tx, [{ ...line, isPlaced: false }])
  return enrichment ?? NOBODY
}
