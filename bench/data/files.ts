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

const compact = (on: LocalDate): string => on.replaceAll('-', '')

/** OFX 1.02: SGML with open tags, as French banks export it. */
export function ofxStatement(lines: readonly Line[]): string {
  const movements = lines.map(({ on, minor, label, bankRef }) => `<STMTTRN>\r\n<TRNTYPE>${minor < 0n ? 'DEBIT' : 'CREDIT'}\r\n<DTPOSTED>${compact(on)}\r\n<TRNAMT>${decimal(minor)}\r\n<FITID>${bankRef}\r\n<NAME>${label.slice(0, 32)}\r\n<MEMO>${label}\r\n</STMTTRN>\r\n`)
  return 'OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n'
    + '<OFX>\r\n<BANKMSGSRSV1>\r\n<STMTTRNRS>\r\n<STMTRS>\r\n<CURDEF>EUR\r\n<BANKACCTFROM>\r\n<BANKID>30006\r\n<BRANCHID>00001\r\n<ACCTID>12345678901\r\n<ACCTTYPE>CHECKING\r\n</BANKACCTFROM>\r\n<BANKTRANLIST>\r\n'
    + `${movements.join('')}</BANKTRANLIST>\r\n</STMTRS>\r\n</STMTTRNRS>\r\n</BANKMSGSRSV1>\r\n</OFX>\r\n`
}

/** QIF with French dates and decimal commas. */
export function qifStatement(lines: readonly Line[]): string {
  return `!Type:Bank\r\n${lines.map(({ on, minor, label, bankRef }) => `D${on.slice(8)}/${on.slice(5, 7)}/${on.slice(0, 4)}\r\nT${decimal(minor, ',')}\r\nN${bankRef}\r\nP${label}\r\n^\r\n`).join('')}`
}

/** MT940 with German sub-fields, one message. */
export function mt940Statement(lines: readonly Line[]): string {
  const day = (on: LocalDate) => compact(on).slice(2)
  const balance = (tag: string, on: LocalDate, minor: bigint) => `:${tag}:${minor < 0n ? 'D' : 'C'}${day(on)}EUR${decimal(minor < 0n ? -minor : minor, ',')}\r\n`
  const movements = lines.map(({ on, minor, label, bankRef }) => `:61:${day(on)}${day(on).slice(2)}${minor < 0n ? 'D' : 'C'}${decimal(minor < 0n ? -minor : minor, ',')}NTRFNONREF//${bankRef}\r\n`
    + `:86:${minor < 0n ? '177' : '166'}?00VIREMENT?20SVWZ+${label.slice(0, 22)}?21${label.slice(22, 49)}?22${label.slice(49, 76)}\r\n`)
  return `:20:STARTUMS\r\n:25:${IBAN}\r\n:28C:1/1\r\n${balance('60F', lines[0]!.on, 0n)}${movements.join('')}${balance('62F', lines.at(-1)!.on, lines.reduce((sum, line) => sum + line.minor, 0n))}-\r\n`
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
