/** A text on a page: its left edge, or its right one when `end` is given; `y` goes down from the top. */
export type Placed = { readonly text: string; readonly x?: number; readonly end?: number; readonly y: number; readonly size?: number }

const [WIDTH, HEIGHT] = [595, 842]

/** Widths of Helvetica in thousandths of its size (Adobe font metrics), for the characters that amounts and dates are made of. */
const NARROW: Readonly<Record<string, number>> = { ' ': 278, '.': 278, ',': 278, '/': 278, ':': 278, '-': 333, '(': 333, ')': 333, i: 222, l: 222, t: 278, f: 278, I: 278, r: 333, j: 222, "'": 191, '+': 584 }
const OTHER = 556
const WIDE = 667

/** The width of a text in points. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, character) => sum + (NARROW[character] ?? (/[A-Z]/.test(character) ? WIDE : OTHER)), 0) * size / 1000
}

const leftOf = ({ text, x, end, size = 9 }: Placed): number => x ?? (end ?? 0) - widthOf(text, size)

/** The bytes of a string in the encoding of the font, escaped for a content stream. */
function literal(text: string): string {
  const bytes = Buffer.from(text.replaceAll('€', '\u0080'), 'latin1')
  return [...bytes].map((byte) => (byte > 126 || byte < 32 || byte === 40 || byte === 41 || byte === 92 ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte))).join('')
}

/** Writes a PDF by hand: one font, texts where they are placed, one content stream per page. */
export function pdfOf(pages: readonly (readonly Placed[])[]): Uint8Array {
  const contents = pages.map((texts) => `BT\n${texts.map((placed) => `/F1 ${placed.size ?? 9} Tf 1 0 0 1 ${leftOf(placed).toFixed(2)} ${(HEIGHT - placed.y).toFixed(2)} Tm (${literal(placed.text)}) Tj`).join('\n')}\nET`)
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...contents.flatMap((content, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((body, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj\n${body}\nendobj\n`
    return offset
  })
  const xref = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

/** The same pages as a text layer, for tests that need no PDF. */
export function layerOf(pages: readonly (readonly Placed[])[]) {
  return pages.map((texts, index) => ({
    number: index + 1, width: WIDTH, height: HEIGHT,
    texts: texts.map((placed) => ({ text: placed.text, x: leftOf(placed), y: placed.y - (placed.size ?? 9), width: widthOf(placed.text, placed.size ?? 9), height: placed.size ?? 9 })),
  }))
}

/** A row of a table: texts by column, at one height. */
export function row(y: number, cells: readonly (readonly [text: string, at: { readonly x?: number; readonly end?: number }])[]): Placed[] {
  return cells.filter(([text]) => text !== '').map(([text, at]) => ({ text, y, ...at }))
}
