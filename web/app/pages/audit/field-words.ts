import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** The fields of a change in words. One that is not here is shown as it is stored: nothing is hidden. */
const FIELDS: Readonly<Partial<Record<string, MessageDescriptor>>> = {
  name: msg`Name`, email: msg`E-mail`, role: msg`Role`, customRole: msg`Custom role`, permissions: msg`Permissions`, scopes: msg`Scopes`,
  siren: msg`SIREN`, vatNumber: msg`VAT number`, address: msg`Address`, postalCode: msg`Postal code`, city: msg`City`, country: msg`Country`,
  timeZone: msg`Time zone`, locale: msg`Language`, vatDueOn: msg`VAT on services is due`, colour: msg`Colour`, kind: msg`Kind`, currency: msg`Currency`,
  number: msg`Number`, status: msg`Status`, state: msg`State`, label: msg`Label`, date: msg`Date`, issuedOn: msg`Date`, dueOn: msg`Due`, journal: msg`Journal`,
  amount: msg`Amount`, total: msg`Total`, net: msg`Net`, vat: msg`VAT`, gross: msg`Gross`, lines: msg`Lines`, account: msg`Account`, debit: msg`Debit`, credit: msg`Credit`,
  code: msg`Code`, customer: msg`Customer`, customerId: msg`Customer`, note: msg`Note`, file: msg`File`, fileName: msg`File`, rows: msg`Lines`, entries: msg`Entries`,
  startsOn: msg`From`, endsOn: msg`To`, from: msg`From`, to: msg`To`, expiresAt: msg`Expires`, firm: msg`Firm`, url: msg`Address`, events: msg`Events`, kinds: msg`Events`,
  iban: msg`IBAN`, pieceRef: msg`Supporting document`, version: msg`Version`,
}

/** 'lines.0.debit' as one would read it: "Lignes 1 · Débit". */
export function fieldWords(path: string, say: (words: MessageDescriptor) => string): string {
  return path.split('.').map((part) => {
    if (/^\d+$/.test(part)) return String(Number(part) + 1)
    const words = FIELDS[part]
    return words ? say(words) : part
  }).join(' · ')
}
