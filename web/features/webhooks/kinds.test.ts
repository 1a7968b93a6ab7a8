import { expect, it } from 'vitest'
import { WEBHOOK_KINDS } from '../../../contract/events.ts'
import { KIND_GROUPS } from './kinds.ts'

it('offers each event that can be sent out once, and none that cannot', () => {
  expect(KIND_GROUPS.flatMap(({ kinds }) => kinds.map(({ kind }) => kind as string)).toSorted()).toEqual([...WEBHOOK_KINDS].toSorted())
})
