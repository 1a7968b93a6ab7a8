import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, visitorKeys } from 'oxc-parser'

/** One thing to mend. A warning is listed and does not fail the run. */
export type Finding = { readonly file: string; readonly line: number; readonly rule: string; readonly say: string; readonly warning?: true }

/** A node of the syntax tree; `oxc-parser` gives ESTree with TypeScript. */
export type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [field: string]: unknown }

export type Import = { readonly from: string; readonly line: number; readonly typeOnly: boolean; readonly lazy: boolean }

/** A parsed file. Paths are relative to the root, with slashes. */
export type Source = {
  readonly file: string
  readonly text: string
  readonly program: Node
  readonly imports: readonly Import[]
  readonly comments: readonly { readonly text: string; readonly start: number; readonly end: number }[]
  readonly isTest: boolean
  readonly lineOf: (offset: number) => number
}

export type Project = {
  readonly root: string
  /** Every file of the project that is not generated, relative to the root. */
  readonly files: readonly string[]
  readonly sources: readonly Source[]
  readonly read: (file: string) => string
}

const SKIPPED = new Set(['node_modules', '.git', 'dist', '.types', 'data', 'coverage'])
const PARSED = /\.(ts|tsx|mjs)$/

function list(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : list(root, path)
    return entry.isFile() ? [path] : []
  })
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** The nodes directly under a node, in reading order. */
export function childrenOf(node: Node): Node[] {
  return (visitorKeys[node.type] ?? []).flatMap((key) => {
    const child = node[key]
    return Array.isArray(child) ? child.filter(isNode) : isNode(child) ? [child] : []
  })
}

/** Visits every node with the nodes above it, nearest last. */
export function walk(program: Node, visit: (node: Node, above: readonly Node[]) => void): void {
  const above: Node[] = []
  const step = (node: Node): void => {
    visit(node, above)
    above.push(node)
    for (const child of childrenOf(node)) step(child)
    above.pop()
  }
  step(program)
}

/** The name of an identifier or the text of a string; undefined for any other node. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Identifier' || node.type === 'JSXIdentifier') return String(node['name'])
  return node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined
}

function lineIndex(text: string): (offset: number) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
}

function isTypeOnly(statement: Node): boolean {
  if (statement['importKind'] === 'type' || statement['exportKind'] === 'type') return true
  const specifiers = statement['specifiers']
  return Array.isArray(specifiers) && specifiers.length > 0 && specifiers.every((s: Node) => s['importKind'] === 'type' || s['exportKind'] === 'type')
}

function importsOf(program: Node, lineOf: (offset: number) => number): Import[] {
  const found: Import[] = []
  walk(program, (node) => {
    const from = nameOf(node['source'])
    if (from === undefined || !/^(ImportDeclaration|ExportNamedDeclaration|ExportAllDeclaration|ImportExpression)$/.test(node.type)) return
    found.push({ from, line: lineOf(node.start), typeOnly: isTypeOnly(node), lazy: node.type === 'ImportExpression' })
  })
  return found
}

/** Parses one file; a syntax error throws, for the type checker tells it better. */
export function parse(file: string, text: string): Source {
  const { program, comments, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message ?? 'cannot be parsed'}`)
  const tree = program as unknown as Node
  const lineOf = lineIndex(text)
  return {
    file, text, program: tree, lineOf, imports: importsOf(tree, lineOf),
    comments: comments.map((c) => ({ text: c.value, start: c.start, end: c.end })),
    isTest: /\.test\.tsx?$/.test(file) || /^(tests|bench)\//.test(file),
  }
}

/** Reads and parses a whole project. */
export function openProject(root: string): Project {
  const files = list(root, '').sort()
  const cache = new Map<string, string>()
  const read = (file: string): string => {
    const text = cache.get(file) ?? readFileSync(join(root, file), 'utf8')
    cache.set(file, text)
    return text
  }
  return { root, files, read, sources: files.filter((file) => PARSED.test(file)).map((file) => parse(file, read(file))) }
}

/** A project held in memory, for the tests of the rules. */
export function projectOf(texts: Readonly<Record<string, string>>): Project {
  const files = Object.keys(texts).sort()
  const read = (file: string): string => texts[file] ?? ''
  return { root: '/', files, read, sources: files.filter((file) => PARSED.test(file)).map((file) => parse(file, read(file))) }
}
