/** What comes first wins: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari. */
const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'], [/\bOPR\/|\bOpera\b/, 'Opera'], [/\bSamsungBrowser\//, 'Samsung Internet'], [/\bVivaldi\//, 'Vivaldi'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'], [/\bChromium\//, 'Chromium'], [/\bHeadlessChrome\//, 'Chrome'], [/\bChrome\/|\bCriOS\//, 'Chrome'], [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'], [/^python-requests\//, 'Python'], [/^(node|undici)\b/i, 'Node.js'], [/^Go-http-client\//, 'Go'], [/^PostmanRuntime\//, 'Postman'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'], [/\biPad\b/, 'iPad'], [/\bAndroid\b/, 'Android'], [/\bWindows\b/, 'Windows'], [/\bCrOS\b/, 'ChromeOS'], [/\bMac OS X\b|\bMacintosh\b/, 'macOS'], [/\bLinux\b/, 'Linux'],
]
const LENGTH_MAX = 400
const OTHER_MAX = 40

/** A browser's user agent in the words of a person: "Firefox, Linux". A program is named by the first word it says. */
export function deviceWords(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, LENGTH_MAX)
  const found = [PROGRAMS, SYSTEMS].flatMap((table) => table.find(([pattern]) => pattern.test(text))?.[1] ?? [])
  if (found.length > 0) return found.join(', ')
  const word = /^[\w.-]+/.exec(text)?.[0]?.slice(0, OTHER_MAX)
  return word ?? '?'
}
