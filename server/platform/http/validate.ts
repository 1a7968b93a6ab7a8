import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Convert, Default } from 'typebox/value'
import { problem, type Problem } from '../../../core/kernel/problem.ts'
import { Refusal } from '../access/refusal.ts'
import { sayWhatIsWrong } from './validation-words.ts'

const PROBLEMS_MAX = 20
const DEPTH_MAX = 40

// PostgreSQL keeps neither a NUL character nor half of a surrogate pair in a text.
const UNSTORABLE = /\0|\p{Surrogate}/u

/** Where a text that cannot be stored stands: the field is named instead of failing later. */
function unstorablePath(value: unknown, path: string, depth = 0): string | undefined {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? path : undefined
  if (value === null || typeof value !== 'object') return undefined
  if (depth > DEPTH_MAX) return path
  for (const [key, item] of Object.entries(value)) {
    const found = UNSTORABLE.test(key) ? path : unstorablePath(item, `${path}/${key}`, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

function fieldOf(path: string): string {
  return path.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')).join('.')
}

function refusal(problems: readonly Problem[]): { error: Refusal } {
  const seen = new Set<string>()
  // A union reports one error for each of its branches: the first one about a field says enough.
  const kept = problems.filter(({ where }) => !seen.has(where.field ?? '') && seen.add(where.field ?? ''))
  return { error: new Refusal('REQUEST_INVALID', {}, kept.slice(0, PROBLEMS_MAX)) }
}

/**
 * Validates one part of a request. A body is taken as it is (the string "12" is not a number); the query, the path
 * and the headers are text and are converted. Defaults are filled in. What is wrong comes back field by field.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema)
  const optionalBody = httpPart === 'body' && 'properties' in schema && !(schema as { required?: string[] }).required?.length
  return (given: unknown) => {
    const present = optionalBody && (given === undefined || given === null) ? {} : given
    const value = httpPart === 'body' ? present : Default(schema, Convert(schema, present))
    const unstorable = unstorablePath(value, '')
    if (unstorable !== undefined) {
      return refusal([problem('FIELD_CHARACTER', { fr: 'Ce texte contient un caractère qui ne peut pas être enregistré. Retirez-le.', en: 'This text holds a character that cannot be stored. Remove it.' }, { field: fieldOf(unstorable) })])
    }
    if (compiled.Check(value)) return { value }
    return refusal([...compiled.Errors(value)].slice(0, 200).flatMap((error) => {
      const { instancePath, keyword, params } = error as { instancePath: string; keyword: string; params: Record<string, unknown> }
      const missing = keyword === 'required' && Array.isArray(params['requiredProperties']) ? params['requiredProperties'] as string[] : [undefined]
      return missing.map((name) => {
        const field = fieldOf(name === undefined ? instancePath : `${instancePath}/${name}`)
        return problem(`FIELD_${keyword.replaceAll(/([A-Z])/g, '_$1').toUpperCase()}`, sayWhatIsWrong(keyword, params), field ? { field } : {})
      })
    }))
  }
}
