import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Goal } from '../../../contract/goals.ts'
import type { Tone } from '../../ui/index.ts'

export const STATES: Readonly<Record<Goal['state'], { readonly tone: Tone; readonly words: MessageDescriptor }>> = {
  reached: { tone: 'green', words: msg`Reached` }, on_track: { tone: 'green', words: msg`On track` }, late: { tone: 'red', words: msg`Late` }, undated: { tone: 'grey', words: msg`No date` },
}
