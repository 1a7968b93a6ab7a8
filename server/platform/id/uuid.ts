const COUNTER_MAX = 0xfff
let lastMilliseconds = 0
let counter = 0

const ID_BYTES = 10
// Random bytes are asked of the system for many ids at once: one by one, the asking costs more than the id.
const pool = new Uint8Array(ID_BYTES * 256)
let used = pool.length

/** Two bytes for the start of the counter, eight for the end of the id. None is given twice. */
function randomBytes(): Uint8Array {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  used += ID_BYTES
  return pool.subarray(used - ID_BYTES, used)
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function hex(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at += 1) text += HEX[bytes[at]!]!
  return text
}

/**
 * A uuid v7 in lower-case canonical form. Ids made by one process sort in the order they were made, even within one
 * millisecond: the 12 bits after the time are a counter that starts at a random point and borrows from the next
 * millisecond when it is full.
 */
export function uuidv7(): string {
  const now = Date.now()
  const bytes = randomBytes()
  if (now > lastMilliseconds) {
    lastMilliseconds = now
    // Half of the range is left free so that a burst of ids rarely has to borrow.
    counter = (((bytes[0] ?? 0) & 0x07) << 8) | (bytes[1] ?? 0)
  } else if (counter < COUNTER_MAX) {
    counter += 1
  } else {
    lastMilliseconds += 1
    counter = 0
  }
  const time = lastMilliseconds.toString(16).padStart(12, '0')
  const variant = HEX[0x80 | ((bytes[2] ?? 0) & 0x3f)]!
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${hex(bytes, 3, 4)}-${hex(bytes, 4, ID_BYTES)}`
}
