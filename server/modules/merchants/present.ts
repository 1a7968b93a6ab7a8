import type { LineEnrichment, Merchant as MerchantJson, MerchantChange, MerchantDetail, Provenance } from '../../../contract/merchants.ts'
import type { Locale } from '../../../core/kernel/problem.ts'
import { money, toJson } from '../../../core/kernel/money.ts'
import type { LineReading } from './line-merchant.ts'
import type { MerchantWhole } from './merchants.ts'
import type { ChangeView, EnrichmentView, GivenField, MerchantView, StoredFound } from './types.ts'

export function presentMerchant({ id, name, siren, madeBy, version, createdAt, lineCount, firstOn, lastOn, totals }: MerchantView): MerchantJson {
  return { id, name, siren, madeBy, version, createdAt, lineCount, firstOn, lastOn, totals: totals.map(toJson) }
}

function textOf({ kind, before }: ChangeView, locale: Locale): string {
  const others = before.others.join(', ')
  switch (kind) {
    case 'rename':
      if (before.name === before.to) return locale === 'fr' ? 'SIREN changé' : 'SIREN changed'
      return locale === 'fr' ? `« ${before.name} » renommé « ${before.to} »` : `"${before.name}" renamed "${before.to}"`
    case 'merge': return locale === 'fr' ? `${others} : fusion dans ${before.to}` : `${others} merged into ${before.to}`
    case 'split': return locale === 'fr' ? `${before.to} séparé de ${before.name}` : `${before.to} split from ${before.name}`
  }
}

function presentChange(change: ChangeView, locale: Locale): MerchantChange {
  return { id: change.id, kind: change.kind, at: change.at, by: change.actor, text: textOf(change, locale), undoneAt: change.undoneAt, mayUndo: change.mayUndo }
}

export function presentWhole({ merchant, aliases, changes }: MerchantWhole, locale: Locale): MerchantDetail {
  return {
    ...presentMerchant(merchant),
    aliases: aliases.map(({ id, pattern, madeBy, lineCount }) => ({ id, pattern, madeBy, lineCount })),
    changes: changes.map((change) => presentChange(change, locale)),
  }
}

const MANUAL: Provenance = { source: 'manual', rule: null, confidence: 1 }

function provenanceOf({ rule, confidence }: StoredFound): Provenance {
  return { source: rule === null ? 'bank' : 'rule', rule, confidence }
}

/** What a person gave goes before what was read. */
function valueOf(enrichment: EnrichmentView | null, field: GivenField): ({ value: string } & Provenance) | null {
  const given = enrichment?.given[field]
  if (given !== undefined) return { value: given, ...MANUAL }
  const found = enrichment?.found[field]
  return found === undefined ? null : { value: found.value, ...provenanceOf(found) }
}

function readOf(enrichment: EnrichmentView | null, field: 'mandate' | 'creditorId' | 'siren'): ({ value: string } & Provenance) | null {
  const found = enrichment?.found[field]
  return found === undefined ? null : { value: found.value, ...provenanceOf(found) }
}

function merchantOf(enrichment: EnrichmentView | null): LineEnrichment['clean']['merchant'] {
  if (!enrichment || enrichment.merchantId === null || enrichment.source === null) return null
  return { id: enrichment.merchantId, name: enrichment.merchantName ?? '', siren: enrichment.merchantSiren, source: enrichment.source, rule: enrichment.rule, confidence: enrichment.confidence ?? 1 }
}

export function presentEnrichment({ line, enrichment }: LineReading): LineEnrichment {
  const original = enrichment?.found.original
  return {
    lineId: line.id,
    raw: { label: line.label, reference: line.reference, counterpartyName: line.counterpartyName, counterpartyIban: line.counterpartyIban, bookedOn: line.bookedOn, amount: toJson(money(line.amount, line.currency)) },
    clean: {
      merchant: merchantOf(enrichment),
      counterparty: valueOf(enrichment, 'counterparty'),
      method: valueOf(enrichment, 'method') as LineEnrichment['clean']['method'],
      place: valueOf(enrichment, 'place'),
      cardDate: valueOf(enrichment, 'cardDate'),
      original: original?.currency === undefined ? null : { value: { amount: original.value, currency: original.currency }, ...provenanceOf(original) },
      mandate: readOf(enrichment, 'mandate'),
      creditorId: readOf(enrichment, 'creditorId'),
      reference: valueOf(enrichment, 'reference'),
      siren: readOf(enrichment, 'siren'),
    },
    enrichedAt: enrichment?.enrichedAt ?? null,
  }
}
