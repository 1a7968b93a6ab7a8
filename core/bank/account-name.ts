import type { AccountName } from './statement.ts'

/** What a bank writes in an account's place, without spaces or separators, in capitals. */
function compact(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '')
}

/**
 * Reads an IBAN as people and banks write it (spaces, lower case) and gives it compact.
 * Refuses (undefined) a wrong shape or wrong check digits. Source: ISO 13616, ISO 7064 mod 97-10.
 */
export function parseIban(text: string): string | undefined {
  const iban = compact(text)
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return undefined
  let remainder = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    for (const digit of character >= 'A' ? String(character.charCodeAt(0) - 55) : character) {
      remainder = (remainder * 10 + Number(digit)) % 97
    }
  }
  return remainder === 1 ? iban : undefined
}

/**
 * One key for one account, however a format writes it: a French or Monegasque IBAN and its bank, branch and number
 * (the parts of a CFONB record) give the same key. Null when the account is not named at all.
 * Source: layout of the French RIB, 5 bank + 5 branch + 11 account + 2 key inside the IBAN.
 */
export function accountKey(account: AccountName): string | null {
  const iban = account.iban === null ? undefined : compact(account.iban)
  if (iban) return /^(FR|MC)\d{2}\d{10}[A-Z0-9]{11}\d{2}$/.test(iban) ? iban.slice(4, 25) : iban
  const id = account.id === null ? '' : compact(account.id)
  return id === '' ? null : id
}

/** True when both names lead to the same account. Two unnamed accounts are not known to be the same. */
export function isSameAccount(a: AccountName, b: AccountName): boolean {
  const key = accountKey(a)
  return key !== null && key === accountKey(b)
}
