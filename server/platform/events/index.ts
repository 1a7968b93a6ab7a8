// What modules use of the events.
export { appendEvent, appendEvents, type EventOf } from './append-event.ts'
export type { EventReaction } from './event-jobs.ts'
export type { StoredEvent } from './event-store.ts'
