import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Document, Json } from './components.ts'

/** One call that was made and answered, with made-up ids. `file` is the name of what was sent. */
export type Example = {
  readonly request: { readonly params?: Readonly<Record<string, string>>; readonly query?: Readonly<Record<string, string>>; readonly body?: Json }
  readonly response: { readonly status: number; readonly body: Json }
}
export type Examples = Readonly<Record<string, Example>>

export const EXAMPLES_FILE = join(import.meta.dirname, 'examples.json')

export function readExamples(): Examples {
  return JSON.parse(readFileSync(EXAMPLES_FILE, 'utf8')) as Examples
}

/** Shows each call beside its description. */
export function showExamples(document: Document, examples: Examples): void {
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations)) {
      const example = examples[operation.operationId]
      if (!example) continue
      const { request, response } = example
      for (const parameter of operation.parameters ?? []) {
        const value = parameter.in === 'path' ? request.params?.[parameter.name] : parameter.in === 'query' ? request.query?.[parameter.name] : undefined
        if (value !== undefined) parameter['example'] = value
      }
      const asked = operation.requestBody?.content['application/json']
      if (asked && request.body !== undefined) asked.example = request.body
      const answered = operation.responses[String(response.status)]?.content?.['application/json']
      if (answered) answered.example = response.body
    }
  }
}
