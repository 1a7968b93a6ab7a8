import { describe, expect, it } from 'vitest'
import { excuse } from './tidy/exceptions.ts'
import { migrations, seal, SEALS } from './tidy/migrations.ts'
import { moneyFloats, purity } from './tidy/pure.ts'
import { ownership, tableOwners, useCases } from './tidy/server.ts'
import { projectOf, type Finding, type Project } from './tidy/source.ts'
import { docstrings, style } from './tidy/style.ts'
import { cycles, walls } from './tidy/walls.ts'
import { FORBIDDEN, forbiddenWords, screenStrings } from './tidy/words.ts'

type Rule = (project: Project) => Finding[]
const lines = (text: string, count: number): string => Array.from({ length: count }, () => text).join('\n')

/** Findings as `file:line rule`, which is what a person goes to. */
function found(rule: Rule, texts: Readonly<Record<string, string>>): string[] {
  return rule(projectOf(texts)).map(({ file, line, rule: name }) => `${file}:${line} ${name}`)
}

describe('the walls', () => {
  it.each([
    ['core/a.ts', "import { b } from '../formats/b.ts'"],
    ['core/a.ts', "import Type from 'typebox'"],
    ['core/a.ts', "import { join } from 'node:path'"],
    ['core/a.ts', "export * from '../server/platform/x.ts'"],
    ['core/a.ts', "export const a = () => import('../formats/b.ts')"],
    ['formats/a.ts', "import { b } from '../contract/b.ts'"],
    ['formats/a.ts', "import pg from 'pg'"],
    ['contract/a.ts', "import { money } from '../core/kernel/money.ts'"],
    ['connectors/bank/a.ts', "import { b } from '../mail/client.ts'"],
    ['server/platform/a.ts', "import { b } from '../modules/ledger/index.ts'"],
    ['server/platform/a.ts', "import { b } from '../../core/ledger/entry.ts'"],
    ['server/modules/ledger/a.ts', "import { b } from '../invoicing/index.ts'"],
    ['server/modules/invoicing/a.ts', "import { b } from '../ledger/store.ts'"],
    ['server/modules/invoicing/a.ts', "import { b } from '../../entry/http.ts'"],
    ['server/modules/unheard/a.ts', "import { b } from '../ledger/index.ts'"],
    ['web/ui/a.tsx', "import { b } from '../features/bank/b.tsx'"],
    ['web/features/bank/a.tsx', "import { b } from '../ledger/b.tsx'"],
    ['web/app/a.tsx', "import { b } from '../../server/platform/b.ts'"],
  ])('refuse in %s: %s', (file, text) => {
    expect(found(walls, { [file]: text })).toEqual([`${file}:1 import-wall`])
  })

  it.each([
    ['core/a.ts', "import { b } from './kernel/b.ts'"],
    ['core/a.test.ts', "import { it } from 'vitest'\nimport { b } from '../formats/b.ts'"],
    ['formats/a.ts', "import iconv from 'iconv-lite'\nimport { b } from '../core/kernel/b.ts'"],
    ['contract/a.ts', "import Type from 'typebox'\nimport type { Money } from '../core/kernel/money.ts'\nimport { type Id } from '../core/kernel/id.ts'"],
    ['connectors/bank/a.ts', "import { b } from './client.ts'\nimport type { Port } from '../port.ts'"],
    ['connectors/registry.ts', "import { b } from './bank/index.ts'"],
    ['server/platform/a.ts', "import pg from 'pg'\nimport { b } from '../../core/kernel/b.ts'\nimport type { Port } from '../../connectors/port.ts'"],
    ['server/modules/invoicing/a.ts', "import { b } from '../ledger/index.ts'\nimport { c } from './store.ts'\nimport { d } from '../../platform/db/db.ts'"],
    ['server/entry/http.ts', "import { b } from '../modules/ledger/routes.ts'\nimport { c } from '../../connectors/registry.ts'"],
    ['web/features/bank/a.tsx', "import { b } from './b.tsx'\nimport { c } from '../../ui/c.tsx'"],
    ['web/app/a.tsx', "import { b } from '../features/bank/b.tsx'"],
    ['tools/a.ts', "import { b } from '../server/modules/ledger/store.ts'"],
  ])('let %s import what it may', (file, text) => {
    expect(walls(projectOf({ [file]: text }))).toEqual([])
  })
})

