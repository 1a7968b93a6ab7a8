import type { App } from '../../platform/app.ts'
import type { Person } from '../../platform/auth/auth.ts'
import { personByEmail } from './store.ts'

/** The password of every demonstration account. It is printed at start and shown on the first page: it protects nothing. */
const PASSWORD = 'atelier-lumen-demo'

/** The people of the demonstration, all invented. */
export const DEMO_PEOPLE = {
  owner: { name: 'Claire Aubanel', email: 'claire@demo.quittance.example' },
  assistant: { name: 'Noé Castaing', email: 'noe@demo.quittance.example' },
  accountant: { name: 'Mathilde Rivage', email: 'mathilde@demo.quittance.example' },
} as const

/** How to sign in to the demonstration as the owner of its companies. */
export const DEMO_SIGN_IN = { email: DEMO_PEOPLE.owner.email, password: PASSWORD } as const

/** The account of a person of the demonstration, made when it is not there yet. */
export async function demoPerson(app: App, who: keyof typeof DEMO_PEOPLE): Promise<Person> {
  const { name, email } = DEMO_PEOPLE[who]
  const known = await app.db.system((tx) => personByEmail(tx, email))
  if (known) return known
  const { person } = await app.auth.signUp({ name, email, password: PASSWORD })
  return person
}
