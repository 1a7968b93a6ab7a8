import { type Static, type TSchema, Type } from 'typebox'

/** A string that is one of a few words, written in OpenAPI as a plain enum. */
export function oneOf<const T extends readonly string[]>(values: T, description?: string) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...(description ? { description } : {}) })
}

/** The same schema, or null: "unknown" is said, never guessed. */
export function nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

export const Uuid = Type.String({ format: 'uuid', description: 'A uuid.' })
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A calendar day, YYYY-MM-DD.', examples: ['2026-11-20'] })
export const Instant = Type.String({ format: 'date-time', description: 'An instant, ISO 8601 in UTC.' })
export const CurrencyCode = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217 code.', examples: ['EUR'] })
export const AmountText = Type.String({ pattern: '^-?\\d{1,16}(\\.\\d{1,4})?$', description: 'A decimal with a dot and at most the digits of its currency.', examples: ['1234.56'] })
export const Money = Type.Object({ amount: AmountText, currency: CurrencyCode }, { description: 'An exact amount. Never a float.' })
export type Money = Static<typeof Money>

export const Percent = Type.String({ pattern: '^\\d{1,3}(\\.\\d{1,2})?$', description: 'A percentage.', examples: ['20', '5.5'] })
export const Quantity = Type.String({ pattern: '^-?\\d{1,12}(\\.\\d{1,4})?$', description: 'A decimal with at most four digits after the dot.', examples: ['1', '7.5'] })

export const Text = Type.Object({ fr: Type.String(), en: Type.String() }, { description: 'A sentence in both languages.' })
export type Text = Static<typeof Text>

/** What is wrong with one line or field of what was given. */
export const DataProblem = Type.Object({
  severity: oneOf(['error', 'warning']),
  code: Type.String(),
  message: Type.String({ description: 'In the language of the request.' }),
  line: nullable(Type.Integer()),
  field: nullable(Type.String()),
  file: nullable(Type.String()),
})
export type DataProblem = Static<typeof DataProblem>

/** RFC 9457, with our stable code and the fields at fault. */
export const ProblemDetails = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String(),
  instance: Type.String({ description: 'The id of this request, to quote.' }),
  problems: Type.Optional(Type.Array(DataProblem)),
})
export type ProblemDetails = Static<typeof ProblemDetails>

/** Keyset paging: the cursor is opaque and comes from `next`. */
export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
}

/** A page of a list: `next` is null on the last one. */
export function page<T extends TSchema>(item: T) {
  return Type.Object({ items: Type.Array(item), next: nullable(Type.String()) })
}

export const IdParams = Type.Object({ id: Uuid })
