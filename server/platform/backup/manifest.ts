import type { Static } from 'typebox'
import Type from 'typebox'
import { Check } from 'typebox/value'

/** Why a backup was made. */
export const REASONS = ['manual', 'daily', 'migration'] as const
export type BackupReason = typeof REASONS[number]

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** The books of one company, in the smallest unit of its currency. */
const CompanyFigures = Type.Object({
  id: Type.String(), name: Type.String(), currency: Type.String(),
  entries: Type.Integer(), lines: Type.Integer(), debit: Type.String(), credit: Type.String(),
  /** Of the balance account by account: `account:debit:credit` lines, in the order of the accounts. */
  balanceSha256: Sha256,
  auditRows: Type.Integer(),
})
export type CompanyFigures = Static<typeof CompanyFigures>

/** What a database holds, as far as a restored copy must agree. */
export const Figures = Type.Object({
  migrations: Type.Array(Type.Object({ name: Type.String(), sha256: Sha256 })),
  tables: Type.Record(Type.String(), Type.Integer()),
  companies: Type.Array(CompanyFigures),
})
export type Figures = Static<typeof Figures>

const Manifest = Type.Object({
  format: Type.Literal(1),
  version: Type.String(),
  engine: Type.Union([Type.Literal('embedded'), Type.Literal('postgres')]),
  engineVersion: Type.String(),
  environment: Type.String(),
  at: Type.String(),
  reason: Type.Unsafe<BackupReason>({ type: 'string', enum: [...REASONS] }),
  figures: Figures,
  parts: Type.Array(Type.Object({ name: Type.String(), size: Type.Integer(), sha256: Sha256 })),
})

/** The first entry of a backup: where it comes from, and what must be found in it. */
export type Manifest = Static<typeof Manifest>

/** Reads the text of a manifest; undefined when it is not one that this version knows. */
export function readManifest(text: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Check(Manifest, value) ? value as Manifest : undefined
  } catch {
    return undefined
  }
}

/** Where two readings of the same books differ, as short paths; empty when they agree. */
export function differences(expected: Figures, found: Figures): string[] {
  const wrong: string[] = []
  const names = (figures: Figures) => figures.migrations.map(({ name, sha256 }) => `${name} ${sha256}`).join('\n')
  if (names(expected) !== names(found)) wrong.push('migrations')
  for (const table of new Set([...Object.keys(expected.tables), ...Object.keys(found.tables)])) {
    if (expected.tables[table] !== found.tables[table]) wrong.push(`${table}: ${expected.tables[table] ?? 'absent'} / ${found.tables[table] ?? 'absent'}`)
  }
  const others = new Map(found.companies.map((company) => [company.id, company]))
  for (const company of expected.companies) {
    const other = others.get(company.id)
    for (const key of Object.keys(company) as (keyof CompanyFigures)[]) {
      if (other?.[key] !== company[key]) wrong.push(`${company.name}, ${key}: ${company[key]} / ${other?.[key] ?? 'absent'}`)
    }
  }
  if (expected.companies.length !== found.companies.length) wrong.push(`companies: ${expected.companies.length} / ${found.companies.length}`)
  return wrong
}
