const COUNTER_MAX = 0xfff
let lastMilliseconds = 0
let counter = 0

/**
 * A uuid v7 in lower-case canonical form. Ids made by one process sort in the order they were made, even within one
 * millisecond: the 12 bits after the time are a counter that starts at a random point and borrows from the next
 * millisecond when it is full.
 */
export function uuidv7(): string {
  const now = Date.now()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  if (now > lastMilliseconds) {
    lastMilliseconds = now
    // Half of the range is left free so that a burst of ids rarely has to borrow.
    counter = (((bytes[6] ?? 0) & 0x07) << 8) | (bytes[7] ?? 0)
  } else if (counter < COUNTER_MAX) {
    counter += 1
  } else {
    lastMilliseconds += 1
    counter = 0
  }
  const time = lastMilliseconds.toString(16).padStart(12, '0')
  const variant = (0x80 | ((bytes[8] ?? 0) & 0x3f)).toString(16)
  const random = Array.from(bytes.subarray(9), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${random.slice(0, 2)}-${random.slice(2)}`
}
