import { nameOf, walk, type Finding, type Node, type Project, type Source } from './source.ts'

const PURE = /^(core|formats|contract)\//
const GLOBALS: Readonly<Record<string, string>> = {
  Date: 'take the day as a parameter (LocalDate)', Intl: 'write the format out: its result changes with the machine', Promise: 'stay synchronous and let the caller wait',
  process: 'take it as a parameter', console: 'return a problem', fetch: 'let a connector fetch', performance: 'take the instant as a parameter', crypto: 'take the identifier or the digest as a parameter',
  setTimeout: 'stay synchronous', setInterval: 'stay synchronous', setImmediate: 'stay synchronous', queueMicrotask: 'stay synchronous',
}
const LOCALE_METHODS = /^(toLocaleString|toLocaleDateString|toLocaleTimeString|toLocaleUpperCase|toLocaleLowerCase|localeCompare)$/

/** Names that hold money, in a folder where money is decided. */
const MONEY_NAME = /(amount|minor|debit|credit|balance|total|price|montant|solde)/i
const MONEY_FOLDER = /^(core|formats|contract|server\/modules)\//

/** The global that a node uses by its name, as a value or a type. */
function globalOf(node: Node): string | undefined {
  switch (node.type) {
    case 'NewExpression': case 'CallExpression': return nameOf(node['callee'])
    case 'MemberExpression': return nameOf(node['object'])
    case 'TSTypeReference': return nameOf(node['typeName'])
    default: return undefined
  }
}

function isMathRandom(node: Node): boolean {
  return node.type === 'MemberExpression' && nameOf(node['object']) === 'Math' && nameOf(node['property']) === 'random'
}

function impurity(node: Node): string | undefined {
  const name = node.type === 'MemberExpression' && node['object'] && (node['object'] as Node).type === 'Literal' ? undefined : globalOf(node)
  if (name && Object.hasOwn(GLOBALS, name)) return `no ${name} here: ${GLOBALS[name]}`
  if (isMathRandom(node)) return 'no Math.random here: take a seeded generator as a parameter'
  if (node['async'] === true || node.type === 'AwaitExpression') return 'no async here: stay synchronous and let the caller wait'
  const method = node.type === 'MemberExpression' ? nameOf(node['property']) : undefined
  if (method && LOCALE_METHODS.test(method)) return `no ${method} here: its result changes with the machine`
  return undefined
}

/** The pure folders have no clock, chance, locale, I/O or waiting. */
export function purity(project: Project): Finding[] {
  return project.sources.filter((source) => PURE.test(source.file) && !source.isTest).flatMap((source) => {
    const found = new Map<number, Finding>()
    walk(source.program, (node) => {
      const say = impurity(node)
      const line = source.lineOf(node.start)
      if (say && !found.has(line)) found.set(line, { file: source.file, line, rule: 'pure', say })
    })
    return [...found.values()]
  })
}

function textOf(source: Source, node: unknown): string {
  const { start, end } = node as Node
  return source.text.slice(start, end)
}

function floatCall(node: Node, source: Source): string | undefined {
  if (node.type === 'UnaryExpression' && node['operator'] === '+' && MONEY_NAME.test(textOf(source, node['argument']))) return 'a unary + makes a float of money: use parseAmount or BigInt'
  if (node.type !== 'CallExpression') return undefined
  const callee = textOf(source, node['callee'])
  const given = (node['arguments'] as readonly Node[])[0]
  if (/^(Number\.)?parseFloat$/.test(callee)) return 'parseFloat loses cents and reads half a text: use parseAmount'
  if (callee === 'Number' && given && MONEY_NAME.test(textOf(source, given))) return 'Number() makes a float of money: keep minor units in a bigint'
  if (callee.endsWith('.toFixed') && MONEY_NAME.test(callee)) return 'toFixed rounds a float: use formatAmount on minor units'
  return undefined
}

/** Money never becomes a float. */
export function moneyFloats(project: Project): Finding[] {
  return project.sources.filter((source) => MONEY_FOLDER.test(source.file) && !source.isTest).flatMap((source) => {
    const findings: Finding[] = []
    walk(source.program, (node) => {
      const say = floatCall(node, source)
      if (say) findings.push({ file: source.file, line: source.lineOf(node.start), rule: 'money-float', say })
    })
    return findings
  })
}
