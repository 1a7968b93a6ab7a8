import { Worker } from 'node:worker_threads'

/** A piece of text of a page, in points from the upper left corner. */
export type PdfText = { readonly text: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** A page of a PDF, from 1, with its text layer (empty when the page is an image). */
export type PdfPage = { readonly number: number; readonly width: number; readonly height: number; readonly texts: readonly PdfText[] }

/** The text layer of a PDF, or why there is none to be had. */
export type PdfAnswer = { readonly kind: 'pages'; readonly pages: readonly PdfPage[] } | { readonly kind: 'protected' | 'damaged' | 'too-large' | 'too-slow' }

/** Bytes of a PDF that is opened at all. A statement of a hundred pages takes about two. */
export const PDF_BYTES_MAX = 33_554_432
const PAGES_MAX = 500
const SECONDS_MAX = 60
/** What the whole process may grow by while a PDF is open: streams inside a PDF decompress to any size. */
const GROWTH_BYTES_MAX = 1_073_741_824
const LOOK_EVERY_MS = 200
const HEAP_MEGABYTES_MAX = 512

/** How long and how large a PDF may get. Tests give less. */
export type PdfLimits = { readonly secondsMax?: number; readonly growthBytesMax?: number }

/** True when the first bytes of a file are those of a PDF; the mark may come a few bytes late. */
export function isPdf(head: Uint8Array): boolean {
  return Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 1024)).includes('%PDF-')
}

/**
 * Takes the text layer out of a PDF, page by page, in a thread that is ended when it takes too long or too much memory.
 * Never throws on what the file holds.
 */
export async function pdfText(bytes: Uint8Array, limits: PdfLimits = {}): Promise<PdfAnswer> {
  if (bytes.length > PDF_BYTES_MAX) return { kind: 'too-large' }
  const before = process.memoryUsage.rss()
  // The thread gets a copy of its own: the caller keeps its bytes.
  const copy = new Uint8Array(bytes)
  const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
    workerData: { bytes: copy, pagesMax: PAGES_MAX }, transferList: [copy.buffer], resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX }, stdout: true, stderr: true,
  })
  const ends: (() => void)[] = []
  try {
    return await new Promise<PdfAnswer>((resolve) => {
      worker.once('message', (answer: PdfAnswer) => { resolve(answer) })
      worker.once('error', (error) => { resolve({ kind: 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-slow' : 'damaged' }) })
      worker.once('exit', () => { resolve({ kind: 'damaged' }) })
      const late = setTimeout(() => { resolve({ kind: 'too-slow' }) }, (limits.secondsMax ?? SECONDS_MAX) * 1000)
      const watch = setInterval(() => { if (process.memoryUsage.rss() - before > (limits.growthBytesMax ?? GROWTH_BYTES_MAX)) resolve({ kind: 'too-slow' }) }, LOOK_EVERY_MS)
      ends.push(() => { clearTimeout(late); clearInterval(watch) })
    })
  } finally {
    for (const end of ends) end()
    await worker.terminate()
  }
}
