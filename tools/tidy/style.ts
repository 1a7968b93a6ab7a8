import { nameOf, walk, type Finding, type Node, type Project, type Source } from './source.ts'

const FILE_LINES_MAX = 600
const FILE_LINES_WISHED = 300
const FUNCTION_LINES_MAX = 70
const ARGUMENTS_MAX = 3
const FILE_NAME = /^(\.?[a-z0-9]+(-[a-z0-9]+)*)(\.[a-z0-9]+(-[a-z0-9]+)*)*$/
/** Tools that read a default export from their configuration file. */
const CONFIGURATION = /(^|\/)[a-z.]+\.config\.ts$|\.d\.ts$/
const CLASS_NAME = /(Error|Refusal|Client|Boundary)$/

type Report = (node: Node, rule: string, say: string) => void
type Check = (node: Node, source: Source, report: Report) => void

const isFunction = (node: Node): boolean => /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)

function checkFunction(node: Node, source: Source, report: Report): void {
  if (!isFunction(node)) return
  const lines = source.lineOf(node.end) - source.lineOf(node.start) + 1
  if (lines > FUNCTION_LINES_MAX && !source.isTest) report(node, 'function-size', `${lines} lines: split it, a function fits one screen (${FUNCTION_LINES_MAX} lines)`)
  const parameters = Array.isArray(node['params']) ? node['params'].filter((p: Node) => nameOf(p) !== 'this').length : 0
  // A test told by a table takes one parameter per column.
  if (parameters > ARGUMENTS_MAX && !source.isTest) report(node, 'arguments', `${parameters} positional arguments: keep ${ARGUMENTS_MAX} at most and group the others in an object`)
}

function checkForms(node: Node, source: Source, report: Report): void {
  switch (node.type) {
    case 'TSAnyKeyword': report(node, 'any', 'name the type, or take unknown and narrow it'); break
    case 'TSEnumDeclaration': report(node, 'enum', 'write a union of strings'); break
    case 'TSModuleDeclaration':
      if (node['declare'] !== true && !source.file.endsWith('.d.ts')) report(node, 'namespace', 'write a module')
      break
    case 'Decorator': report(node, 'decorator', 'call a function'); break
    case 'ExportDefaultDeclaration':
      if (!CONFIGURATION.test(source.file)) report(node, 'default-export', 'export it by its name')
      break
    case 'ClassDeclaration': case 'ClassExpression':
      if (![node['id'], node['superClass']].some((one) => CLASS_NAME.test(nameOf(one) ?? '')) && !source.isTest) report(node, 'class', 'write functions over data: classes are for errors and clients')
      break
    default:
  }
}

const CHECKS: readonly Check[] = [checkFunction, checkForms]

/** Sizes, positional arguments, and the forms of TypeScript that the project does without. */
export function style(project: Project): Finding[] {
  return project.sources.flatMap((source) => {
    const findings: Finding[] = []
    const report: Report = (node, rule, say) => { findings.push({ file: source.file, line: source.lineOf(node.start), rule, say }) }
    walk(source.program, (node) => { for (const check of CHECKS) check(node, source, report) })
    const lines = source.text.split('\n').length - (source.text.endsWith('\n') ? 1 : 0)
    if (lines > FILE_LINES_MAX) findings.push({ file: source.file, line: 1, rule: 'file-size', say: `${lines} lines: split it, a file has ${FILE_LINES_MAX} at most` })
    else if (lines > FILE_LINES_WISHED) findings.push({ file: source.file, line: 1, rule: 'file-size', say: `${lines} lines, over ${FILE_LINES_WISHED}: look for the two files in it`, warning: true })
    const name = source.file.split('/').at(-1) ?? ''
    if (!FILE_NAME.test(name)) findings.push({ file: source.file, line: 1, rule: 'file-name', say: 'name the file in kebab-case' })
    return findings
  })
}

/** Exported functions of a file: declared as such, or constants that hold one. */
export function exportedFunctions(source: Source): { readonly name: string; readonly statement: Node; readonly fn: Node }[] {
  const body = source.program['body'] as readonly Node[]
  return body.filter((node) => node.type === 'ExportNamedDeclaration').flatMap((statement) => {
    const declared = statement['declaration'] as Node | null
    if (declared?.type === 'FunctionDeclaration') return [{ name: nameOf(declared['id']) ?? '', statement, fn: declared }]
    if (declared?.type !== 'VariableDeclaration') return []
    return (declared['declarations'] as readonly Node[]).flatMap((one) => {
      const value = one['init'] as Node | null
      return value && isFunction(value) ? [{ name: nameOf(one['id']) ?? '', statement, fn: value }] : []
    })
  })
}

/** Exported functions of core say what they mean. */
export function docstrings(project: Project): Finding[] {
  return project.sources.filter((source) => source.file.startsWith('core/') && !source.isTest).flatMap((source) =>
    exportedFunctions(source)
      .filter(({ statement }) => !source.comments.some((c) => c.text.startsWith('*') && c.end <= statement.start && source.text.slice(c.end, statement.start).trim() === ''))
      .map(({ name, statement }) => ({ file: source.file, line: source.lineOf(statement.start), rule: 'docstring', say: `say above ${name} what it means: shapes, units, refusals, source` })))
}
