import { parseIban } from '../../../core/bank/account-name.ts'
import { squeeze } from '../squeeze.ts'
import { field, type RawRecord } from './fields.ts'

/** What the 05 records add to a movement, gathered by qualifier. */
export type Details = {
  label: string
  payer: string | null
  payee: string | null
  payerIban: string | null
  payeeIban: string | null
  endToEnd: string | null
  bankReference: string | null
}

/** Columns of the label in a 04 record. A text that fills them all goes on in the next record, in the middle of a word if need be. */
const LABEL_COLUMNS = 31
const DETAIL_COLUMNS = 70

const meaningful = (text: string): string | null => (text === '' || /^(NOT ?PROVIDED|NONREF)$/i.test(text) ? null : text)

export type Label = { text: string; isFull: boolean }

/** The label of a 04 record, and whether it fills its columns (its next part is then glued on, without a space). */
export function openLabel(record: RawRecord): Label {
  const raw = record.text.slice(48, 48 + LABEL_COLUMNS + 1)
  return { text: squeeze(raw), isFull: raw.charCodeAt(LABEL_COLUMNS - 1) > 32 && raw[0] !== ' ' }
}

function extend(label: Label, raw: string): void {
  const text = squeeze(raw)
  if (text === '') return
  // Some banks repeat the whole label in the first detail: the short one then says nothing more.
  if (text.startsWith(label.text)) label.text = text
  else label.text += (label.isFull && !raw.startsWith(' ') ? '' : ' ') + text
  label.isFull = raw.charCodeAt(DETAIL_COLUMNS - 1) > 32
}

export function emptyDetails(): Details {
  return { label: '', payer: null, payee: null, payerIban: null, payeeIban: null, endToEnd: null, bankReference: null }
}

/** Adds one 05 record to a movement. Qualifiers without a place of their own join the label: nothing the bank says is dropped. */
export function addDetail(record: RawRecord, details: Details, label: Label): void {
  const qualifier = field(record, 46, 48)
  const raw = record.text.slice(48, 118)
  if (qualifier === 'LIB') {
    extend(label, raw)
    return
  }
  const text = squeeze(raw)
  const first = squeeze(raw.slice(0, 35))
  switch (qualifier) {
    case 'NPY': details.payer ??= meaningful(text); return
    case 'NBE': details.payee ??= meaningful(text); return
    case 'IPY': details.payerIban ??= parseIban(first) ?? null; return
    case 'IBE': details.payeeIban ??= parseIban(first) ?? null; return
    case 'REF': details.bankReference ??= meaningful(text); return
    case 'RCN': {
      details.endToEnd ??= meaningful(first)
      const purpose = squeeze(raw.slice(35))
      if (purpose !== '') appendPart(label, purpose)
      return
    }
    default: appendPart(label, text)
  }
}

/** A separate piece of information: it never continues a cut word. */
function appendPart(label: Label, text: string): void {
  if (text === '' || label.text.includes(text)) return
  label.text = label.text === '' ? text : `${label.text} ${text}`
  label.isFull = false
}
