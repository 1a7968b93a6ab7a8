import { existsSync } from 'node:fs'
import type { App } from '../platform/app.ts'

/** The demonstration: how to make its companies, and how to sign in to them. */
export type Demo = {
  readonly seedDemo: (app: App) => Promise<void>
  readonly signIn: { readonly email: string; readonly password: string }
}

const MODULE = new URL('../modules/demo/index.ts', import.meta.url)

/** The demonstration when this distribution holds it: an installation may leave the folder out. */
export async function loadDemo(): Promise<Demo | null> {
  if (!existsSync(MODULE)) return null
  const loaded: unknown = await import(MODULE.href)
  const { seedDemo, DEMO_SIGN_IN } = loaded as { seedDemo?: Demo['seedDemo']; DEMO_SIGN_IN?: Demo['signIn'] }
  return seedDemo && DEMO_SIGN_IN ? { seedDemo, signIn: DEMO_SIGN_IN } : null
}
