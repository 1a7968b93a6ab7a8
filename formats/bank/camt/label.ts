import { at, child, children, descendants, type Element, textAt, textOf } from './tree.ts'

/** Adds a piece of text to a label unless the label already says it. */
function addPart(parts: string[], text: string | null): void {
  if (text === null) return
  for (const part of parts) if (part.includes(text)) return
  parts.push(text)
}

/** Remittance text: unstructured first, then what structured blocks say in words. */
function remittance(parts: string[], details: Element): void {
  const information = child(details, 'RmtInf')
  if (!information) return
  let hasStructured = false
  for (const element of information.children) {
    if (element.name === 'Ustrd') addPart(parts, textOf(element))
    else if (element.name === 'Strd') hasStructured = true
  }
  if (hasStructured) for (const block of children(information, 'Strd')) {
    for (const document of descendants(block, 'RfrdDocInf')) addPart(parts, textAt(document, 'Nb'))
    addPart(parts, textAt(block, 'CdtrRefInf', 'Ref') ?? textAt(block, 'CdtrRefInf', 'CdtrRef'))
    for (const element of children(block, 'AddtlRmtInf')) addPart(parts, textOf(element))
  }
}

/** Why a payment came back: the reason code and what is said beside it. */
function returned(parts: string[], details: Element): void {
  const information = child(details, 'RtrInf')
  if (!information) return
  addPart(parts, textAt(information, 'Rsn', 'Cd') ?? textAt(information, 'Rsn', 'Prtry'))
  for (const element of children(information, 'AddtlInf')) addPart(parts, textOf(element))
}

const amountWords = (amount: Element | undefined): string | null => {
  const text = textOf(amount)
  return amount === undefined || text === null ? null : `${amount.attributes['Ccy'] ?? ''} ${text}`.trim()
}

/** What was paid in another currency and at which rate, such as "USD 120.00 @ 1.0812". */
function foreignAmount(parts: string[], of: Element, currency: string): void {
  const details = child(of, 'AmtDtls')
  if (!details) return
  const foreign = at(details, 'InstdAmt') ?? at(details, 'TxAmt')
  const amount = child(foreign, 'Amt')
  if (!amount || (amount.attributes['Ccy'] ?? currency) === currency) return
  const rate = textAt(foreign, 'CcyXchg', 'XchgRate') ?? textAt(details, 'TxAmt', 'CcyXchg', 'XchgRate') ?? textAt(details, 'CntrValAmt', 'CcyXchg', 'XchgRate')
  addPart(parts, rate === null ? amountWords(amount) : `${amountWords(amount)} @ ${rate}`)
}

/** Charges the bank kept on the way: one record in version 2, several under `Rcrd` since version 4. */
function charges(parts: string[], of: Element): void {
  if (child(of, 'Chrgs')) for (const block of children(of, 'Chrgs')) {
    const total = child(block, 'TtlChrgsAndTaxAmt')
    const amounts = total ? [total] : [child(block, 'Amt'), ...children(block, 'Rcrd').map((record) => child(record, 'Amt'))]
    for (const amount of amounts) if (amount && !/^0*[.,]?0*$/.test(amount.text.trim())) addPart(parts, `CHRGS ${amountWords(amount)}`)
  }
}

/** Everything a movement says in words: the remittance, why it came back, foreign amount and charges, then the bank's own remarks. */
export function labelOf(entry: Element, details: Element | undefined, currency: string): string {
  const parts: string[] = []
  if (details) {
    remittance(parts, details)
    returned(parts, details)
    addPart(parts, textOf(child(details, 'AddtlTxInf')))
    foreignAmount(parts, details, currency)
    charges(parts, details)
  }
  addPart(parts, textOf(child(entry, 'AddtlNtryInf')))
  foreignAmount(parts, entry, currency)
  charges(parts, entry)
  return parts.length === 1 ? parts[0]! : parts.join(' ')
}
