import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'

const FORMATS: Readonly<Record<string, MessageDescriptor>> = {
  cfonb120: msg`CFONB 120 statement`, camt: msg`CAMT statement`, camt052: msg`CAMT.052 report`, camt053: msg`CAMT.053 statement`, camt054: msg`CAMT.054 notification`, csv: msg`CSV file`,
  cfonb240: msg`CFONB 240, unpaid bills`, mt940: msg`MT940 statement`, mt942: msg`MT942 report`, ofx: msg`OFX file`, qfx: msg`QFX file`, qif: msg`QIF file`, xlsx: msg`Excel sheet`, pdf: msg`PDF statement`,
}

/** What a bank file is, in words; its own name when it is of a kind that is not named here. */
export function formatName(format: string, translate: (message: MessageDescriptor) => string): string {
  const known = FORMATS[format.toLowerCase().replace(/[^a-z0-9]/g, '')]
  return known ? translate(known) : format
}
