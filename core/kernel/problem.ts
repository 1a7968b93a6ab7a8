/** A sentence for a person, in both languages of the product. French is written first. */
export type Text = { readonly fr: string; readonly en: string }
export type Locale = keyof Text

/** Where a problem stands in what the user gave: a file's line (1-based), a column or form field, or neither. */
export type Where = { readonly line?: number; readonly field?: string; readonly file?: string }

/** What is wrong with user data. An error keeps the record out; a warning lets it through and says so. */
export type Problem = {
  readonly severity: 'error' | 'warning'
  /** Stable upper-case code, such as BALANCE_BROKEN. */
  readonly code: string
  /** What is wrong and what to do about it. */
  readonly message: Text
  readonly where: Where
}

/** An error: the record it names is refused. */
export function problem(code: string, message: Text, where: Where = {}): Problem {
  return { severity: 'error', code, message, where }
}

/** A warning: the record is kept, the user is told. */
export function warning(code: string, message: Text, where: Where = {}): Problem {
  return { severity: 'warning', code, message, where }
}

/** True when at least one problem is an error. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((p) => p.severity === 'error')
}