describe('cycles', () => {
  it('are named with the whole way round', () => {
    const [cycle] = cycles(projectOf({ 'core/a.ts': "import './b.ts'", 'core/b.ts': "\nexport { c } from './c.ts'", 'core/c.ts': "import { a } from './a.ts'" }))
    expect(cycle).toMatchObject({ file: 'core/c.ts', line: 1 })
    expect(cycle?.say).toContain('core/a.ts -> core/b.ts -> core/c.ts -> core/a.ts')
  })

  it('are not made by types, which are erased, nor by lazy imports, which wait', () => {
    expect(cycles(projectOf({ 'core/a.ts': "import type { B } from './b.ts'", 'core/b.ts': "import './a.ts'", 'x/c.ts': "export const d = () => import('./d.ts')", 'x/d.ts': "import './c.ts'" }))).toEqual([])
  })
})

describe('style', () => {
  it.each([
    ['any', 'export const a = (b: any): void => {}'], ['enum', 'export enum A { B }'], ['namespace', 'namespace A { export const b = 1 }'], ['default-export', 'export default 1'],
    ['class', 'export class Ledger {}'], ['decorator', '@sealed class LedgerError {}'], ['arguments', 'export function a(b: 1, c: 2, d: 3, e: 4): void {}'],
  ])('refuses: %s', (rule, text) => {
    expect(found(style, { 'core/a.ts': text })).toEqual([`core/a.ts:1 ${rule}`])
  })

  it('accepts an error class, a client class, and a configuration file that exports by default', () => {
    expect(style(projectOf({ 'core/a.ts': 'export class Refusal extends Error {}\nexport class MailClient {}\nexport class Locked extends Error {}', 'vite.config.ts': 'export default {}' }))).toEqual([])
  })

  it('measures functions at 70 lines and files at 600, and only warns over 300', () => {
    const fn = (count: number) => `export function a(): void {\n${lines('  b()', count - 2)}\n}\n`
    expect(style(projectOf({ 'x/a.ts': fn(70) }))).toEqual([])
    expect(found(style, { 'x/a.ts': fn(71) })).toEqual(['x/a.ts:1 function-size'])
    expect(style(projectOf({ 'x/a.ts': lines('b()', 300) }))).toEqual([])
    expect(style(projectOf({ 'x/a.ts': lines('b()', 301) }))).toMatchObject([{ rule: 'file-size', warning: true }])
    expect(style(projectOf({ 'client/a.ts': `// Generated by tools/client.ts from a document.\n${lines('b()', 700)}` }))).toEqual([])
    expect(style(projectOf({ 'x/a.ts': `${lines('b()', 601)}\n` }))[0]).not.toHaveProperty('warning')
  })

  it('wants file names in kebab-case', () => {
    expect(found(style, { 'x/FecCheck.ts': '', 'x/fec-check.test.ts': '', 'vite.config.ts': '' })).toEqual(['x/FecCheck.ts:1 file-name'])
  })

  it('wants a docstring on what core exports, and on nothing else', () => {
    const text = '/** Says it. */\nexport function a(): void {}\nexport function b(): void {}\n// not a docstring\nexport const c = (): void => {}\nfunction d(): void {}'
    expect(found(docstrings, { 'core/a.ts': text, 'core/a.test.ts': text, 'formats/a.ts': text })).toEqual(['core/a.ts:3 docstring', 'core/a.ts:5 docstring'])
  })
})

