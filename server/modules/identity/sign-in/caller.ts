import type { FastifyRequest } from 'fastify'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { SignedPerson } from '../../../platform/auth/auth.ts'
import type { Caller } from './sign-in.ts'

/** Who asks, as signing in needs to know it. */
export function callerOf(request: FastifyRequest): Caller {
  const { cookie, 'user-agent': userAgent } = request.headers
  return { origin: { address: request.ip, userAgent, cookie }, locale: request.locale }
}

/** The person of a browser: an access token is not enough for what needs a cookie. */
export async function browserPerson(request: FastifyRequest): Promise<SignedPerson> {
  const person = await request.user()
  if (request.headers.authorization !== undefined) throw new Refusal('SESSION_NEEDED')
  return person
}
