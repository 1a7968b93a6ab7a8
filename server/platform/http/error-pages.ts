import { ERRORS, type ErrorCode } from '../../../contract/errors.ts'
import type { Locale } from '../../../core/kernel/problem.ts'
import { Refusal } from '../access/refusal.ts'
import { ERROR_CODES, explain } from './error-help.ts'
import { contentPolicy } from './headers.ts'
import { languageOf } from './language.ts'
import type { HttpApp } from './routes.ts'

const WORDS = {
  fr: { all: 'Codes d\'erreur', other: 'English', means: 'Ce que cela veut dire', then: 'Que faire', status: 'Statut HTTP', field: 'Champ concerné', api: 'Référence de l\'API', filled: 'Ce qui est entre ‹ › est rempli par la réponse.' },
  en: { all: 'Error codes', other: 'Français', means: 'What it means', then: 'What to do', status: 'HTTP status', field: 'Field concerned', api: 'API reference', filled: 'What stands between ‹ › is filled by the answer.' },
} as const

const STYLE = ':root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1.25rem;color:light-dark(#1b2130,#e6e9f0);background:light-dark(#fff,#12151c)}'
  + 'a{color:light-dark(#2f46c9,#9fb0ff)}h1{font-size:1.5rem;margin:.5rem 0 1rem;overflow-wrap:anywhere}h2{font-size:1.05rem;margin:2rem 0 .25rem}p{margin:.25rem 0}.sentence{font-size:1.15rem}nav{display:flex;gap:1.25rem;flex-wrap:wrap;font-size:.9rem}'
  + 'code{font-family:ui-monospace,monospace}table{border-collapse:collapse;width:100%}td{padding:.5rem .75rem .5rem 0;vertical-align:top;border-bottom:1px solid light-dark(#e3e6ee,#2a3040)}small{color:light-dark(#5a6274,#a2abbd)}'

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** A sentence with the places that an answer fills. */
function sentenceOf(text: string): string {
  return escape(text).replaceAll(/\{(\w+)\}/g, '‹$1›')
}

function page(locale: Locale, title: string, body: string): string {
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)} · Quittance</title><style>${STYLE}</style></head><body>${body}</body></html>`
}

function codePage(code: ErrorCode, locale: Locale): string {
  const { status, statusName, sentence, means, then, field } = explain(code)
  const words = WORDS[locale]
  const other = locale === 'fr' ? 'en' : 'fr'
  return page(locale, code, `<nav><a href="/docs/errors?lang=${locale}">${words.all}</a><a href="/docs">${words.api}</a><a href="/docs/errors/${code}?lang=${other}" hreflang="${other}" lang="${other}">${words.other}</a></nav>`
    + `<main><h1><code>${code}</code></h1><p class="sentence">${sentenceOf(sentence[locale])}</p>${/\{\w+\}/.test(sentence[locale]) ? `<p><small>${words.filled}</small></p>` : ''}`
    + `<h2>${words.status}</h2><p>${status} · ${statusName[locale]}</p>${field === undefined ? '' : `<h2>${words.field}</h2><p><code>${escape(field)}</code></p>`}`
    + `<h2>${words.means}</h2><p>${means[locale]}</p><h2>${words.then}</h2>${then.map((text) => `<p>${escape(text[locale])}</p>`).join('')}</main>`)
}

function indexPage(locale: Locale): string {
  const words = WORDS[locale]
  const other = locale === 'fr' ? 'en' : 'fr'
  const rows = [...ERROR_CODES].sort().map((code) => `<tr><td><a href="/docs/errors/${code}?lang=${locale}"><code>${code}</code></a></td><td>${ERRORS[code].status}</td><td>${sentenceOf(ERRORS[code][locale])}</td></tr>`)
  return page(locale, words.all, `<nav><a href="/docs">${words.api}</a><a href="/docs/errors?lang=${other}" hreflang="${other}" lang="${other}">${words.other}</a></nav><main><h1>${words.all}</h1><table><tbody>${rows.join('')}</tbody></table></main>`)
}

/** /docs/errors lists the codes; /docs/errors/CODE explains one. The `type` of each problem leads here. */
export function serveErrorPages(http: HttpApp): void {
  const policy = contentPolicy({ docs: true })
  const localeOf = (request: { readonly query: unknown; readonly headers: Readonly<Record<string, unknown>> }): Locale => {
    const asked = (request.query as { lang?: unknown }).lang
    return asked === 'fr' || asked === 'en' ? asked : languageOf(String(request.headers['accept-language'] ?? '')) ?? 'fr'
  }
  for (const url of ['/docs/errors', '/docs/errors/:code']) {
    http.get(url, { schema: { hide: true } }, async (request, reply) => {
      const { code } = request.params as { code?: string }
      if (code !== undefined && !Object.hasOwn(ERRORS, code)) throw new Refusal('NOT_FOUND')
      const locale = localeOf(request)
      const html = code === undefined ? indexPage(locale) : codePage(code as ErrorCode, locale)
      return reply.header('content-security-policy', policy).header('content-language', locale).header('vary', 'Accept-Language').header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(html)
    })
  }
}