describe('purity', () => {
  it.each(['new Date()', 'Date.now()', 'Math.random()', 'new Intl.NumberFormat("fr")', 'async () => {}', '(x: Promise<void>) => x', 'process.env', 'console.log(1)', '(5).toLocaleString()', "'a'.localeCompare('b')"])('refuses %s in the pure folders and nowhere else', (expression) => {
    const text = `export const a = ${expression}`
    expect(found(purity, { 'core/a.ts': text, 'formats/a.ts': text, 'contract/a.ts': text, 'server/a.ts': text, 'core/a.test.ts': text })).toEqual(['contract/a.ts:1 pure', 'core/a.ts:1 pure', 'formats/a.ts:1 pure'])
  })

  it('does not take a field called Date for the clock', () => {
    expect(purity(projectOf({ 'core/a.ts': "export const a = { Date: 1 }.Date + b.process + 'Date.now()'.length" }))).toEqual([])
  })

  it.each(['parseFloat(text)', 'Number(line.amount)', '+debit', 'Number.parseFloat(x)', 'total.toFixed(2)'])('refuses the float %s where money is decided', (expression) => {
    expect(found(moneyFloats, { 'core/ledger/a.ts': `export const a = ${expression}` })).toEqual(['core/ledger/a.ts:1 money-float'])
  })

  it('lets numbers that are not money be numbers', () => {
    expect(moneyFloats(projectOf({ 'core/a.ts': 'export const a = Number(year) + +index + score.toFixed(2).length', 'web/a.ts': 'export const b = Number(amount)' }))).toEqual([])
  })
})

describe('the server', () => {
  const migration = { 'server/migrations/0005_ledger_create_books.sql': "create table app.entry (\n  tenant_id uuid not null,\n  id uuid,\n  primary key (tenant_id, id)\n);\nselect app.protect('entry');\n" }

  it('wants authorize() first in a use-case, and only there', () => {
    const file = 'server/modules/ledger/post.ts'
    expect(found(useCases, { [file]: 'export async function post(ctx: Ctx, input: Input) { const tx = 1; authorize(ctx, "ledger.post") }' })).toEqual([`${file}:1 authorize`])
    expect(found(useCases, { [file]: 'export async function post(ctx: Ctx) { defer(() => authorize(ctx, "ledger.post")) }' })).toEqual([`${file}:1 authorize`])
    expect(found(useCases, { [file]: 'export async function post(app: App, ctx: Context) { return app.db.tenant(ctx, work) }' })).toEqual([`${file}:1 authorize`])
    expect(useCases(projectOf({
      [file]: 'export async function post(ctx: Ctx) { await authorize(ctx, "ledger.post"); return 1 }\nexport const read = (ctx: Ctx) => authorize(ctx, "ledger.read")\nexport function helper(tx: Tx, ctx: Ctx) {}\nfunction inner(ctx: Ctx) {}',
      'server/modules/ledger/store.ts': 'export function load(ctx: Ctx) {}', 'server/platform/x.ts': 'export function f(ctx: Ctx) {}',
    }))).toEqual([])
  })

  it('reads the owner of a table in the name of its migration', () => {
    expect([...tableOwners(projectOf(migration))]).toEqual([['entry', 'ledger']])
  })

  it.each(['sql(`insert into app.entry (id) values ($1)`)', "sql('update app.entry set id = 1')", 'sql(`delete from\n app.entry where tenant_id = ${id}`)', "k.insertInto('app.entry')", "k.updateTable('entry')"])('keeps writing in its owner\'s store: %s', (expression) => {
    const text = `export const a = ${expression}`
    expect(found(ownership, { ...migration, 'server/modules/ledger/store.ts': text, 'server/modules/ledger/store-entry.ts': text, 'server/modules/ledger/books-store.ts': text, 'server/modules/ledger/store.test.ts': text, 'server/modules/ledger/post.ts': text, 'server/modules/banking/store.ts': text, 'tests/a.ts': text }))
      .toEqual(['server/modules/banking/store.ts:1 table-owner', 'server/modules/ledger/post.ts:1 table-owner'])
  })

  it('lets everybody read, and does not take an English sentence for SQL', () => {
    expect(ownership(projectOf({ ...migration, 'server/modules/banking/store.ts': "export const a = ['select id from app.entry for update', 'please update the entry']" }))).toEqual([])
  })

  it('wants a migration to carry the tenant and protect each table', () => {
    const sql = 'create table app.bare (\n  id uuid primary key\n);\n'
    expect(migrations(projectOf({ 'server/migrations/0001_ledger_bare.sql': sql })).filter((f) => f.line === 1).map((f) => f.say.slice(0, 34))).toEqual([
      'not sealed yet: run node tools/tidy', 'app.bare has no tenant_id: every ro', 'app.bare is not protected: add sele', 'the primary key of app.bare must st',
    ].map((text) => text.slice(0, 34)))
  })

  it('refuses a second migration of one number and a name without its module', () => {
    const project = projectOf({ 'server/migrations/0001_ledger_a.sql': '', 'server/migrations/0001_ledger_b.sql': '', 'server/migrations/2-books.sql': '' })
    const sealed = projectOf({ ...Object.fromEntries(project.files.map((file) => [file, project.read(file)])), [SEALS]: seal(project) })
    expect(migrations(sealed).map((f) => f.file)).toEqual(['server/migrations/0001_ledger_b.sql', 'server/migrations/2-books.sql'])
  })

  it('refuses to change or remove a sealed migration, and sealing again does not hide it', () => {
    const sealed = { ...migration, [SEALS]: seal(projectOf(migration)) }
    expect(migrations(projectOf(sealed))).toEqual([])
    const edited = { ...sealed, 'server/migrations/0005_ledger_create_books.sql': `${migration['server/migrations/0005_ledger_create_books.sql']}-- edited\n` }
    expect(migrations(projectOf(edited)).map((f) => f.say)).toEqual(['a sealed migration was edited: put it back and write a new one'])
    expect(seal(projectOf(edited))).toBe(sealed[SEALS])
    expect(migrations(projectOf({ [SEALS]: sealed[SEALS] }))).toHaveLength(1)
  })
})

