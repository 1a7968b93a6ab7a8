import { problem, type Problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { parsePattern, type PatternNode } from './pattern-parse.ts'

/**
 * A pattern that cannot be made slow. It is not run by the engine of JavaScript, whose time can grow without bound, but followed
 * state by state: every character of the text is looked at once by each state, so the time is at most text x pattern, whoever wrote it.
 */
export type Pattern = { readonly test: (text: string) => boolean }

type State = { readonly kind: 'char'; readonly accepts: (code: number) => boolean; next: number } | { readonly kind: 'split'; a: number; b: number } | { readonly kind: 'assert'; readonly at: 'start' | 'end' | 'word'; next: number } | { readonly kind: 'done' }

/** States one pattern may have: a counted repetition is written out, and {1000}{1000} would be a million. */
const STATES_MAX = 500
const TEXT_MAX = 1_000

class TooLarge extends Error {}

function compile(root: PatternNode): State[] {
  const states: State[] = []
  const add = (state: State): number => {
    if (states.length >= STATES_MAX) throw new TooLarge()
    return states.push(state) - 1
  }
  let built = 0
  /** Makes the states of a node that go on to `next`, and answers the first of them. */
  const build = (node: PatternNode, next: number): number => {
    // Repeating nothing makes no state, and could be asked for without end.
    built += 1
    if (built > 10 * STATES_MAX) throw new TooLarge()
    switch (node.kind) {
      case 'empty': return next
      case 'char': return add({ kind: 'char', accepts: node.accepts, next })
      case 'assert': return add({ kind: 'assert', at: node.at, next })
      case 'all': return node.nodes.reduceRight((after, one) => build(one, after), next)
      case 'any': return node.nodes.map((one) => build(one, next)).reduce((a, b) => add({ kind: 'split', a, b }))
      case 'repeat': {
        let from = next
        if (node.max === null) {
          const loop = add({ kind: 'split', a: next, b: next })
          const state = states[loop]
          if (state?.kind === 'split') state.a = build(node.node, loop)
          from = loop
        } else {
          for (let n = node.min; n < node.max; n += 1) from = add({ kind: 'split', a: build(node.node, from), b: next })
        }
        for (let n = 0; n < node.min; n += 1) from = build(node.node, from)
        return from
      }
    }
  }
  const done = add({ kind: 'done' })
  const first = build(root, done)
  states.push({ kind: 'split', a: first, b: first })
  return states
}

const isWord = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95

function holds(at: 'start' | 'end' | 'word', text: string, place: number): boolean {
  if (at === 'start') return place === 0
  if (at === 'end') return place === text.length
  return (place > 0 && isWord(text.charCodeAt(place - 1))) !== (place < text.length && isWord(text.charCodeAt(place)))
}

function run(states: readonly State[], text: string): boolean {
  // Each state is entered once a place, which bounds the work whatever the pattern.
  const enteredAt = new Int32Array(states.length).fill(-1)
  let active: number[] = []
  for (let place = 0; place <= text.length; place += 1) {
    const reached: number[] = []
    // A match may begin anywhere: the first state is entered at each place.
    const open = [...active, states.length - 1]
    while (open.length > 0) {
      const at = open.pop()!
      if (enteredAt[at] === place) continue
      enteredAt[at] = place
      const state = states[at]!
      if (state.kind === 'done') return true
      if (state.kind === 'split') open.push(state.b, state.a)
      else if (state.kind === 'assert') { if (holds(state.at, text, place)) open.push(state.next) }
      else reached.push(at)
    }
    const code = text.charCodeAt(place)
    active = reached.flatMap((at) => { const state = states[at]!; return state.kind === 'char' && state.accepts(code) ? [state.next] : [] })
  }
  return false
}

/**
 * Reads a pattern: letters, `.`, classes, `\d \w \s \b`, groups, `|`, `* + ? {n,m}`, `^ $`. Refuses what it does not read (references back,
 * looking around), and what would make more than 500 states. It is compared with folded text: capitals without accents.
 */
export function readPattern(source: string, field: string): Result<Pattern> {
  const tree = parsePattern(source)
  if (!tree.ok) return fail(patternProblem(tree.problem.message.fr, tree.problem.message.en, field))
  try {
    const states = compile(tree.value)
    return ok({ test: (text) => run(states, text.slice(0, TEXT_MAX)) })
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error
    return fail(patternProblem(`elle ferait plus de ${STATES_MAX} états`, `it would make more than ${STATES_MAX} states`, field))
  }
}

function patternProblem(fr: string, en: string, field: string): Problem {
  return problem('RULE_PATTERN', { fr: `L'expression ne peut pas être lue : ${fr}.`, en: `The expression cannot be read: ${en}.` }, { field })
}
