import type { LocalDate } from '../../core/kernel/local-date.ts'
import { overpunch } from '../../formats/bank/cfonb120/fields.ts'
import type { BankData } from './bank.ts'

type Line = { readonly on: LocalDate; readonly minor: bigint; readonly label: string; readonly bankRef: string }

export const IBAN = 'FR7630006000011234567890189'

/** Cents as a decimal with the mark given. */
export function decimal(minor: bigint, mark = '.'): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0')
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}${mark}${digits.slice(-2)}`
}

/** A statement as French banks export it: semicolons, day first, decimal comma. */
export function csvStatement(lines: readonly Line[]): string {
  return `Date;Date valeur;Libellé;Montant;Devise;Référence banque\r\n${lines.map(({ on, minor, label, bankRef }) => {
    const day = `${on.slice(8)}/${on.slice(5, 7)}/${on.slice(0, 4)}`
    return `${day};${day};${label};${decimal(minor, ',')};EUR;${bankRef}\r\n`
  }).join('')}`
}

/** CFONB 120: an opening record, for each line a movement and one detail, a closing record. */
export function cfonb120Statement(lines: readonly Line[]): string {
  const head = (kind: string, code: string) => `${kind}30006${code.padEnd(4)}00001EUR2 12345678901`
  const day = (on: LocalDate) => on.slice(8) + on.slice(5, 7) + on.slice(2, 4)
  const balance = (kind: string, on: LocalDate, minor: bigint) => `${head(kind, '')}  ${day(on)}${' '.repeat(50)}${overpunch(minor)}`.padEnd(120)
  const records = [balance('01', lines[0]!.on, 0n)]
  let total = 0n
  for (const { on, minor, label, bankRef } of lines) {
    total += minor
    const place = `${minor < 0n ? '21' : '18'}${day(on)}`
    records.push(`${head('04', '1801')}${place}  ${day(on)}${label.slice(0, 31).padEnd(31)}${' '.repeat(2)}${'0'.repeat(7)}  ${overpunch(minor)}${bankRef.padEnd(16)}`)
    records.push(`${head('05', '1801')}${place}     LIB${label.slice(0, 70).padEnd(70)}`.padEnd(120))
  }
  records.push(balance('07', lines.at(-1)!.on, total))
  return `${records.join('\r\n')}\r\n`
}

/** CAMT.053, one statement. */
export function camtStatement(lines: readonly Line[]): string {
  const total = lines.reduce((sum, line) => sum + line.minor, 0n)
  const balance = (code: string, on: LocalDate, minor: bigint) => `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${decimal(minor < 0n ? -minor : minor)}</Amt><CdtDbtInd>${minor < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`
  const entries = lines.map(({ on, minor, label, bankRef }) => `<Ntry><Amt Ccy="EUR">${decimal(minor < 0n ? -minor : minor)}</Amt><CdtDbtInd>${minor < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd><Sts>BOOK</Sts>`
    + `<BookgDt><Dt>${on}</Dt></BookgDt><ValDt><Dt>${on}</Dt></ValDt><AcctSvcrRef>${bankRef}</AcctSvcrRef><NtryDtls><TxDtls><RmtInf><Ustrd>${label}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>${IBAN}</IBAN></Id><Ccy>EUR</Ccy></Acct>`
    + `${balance('OPBD', lines[0]!.on, 0n)}${balance('CLBD', lines.at(-1)!.on, total)}\n${entries.join('')}</Stmt></BkToCstmrStmt></Document>\n`
}

/** The files the deciding commands read, by name. */
export function decidingFiles({ parties, invoices, lines, redelivery }: BankData): Record<string, string> {
  const table = (header: string, rows: readonly string[]) => `${header}\n${rows.join('\n')}\n`
  const bankColumns = 'account,booking_date,value_date,amount,currency,label,bank_ref'
  const bankRow = (line: { readonly id: string } & Line) => `${line.id},FR76,${line.on},${line.on},${decimal(line.minor)},EUR,${line.label},${line.bankRef}`
  return {
    'bank.csv': table(`line_id,${bankColumns}`, lines.map(bankRow)),
    'redelivery.csv': table(`row_id,${bankColumns}`, redelivery.map(bankRow)),
    'parties.csv': table('party_id,name,iban', parties.map((name, at) => `P${at},${name},`)),
    'invoices.csv': table('invoice_id,kind,number,party_id,date,due_date,currency,gross,gross_eur', invoices.map((invoice) => (
      `${invoice.id},${invoice.isPurchase ? 'purchase' : 'sale'},${invoice.number},P${invoice.party},${invoice.on},${invoice.dueOn},EUR,${decimal(invoice.minor)},${decimal(invoice.minor)}`))),
    'cheque-slips.csv': 'slip,date,payer,amount\n',
    'psp-payouts.csv': 'payout,date,customer,invoice_number,gross,fee\n',
  }
}
