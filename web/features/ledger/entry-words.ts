import { useLingui } from '@lingui/react/macro'
import type { Entry } from '../../../contract/ledger.ts'

/** Where an entry comes from, in words, and the address of what made it. */
export function useEntrySource(): (entry: Entry) => { readonly word: string; readonly path: string | undefined } {
  const { t } = useLingui()
  return ({ source, sourceId }) => {
    switch (source) {
      case 'manual': return { word: t`Written by hand`, path: undefined }
      case 'invoice': return { word: t`Sales invoice`, path: sourceId ? `ventes/factures/${sourceId}` : undefined }
      case 'bank': return { word: t`Bank line`, path: sourceId ? `banque/operations/${sourceId}` : undefined }
      case 'match': return { word: t`Reconciliation`, path: undefined }
      case 'import': return { word: t`Brought in from a FEC`, path: undefined }
      case 'opening': return { word: t`Opening balances`, path: undefined }
      case 'reversal': return { word: t`Reversal`, path: undefined }
    }
  }
}

/** Entries made by an invoice, a bank line or a match are undone where they come from, so that both stay in step. */
export function mayReverse(entry: Entry): boolean {
  return entry.status === 'validated' && entry.reversedById === null && (entry.source === 'manual' || entry.source === 'import' || entry.source === 'opening' || entry.source === 'reversal')
}
