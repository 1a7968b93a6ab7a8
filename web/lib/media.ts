import { useSyncExternalStore } from 'react'

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}

/** Narrower than a desk: lists become two-line rows, panels become pages. The width is the `desk` breakpoint of the styles. */
export function useIsPhone(): boolean {
  return useMedia('(width < 48rem)')
}