describe('words', () => {
  it.each(['<p>Bonjour</p>', "<p>{'Bonjour'}</p>", '<input placeholder="Rechercher" />', '<button aria-label="Fermer" />'])('wants %s to be translated', (element) => {
    expect(found(screenStrings, { 'web/a.tsx': `export const A = () => ${element}` })).toEqual(['web/a.tsx:1 i18n'])
  })

  it('accepts translated text, signs, keys and names', () => {
    expect(screenStrings(projectOf({ 'web/a.tsx': 'export const A = () => <div className="box"><Trans>Bonjour <b>vous</b></Trans><kbd>j</kbd> · 12 % <b>Quittance</b><i title={t`Fermer`}>{a}</i></div>', 'web/a.test.tsx': 'export const A = () => <p>Bonjour</p>' }))).toEqual([])
  })

  it('finds a forbidden word as a whole word, in any case, and lets the list be empty or absent', () => {
    const page = { 'docs/a.md': 'fine\nA Widget.\nwidgetry' }
    expect(forbiddenWords(projectOf(page))).toEqual([])
    expect(forbiddenWords(projectOf({ ...page, [FORBIDDEN]: '# nothing yet\n' }))).toEqual([])
    expect(found(forbiddenWords, { ...page, [FORBIDDEN]: 'widget\n' })).toEqual(['docs/a.md:2 forbidden-word'])
  })
})

describe('exceptions', () => {
  const excused = (text: string) => {
    const project = projectOf({ 'core/a.ts': text })
    return excuse(project, purity(project))
  }

  it('excuse one rule on their line or the next, with a date and a reason, and are counted', () => {
    expect(excused('// tidy-allow pure 2026-11-21: the reason\nexport const a = Date.now()')).toEqual({ left: [], used: 1 })
    expect(excused('export const a = Date.now() // tidy-allow pure 2026-11-21: the reason')).toEqual({ left: [], used: 1 })
    expect(excused('// tidy-allow any 2026-11-21: another rule\nexport const a = Date.now()').left.map((f) => f.rule)).toEqual(['pure', 'exception'])
  })

  it('are findings themselves when they excuse nothing, or lack their date or reason', () => {
    expect(excused('// tidy-allow pure 2026-11-21: no more needed').left.map((f) => f.rule)).toEqual(['exception'])
    expect(excused('// tidy-allow pure: undated\nexport const a = Date.now()').left.map((f) => f.rule)).toEqual(['pure', 'exception'])
  })
})
