// One reading of one file in a process of its own, so that its peak memory is its own: node parse.ts split|read <file> <times>
import { createReadStream } from 'node:fs'
import { createStatementReader } from '../../formats/bank/read-statements.ts'

const [way, file, times] = process.argv.slice(2)
const CHUNK_BYTES = 1 << 16

/** Every line split at its semicolons and nothing understood: the yardstick. */
async function split(): Promise<{ rows: number; sum: bigint }> {
  let rest = ''
  let rows = 0
  let cells = 0
  for await (const chunk of createReadStream(file!, { highWaterMark: CHUNK_BYTES, encoding: 'utf8' }) as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()!
    for (const line of lines) cells += line.split(';').length
    rows += lines.length
  }
  return { rows: rows - 1, sum: BigInt(cells) }
}

/** The records as they come; nothing is kept. */
async function read(): Promise<{ rows: number; sum: bigint }> {
  const reader = createStatementReader()
  let rows = 0
  let sum = 0n
  const take = (records: ReturnType<typeof reader.push>) => {
    for (const record of records) {
      if (record.kind === 'line') { rows += 1; sum += record.line.minor }
      else if (record.kind === 'problem' && record.problem.severity === 'error') throw new Error(record.problem.message.en)
    }
  }
  for await (const chunk of createReadStream(file!, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>) take(reader.push(chunk))
  take(reader.end())
  return { rows, sum }
}

const work = way === 'split' ? split : read
let best = { ms: Infinity, rows: 0, sum: 0n }
for (let time = 0; time < Number(times); time += 1) {
  const from = performance.now()
  const { rows, sum } = await work()
  const ms = performance.now() - from
  if (ms < best.ms) best = { ms, rows, sum }
}
process.stdout.write(JSON.stringify({ ms: best.ms, rows: best.rows, sum: best.sum.toString(), peakMb: process.resourceUsage().maxRSS / 1024 }))
