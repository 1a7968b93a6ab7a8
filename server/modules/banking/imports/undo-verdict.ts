import type { Text } from '../../../../core/kernel/problem.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { importObstacles } from './undo-store.ts'
import type { ImportRow } from '../types.ts'

/** Whether an import can be taken back, and what stands in the way. */
export type UndoVerdict = { readonly possible: boolean; readonly because: Text | null }

/** Lines one undoing takes back at most; a longer file is undone by hand, account by account. */
export const UNDO_LINES_MAX = 20_000

function count(n: number, fr: readonly [string, string], en: readonly [string, string]): Text {
  return { fr: `${n} ${fr[n > 1 ? 1 : 0]}`, en: `${n} ${en[n > 1 ? 1 : 0]}` }
}

/** Whether a committed import can be undone: nothing of it is treated, and every day of its entries is open. */
export async function undoVerdict(tx: TenantTx, row: Pick<ImportRow, 'id' | 'origin' | 'linesUpdated'>): Promise<UndoVerdict> {
  if (row.origin === 'manual') return { possible: false, because: { fr: 'des opérations saisies à la main se retirent une à une', en: 'lines written by hand are removed one by one' } }
  const { lines, treated, locked } = await importObstacles(tx, row.id)
  const because = treated > 0 ? count(treated, ['opération est déjà traitée : annulez d\'abord son rapprochement', 'opérations sont déjà traitées : annulez d\'abord leurs rapprochements'], ['line is treated: undo its match first', 'lines are treated: undo their matches first'])
    : locked > 0 ? count(locked, ['opération est dans une période verrouillée', 'opérations sont dans une période verrouillée'], ['line is in a locked period', 'lines are in a locked period'])
      : lines > UNDO_LINES_MAX ? count(lines, ['opération : c\'est plus qu\'une annulation ne reprend', 'opérations : c\'est plus qu\'une annulation ne reprend'], ['line, more than one undoing takes back', 'lines, more than one undoing takes back'])
        : null
  return { possible: because === null, because }
}
