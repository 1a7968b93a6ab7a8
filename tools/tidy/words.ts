import { nameOf, walk, type Finding, type Node, type Project } from './source.ts'

/** One forbidden word or phrase per line, `#` for a remark; the file may be absent or empty. */
export const FORBIDDEN = 'tools/tidy/forbidden-words.txt'
const TEXT = /\.(ts|tsx|mjs|js|json|md|sql|css|html|svg|po|ya?ml|txt|sh|csv|example)$|(^|\/)(LICENSE|run|Makefile|Dockerfile)$/
const SIZE_MAX = 2_000_000

/** Elements whose text is translated, or is not language: a key, a piece of code. */
const TRANSLATED = new Set(['Trans', 'Plural', 'Select', 'SelectOrdinal', 'code', 'kbd', 'pre', 'Kbd', 'Code'])
const SPOKEN = /^(aria-label|aria-description|aria-placeholder|title|placeholder|alt|label)$/
/** Written the same in every language. */
const NAMES = /\b(Quittance|PCG|FEC|IBAN|BIC|SIREN|SIRET|TVA|CSV|CAMT|CFONB120|API|JSON|EUR|Ctrl|Esc)\b/g
const LETTER = /\p{L}/u

function elementName(node: Node): string {
  return nameOf((node['openingElement'] as Node | undefined)?.['name']) ?? ''
}

function spokenText(node: Node, above: readonly Node[]): string | undefined {
  if (node.type === 'JSXText') return String(node['value'])
  const parent = above.at(-1)
  if (node.type === 'Literal' && parent?.type === 'JSXExpressionContainer' && above.at(-2)?.type !== 'JSXAttribute') return nameOf(node)
  if (node.type === 'Literal' && parent?.type === 'JSXAttribute' && SPOKEN.test(nameOf(parent['name']) ?? '')) return nameOf(node)
  return undefined
}

/** No text of the screen outside i18n. */
export function screenStrings(project: Project): Finding[] {
  return project.sources.filter((source) => /^web\/.*\.tsx$/.test(source.file) && !source.isTest).flatMap((source) => {
    const findings: Finding[] = []
    walk(source.program, (node, above) => {
      const text = spokenText(node, above)?.replaceAll(NAMES, '').replaceAll(/&\w+;/g, '')
      if (!text || !LETTER.test(text) || above.some((one) => one.type === 'JSXElement' && TRANSLATED.has(elementName(one)))) return
      findings.push({ file: source.file, line: source.lineOf(node.start + (/^\s*/.exec(String(node['value']))?.[0].length ?? 0)), rule: 'i18n', say: `"${text.trim().slice(0, 40)}" is not translated: put it in <Trans> or in t` })
    })
    return findings
  })
}

/** Words the project must not hold. */
export function forbiddenWords(project: Project): Finding[] {
  if (!project.files.includes(FORBIDDEN)) return []
  const words = project.read(FORBIDDEN).split('\n').map((line) => line.trim().toLowerCase()).filter((line) => line !== '' && !line.startsWith('#'))
  if (words.length === 0) return []
  const escaped = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(`(?<![\\p{L}\\d])(?:${escaped.join('|')})(?![\\p{L}\\d])`, 'iu')
  return project.files.filter((file) => TEXT.test(file) && file !== FORBIDDEN && file !== 'package-lock.json').flatMap((file) => {
    const text = project.read(file)
    if (text.length > SIZE_MAX || !pattern.test(text)) return []
    return text.split('\n').flatMap((line, index) => {
      const word = pattern.exec(line)?.[0]
      return word ? [{ file, line: index + 1, rule: 'forbidden-word', say: `"${word}" has no place in the project: rephrase` }] : []
    })
  })
}
