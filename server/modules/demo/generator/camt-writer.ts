import type { Currency } from '../../../../core/kernel/currency.ts'
import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import { absolute, formatAmount } from '../../../../core/kernel/money.ts'
import type { DemoBankLine } from './plan.ts'

export type CamtText = {
  /** How the bank writes an account that has no IBAN. */
  readonly account: string
  readonly currency: Currency
  readonly id: string
  readonly opening: { readonly on: LocalDate; readonly amount: bigint }
  readonly closing: { readonly on: LocalDate; readonly amount: bigint }
  readonly lines: readonly DemoBankLine[]
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function amount(minor: bigint, currency: Currency): string {
  return `<Amt Ccy="${currency}">${formatAmount(absolute(minor), currency)}</Amt><CdtDbtInd>${minor < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd>`
}

function balance(code: 'OPBD' | 'CLBD', at: CamtText['opening'], currency: Currency): string {
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount(at.amount, currency)}<Dt><Dt>${at.on}</Dt></Dt></Bal>`
}

function entry(line: DemoBankLine, { currency, id }: CamtText, rank: number): string {
  const { name, remittance } = line.details
  const party = line.amount > 0n ? 'Dbtr' : 'Cdtr'
  const parties = name === undefined ? '' : `<RltdPties><${party}><Pty><Nm>${escape(name)}</Nm></Pty></${party}></RltdPties>`
  const said = `<RmtInf><Ustrd>${escape(remittance === undefined ? line.words : `${line.words} ${remittance}`)}</Ustrd></RmtInf>`
  const reference = `${id}-${String(rank).padStart(4, '0')}`
  return `<Ntry><NtryRef>${reference}</NtryRef>${amount(line.amount, currency)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${line.on}</Dt></BookgDt><ValDt><Dt>${line.on}</Dt></ValDt>`
    + `<AcctSvcrRef>${reference}</AcctSvcrRef><NtryDtls><TxDtls>${parties}${said}</TxDtls></NtryDtls></Ntry>`
}

/** One statement as ISO 20022 camt.053.001.08. */
export function writeCamt053(text: CamtText): Uint8Array {
  const { account, currency, id, opening, closing, lines } = text
  const xml = '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
    + `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${closing.on}T20:00:00</CreDtTm></GrpHdr><Stmt><Id>${id}</Id><CreDtTm>${closing.on}T20:00:00</CreDtTm>`
    + `<Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>${currency}</Ccy></Acct>${balance('OPBD', opening, currency)}${balance('CLBD', closing, currency)}\n`
    + `${lines.map((line, index) => entry(line, text, index + 1)).join('\n')}\n</Stmt></BkToCstmrStmt></Document>\n`
  return new TextEncoder().encode(xml)
}
