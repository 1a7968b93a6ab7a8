/** A broken invariant is a bug of ours, never of the user's data: it throws. */
export class AssertionError extends Error {
  override name = 'AssertionError'
}

/** Throws AssertionError when the condition does not hold. For bugs only: user data returns a Result. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message)
}

/** Makes a switch exhaustive: the compiler refuses a call that can be reached. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable value: ${String(value)}`)
}
