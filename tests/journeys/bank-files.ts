/** A movement of a test statement; the amount is in cents, positive when it comes in. */
export type Movement = { readonly on: string; readonly cents: bigint; readonly label: string; readonly payer?: string; readonly reference?: string }
/** A statement of a test account. `number` is the French account as bank, branch and account number. */
export type TestStatement = { readonly bank?: string; readonly branch?: string; readonly number?: string; readonly iban?: string; readonly currency?: string; readonly openingOn: string; readonly opening: bigint; readonly closingOn: string; readonly movements: readonly Movement[]; readonly closing?: bigint }

/** The same account as CFONB writes it, and as an IBAN. */
export const TEST_ACCOUNT = { bank: '20041', branch: '01005', number: '0500013M026', iban: 'FR1420041010050500013M02606' }

function overpunch(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(14, '0')
  return digits.slice(0, -1) + (cents < 0n ? '}JKLMNOPQR' : '{ABCDEFGHI')[Number(digits.at(-1))]!
}

const compact = (day: string): string => day.slice(8, 10) + day.slice(5, 7) + day.slice(2, 4)

function closingOf({ opening, movements, closing }: TestStatement): bigint {
  return closing ?? movements.reduce((sum, movement) => sum + movement.cents, opening)
}

/** A CFONB 120 file: records of 120 characters. */
export function cfonb(statement: TestStatement): string {
  const { bank, branch, number, currency } = { ...TEST_ACCOUNT, currency: 'EUR', ...statement }
  const head = (code: string) => `${code}${bank}    ${branch}${currency}2 ${number}  `
  const balance = (code: string, on: string, cents: bigint) => `${head(code)}${compact(on)}${' '.repeat(50)}${overpunch(cents)}${' '.repeat(16)}`
  const lines = statement.movements.map(({ on, cents, label, reference }) =>
    `${head('04').slice(0, 32)}18${compact(on)}  ${compact(on)}${label.slice(0, 31).padEnd(31)}  0000000  ${overpunch(cents)}${(reference ?? '').padEnd(16)}`)
  return [balance('01', statement.openingOn, statement.opening), ...lines, balance('07', statement.closingOn, closingOf(statement))].join('\r\n')
}

const euros = (cents: bigint): string => { const text = (cents < 0n ? -cents : cents).toString().padStart(3, '0'); return `${text.slice(0, -2)}.${text.slice(-2)}` }
const side = (cents: bigint): string => (cents < 0n ? 'DBIT' : 'CRDT')

/** A CAMT.053 file of the same statement. */
export function camt(statement: TestStatement, options: { readonly pending?: readonly Movement[] } = {}): string {
  const { iban, currency } = { ...TEST_ACCOUNT, currency: 'EUR', ...statement }
  const balance = (code: string, on: string, cents: bigint) => `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${euros(cents)}</Amt><CdtDbtInd>${side(cents)}</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`
  const entry = ({ on, cents, label, payer }: Movement, status: string) => `<Ntry><Amt Ccy="${currency}">${euros(cents)}</Amt><CdtDbtInd>${side(cents)}</CdtDbtInd><Sts>${status}</Sts><BookgDt><Dt>${on}</Dt></BookgDt><ValDt><Dt>${on}</Dt></ValDt>`
    + `<NtryDtls><TxDtls>${payer ? `<RltdPties><Dbtr><Nm>${payer}</Nm></Dbtr></RltdPties>` : ''}<RmtInf><Ustrd>${label}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
  return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>${statement.closingOn}T06:00:00</CreDtTm></GrpHdr>`
    + `<Stmt><Id>S1</Id><CreDtTm>${statement.closingOn}T06:00:00</CreDtTm><Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>${currency}</Ccy></Acct>`
    + balance('OPBD', statement.openingOn, statement.opening) + balance('CLBD', statement.closingOn, closingOf(statement))
    + statement.movements.map((movement) => entry(movement, 'BOOK')).join('') + (options.pending ?? []).map((movement) => entry(movement, 'PDNG')).join('')
    + '</Stmt></BkToCstmrStmt></Document>'
}
