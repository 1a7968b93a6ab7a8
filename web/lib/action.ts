import { useMutation } from '@tanstack/react-query'
import { isApiProblem } from './problem.ts'
import { showToast } from './toasts.ts'

type Undo<Input, Output> = (output: Output, input: Input) => (() => void | Promise<unknown>) | undefined

export type ActionOptions<Input, Output> = {
  readonly run: (input: Input) => Promise<Output>
  /** What was done, in words. */
  readonly done?: ((output: Output, input: Input) => string | undefined) | undefined
  /** How to take it back: given, the message offers it for ten seconds. */
  readonly undo?: Undo<Input, Output> | undefined
  /** What to read again; awaited, so that the list is true when the message shows. */
  readonly after?: ((output: Output, input: Input) => unknown) | undefined
  /** True when the form shows the refusal itself, field by field. */
  readonly quiet?: boolean | undefined
}

/** Says a refusal in a message, with the fields at fault. */
export function sayProblem(error: unknown): void {
  if (!isApiProblem(error)) throw error
  showToast(error.detail, { tone: 'problem', detail: error.problems.map(({ message }) => message).slice(0, 3).join(' ') || undefined })
}

/** An action of the person on the server: run, say so, offer the way back, or say what was refused. */
export function useAction<Input = void, Output = unknown>(options: ActionOptions<Input, Output>) {
  return useMutation<Output, Error, Input>({
    mutationFn: options.run,
    onSuccess: async (output, input) => {
      await options.after?.(output, input)
      const text = options.done?.(output, input)
      const back = options.undo?.(output, input)
      if (text) showToast(text, { undo: back && (() => { void Promise.resolve(back()).then(() => options.after?.(output, input)).catch(sayProblem) }) })
    },
    onError: (error) => { if (!options.quiet) sayProblem(error) },
  })
}
