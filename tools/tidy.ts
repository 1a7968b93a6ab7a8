// The rules of the house that a machine can check: `node tools/tidy.ts`. Each finding is `file:line: rule: what to do instead`.
// `node tools/tidy.ts --seal` records the migrations that are not sealed yet.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { excuse } from './tidy/exceptions.ts'
import { migrations, seal, SEALS } from './tidy/migrations.ts'
import { moneyFloats, purity } from './tidy/pure.ts'
import { ownership, useCases } from './tidy/server.ts'
import { openProject, type Finding, type Project } from './tidy/source.ts'
import { docstrings, style } from './tidy/style.ts'
import { cycles, walls } from './tidy/walls.ts'
import { forbiddenWords, screenStrings } from './tidy/words.ts'

const RULES: readonly ((project: Project) => Finding[])[] = [walls, cycles, style, docstrings, purity, moneyFloats, useCases, ownership, migrations, screenStrings, forbiddenWords]

function main(args: readonly string[]): number {
  const project = openProject(join(import.meta.dirname, '..'))
  if (args.includes('--seal')) {
    writeFileSync(join(project.root, SEALS), seal(project))
    return 0
  }
  const { left, used } = excuse(project, RULES.flatMap((rule) => rule(project)))
  const order = (a: Finding, b: Finding): number => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)
  const [warnings, errors] = [left.filter((f) => f.warning).sort(order), left.filter((f) => !f.warning).sort(order)]
  for (const { file, line, rule, say } of errors) console.log(`${file}:${line}: ${rule}: ${say}`)
  for (const { file, line, rule, say } of warnings) console.log(`${file}:${line}: ${rule} (warning): ${say}`)
  console.log(`tidy: ${project.sources.length} files, ${errors.length} to mend, ${warnings.length} warnings, ${used} exceptions`)
  return errors.length > 0 ? 1 : 0
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2))
