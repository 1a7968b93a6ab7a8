import type { EventKind } from '../../../contract/events.ts'
import type { OutgoingFailure } from '../../platform/network/outgoing-error.ts'

export type DisabledBecause = 'person' | 'gone'

/** An address that is told, without its secrets. */
export type Endpoint = {
  readonly id: string
  readonly url: string
  readonly description: string
  readonly kinds: readonly EventKind[]
  readonly enabled: boolean
  readonly disabledBecause: DisabledBecause | null
  readonly secretHint: string
  readonly previousUntil: string | null
  readonly version: number
  readonly createdAt: string
}

/** An address as lists show it: how its deliveries go. */
export type EndpointView = Endpoint & {
  readonly waiting: number
  readonly dead: number
  readonly lastAt: string | null
  readonly lastStatus: number | null
  readonly lastState: DeliveryState | null
}

export type SealedSecrets = { readonly secret: string; readonly previous: string | null }

export type DeliveryState = 'waiting' | 'delivered' | 'dead'

/** Why a try came to nothing: what the network said, an answer that is not a success, or an address that is suspended. */
export type DeliveryFailure = OutgoingFailure | 'status' | 'redirect' | 'disabled'

export type Delivery = {
  readonly id: string
  readonly endpointId: string
  readonly eventId: string
  readonly kind: EventKind
  readonly body: string
  readonly state: DeliveryState
  readonly tries: number
  readonly round: number
  readonly nextAt: string | null
  readonly lastStatus: number | null
  readonly lastError: DeliveryFailure | null
  readonly createdAt: string
  readonly deliveredAt: string | null
}

export type Try = {
  readonly n: number
  readonly at: string
  readonly durationMs: number
  readonly status: number | null
  readonly error: DeliveryFailure | null
  readonly excerpt: string | null
}
