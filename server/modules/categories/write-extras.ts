import type { Rule } from '../../../core/category/rule.ts'
import type { Context } from '../../platform/access/context.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { lineView, setNote } from '../banking/index.ts'
import { setMerchant } from '../merchants/index.ts'
import type { FilingLine } from './types.ts'

/** What a rule writes beside the category: a note where there is none, the merchant. */
export async function writeExtras(tx: TenantTx, ctx: Context, decided: readonly { readonly line: FilingLine; readonly rule: Rule | undefined }[]): Promise<void> {
  for (const { line, rule } of decided) {
    if (rule?.actions.note && (await lineView(tx, line.id)).note === null) await setNote(tx, ctx, { lineId: line.id, note: rule.actions.note })
    if (rule?.actions.merchantId && rule.actions.merchantId !== line.merchantId) await setMerchant(tx, ctx, { lineId: line.id, merchantId: rule.actions.merchantId, rule: `${rule.id}@${rule.version}` })
  }
}
