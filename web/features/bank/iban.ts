/** "FR76 1027 8060 …": an IBAN in groups of four, as banks print it. */
export function groupIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1\u00a0')
}
