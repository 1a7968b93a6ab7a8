import type { Finding, Project } from './source.ts'

/** `tidy-allow <rule> <YYYY-MM-DD>: reason`, in a comment on the line it excuses or on the line above. */
export type Exception = { readonly file: string; readonly line: number; readonly rule: string }

const FORM = /^\s*(?:\/\/|--|\/\*+|\{\/\*)\s*tidy-allow ([a-z0-9-]+) (\d{4}-\d{2}-\d{2}): \S/
const TRAILING = /\s(?:\/\/|--) tidy-allow ([a-z0-9-]+) (\d{4}-\d{2}-\d{2}): \S/
const MENTION = /(?:\/\/|--|\/\*+)\s*tidy-allow\b/
const PLACES = /\.(ts|tsx|mjs|sql)$/

/** Exceptions stated in the project, and those that are badly written. */
export function exceptionsOf(project: Project): { readonly exceptions: Exception[]; readonly malformed: Finding[] } {
  const exceptions: Exception[] = []
  const malformed: Finding[] = []
  for (const file of project.files) {
    // The rules and their tests quote the form without using it.
    if (!PLACES.test(file) || file.startsWith('tools/tidy')) continue
    const text = project.read(file)
    if (!text.includes('tidy-allow')) continue
    text.split('\n').forEach((line, index) => {
      const rule = (FORM.exec(line) ?? TRAILING.exec(line))?.[1]
      if (rule) exceptions.push({ file, line: index + 1, rule })
      else if (MENTION.test(line)) malformed.push({ file, line: index + 1, rule: 'exception', say: 'write it as: tidy-allow <rule> <YYYY-MM-DD>: reason' })
    })
  }
  return { exceptions, malformed }
}

const excuses = (exception: Exception, finding: Finding): boolean =>
  exception.file === finding.file && exception.rule === finding.rule && (exception.line === finding.line || exception.line + 1 === finding.line || finding.rule === 'file-size')

/** What is left to mend once the exceptions are heard; an exception that excuses nothing is to be removed. */
export function excuse(project: Project, findings: readonly Finding[]): { readonly left: Finding[]; readonly used: number } {
  const { exceptions, malformed } = exceptionsOf(project)
  const left = findings.filter((finding) => !exceptions.some((exception) => excuses(exception, finding)))
  const idle = exceptions.filter((exception) => !findings.some((finding) => excuses(exception, finding)))
    .map(({ file, line, rule }) => ({ file, line, rule: 'exception', say: `it excuses nothing of the rule ${rule}: remove it` }))
  return { left: [...left, ...malformed, ...idle], used: exceptions.length - idle.length }
}
