// A PDF is a program of sorts: it is opened in a thread of its own, which can be ended whatever the file makes it do.
import { parentPort, workerData } from 'node:worker_threads'
import { getDocumentProxy } from 'unpdf'
import type { PdfAnswer, PdfPage, PdfText } from './pdf-text.ts'

const port = parentPort
if (!port) throw new Error('pdf-worker.ts is started by pdf-text.ts')
const { bytes, pagesMax } = workerData as { readonly bytes: Uint8Array; readonly pagesMax: number }

/** Pieces of text of one page: beyond, it is a drawing. */
const TEXTS_MAX = 20_000

type Item = { readonly str: string; readonly transform: readonly number[]; readonly width: number; readonly height: number }

function textOf(item: Item, toView: (x: number, y: number) => readonly number[]): PdfText | undefined {
  const [a = 0, b = 0, , , x = 0, y = 0] = item.transform
  // Text that runs along the margin says nothing of the lines it crosses.
  if (item.str.trim() === '' || Math.abs(b) > Math.abs(a) * 0.1) return undefined
  const height = item.height || Math.abs(a)
  const [left = 0, bottom = 0] = toView(x, y)
  return { text: item.str, x: left, y: bottom - height, width: item.width, height }
}

async function pages(): Promise<PdfAnswer> {
  const document = await getDocumentProxy(bytes, { verbosity: 0, disableFontFace: true, useSystemFonts: false })
  if (document.numPages > pagesMax) return { kind: 'too-large' }
  const found: PdfPage[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const view = page.getViewport({ scale: 1 })
    const content = await page.getTextContent()
    const texts = (content.items as readonly Item[]).slice(0, TEXTS_MAX).map((item) => ('str' in item ? textOf(item, (x, y) => view.convertToViewportPoint(x, y)) : undefined)).filter((text) => text !== undefined)
    found.push({ number, width: view.width, height: view.height, texts })
    page.cleanup()
  }
  return { kind: 'pages', pages: found }
}

pages().catch((error: unknown): PdfAnswer => ({ kind: error instanceof Error && error.name === 'PasswordException' ? 'protected' : 'damaged' })).then((answer) => { port.postMessage(answer) }, () => { port.postMessage({ kind: 'damaged' } satisfies PdfAnswer) })
