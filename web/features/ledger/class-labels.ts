import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** The classes of the French chart of accounts (PCG art. 932-1). */
export const CLASS_LABELS: Readonly<Record<string, MessageDescriptor>> = {
  1: msg`Capital`, 2: msg`Fixed assets`, 3: msg`Stocks`, 4: msg`Third parties`, 5: msg`Bank and cash`, 6: msg`Charges`, 7: msg`Income`, 8: msg`Special accounts`,
}
