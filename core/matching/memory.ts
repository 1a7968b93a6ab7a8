import type { LocalDate } from '../kernel/local-date.ts'
import type { Hypothesis, Payment } from './context.ts'
import type { Alias, Channel, Habit, Memory } from './model.ts'
import { payerKey } from './normalise.ts'

/** A memory that has learnt nothing. */
export function emptyMemory(): Memory {
  return { aliases: new Map(), habits: new Map() }
}

/** What a confirmed match teaches: who paid, in what words, when, how, and how long after the due date. */
export type Lesson = { readonly label: string; readonly partyId: string; readonly on: LocalDate; readonly channel: Channel; readonly delayDays: number | null }

function habitAfter(habit: Habit | undefined, { channel, delayDays }: Pick<Lesson, 'channel' | 'delayDays'>): Habit {
  const payments = (habit?.payments ?? 0) + 1
  const channels = { ...habit?.channels, [channel]: (habit?.channels[channel] ?? 0) + 1 }
  // A recent delay counts for at least an eighth, so that a customer who changes is followed.
  const before = habit?.delayDays ?? delayDays ?? 0
  const weight = Math.max(1 / payments, 1 / 8)
  return { payments, channels, delayDays: delayDays === null ? before : before + (delayDays - before) * weight }
}

function aliasAfter(alias: Alias | undefined, { partyId, on }: Pick<Lesson, 'partyId' | 'on'>): Alias {
  return alias?.partyId === partyId ? { partyId, lastSeenOn: on, times: alias.times + 1 } : { partyId, lastSeenOn: on, times: 1 }
}

/** The memory after a lesson; the one given is left as it was. */
export function remember(memory: Memory, lesson: Lesson): Memory {
  const aliases = new Map(memory.aliases)
  const habits = new Map(memory.habits)
  const key = payerKey(lesson.label)
  if (key) aliases.set(key, aliasAfter(aliases.get(key), lesson))
  habits.set(lesson.partyId, habitAfter(habits.get(lesson.partyId), lesson))
  return { aliases, habits }
}

/** A memory that grows in place while a batch is matched. It learns habits from likely matches, but no alias: nobody confirmed them. */
export type LearningMemory = Memory & { readonly learn: (payment: Payment, match: Hypothesis) => void }

const LEARNT_MIN = 0.95

/** Starts a batch memory from what is known; the memory given is left as it was. */
export function learning(memory: Memory): LearningMemory {
  const habits = new Map(memory.habits)
  const learn = (payment: Payment, match: Hypothesis) => {
    const item = match.shares[0]?.item
    if (!item || match.confidence < LEARNT_MIN) return
    const partyId = item.invoice.partyId
    habits.set(partyId, habitAfter(habits.get(partyId), { channel: payment.channel, delayDays: match.evidence.shape === 'exact' ? payment.day - item.due : null }))
  }
  return { aliases: memory.aliases, habits, learn }
}
