import { useNavigate, useSearch } from '@tanstack/react-router'

export type SearchValues = Readonly<Record<string, string | undefined>>

/** Addresses carry filters as plain words: `?statut=draft&recherche=martin`. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

export function stringifySearch(values: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value !== undefined && value !== null && value !== '') params.set(name, String(value))
  const text = params.toString()
  return text ? `?${text}` : ''
}

/** The filters of the page, kept in its address. Setting one replaces the address, so that Back leaves the page. */
export function useSearchState(): readonly [SearchValues, (change: SearchValues) => void] {
  const values = useSearch({ strict: false }) as SearchValues
  const navigate = useNavigate()
  const set = (change: SearchValues) => {
    void navigate({ to: '.', search: (previous: SearchValues) => ({ ...previous, ...change }), replace: true } as never)
  }
  return [values, set]
}
