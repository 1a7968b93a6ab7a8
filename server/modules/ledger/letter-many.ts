import { letter as letterLines } from '../../../core/ledger/lettering.ts'
import type { Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { LetteringInput } from './letter.ts'
import { findKeyedLines, findLastLetters, saveLastLetters, saveLetterings } from './lettering-store.ts'
import { lockChain } from './posting-store.ts'

const groupKey = (account: string, auxiliary: string) => `${account}\t${auxiliary}`

/**
 * Letters many sets of lines in four statements, as `letter` does for one; no line may be in two sets.
 * Refuses NOT_FOUND and LETTERING_INVALID with the reason.
 */
export async function letterMany(tx: TenantTx, _ctx: Context, inputs: readonly LetteringInput[]): Promise<void> {
  if (inputs.length === 0) return
  await lockChain(tx)
  const stored = new Map((await findKeyedLines(tx, inputs.flatMap((input) => input.lines))).map((line) => [`${line.entryId} ${line.n}`, line]))
  const last = new Map((await findLastLetters(tx, inputs.map((input) => ({ account: input.account, auxiliary: input.auxiliary ?? '' })))).map((row) => [groupKey(row.account, row.auxiliary), row]))
  const marks = inputs.flatMap((input) => {
    const auxiliary = input.auxiliary ?? ''
    const lines = input.lines.map(({ entryId, n }) => stored.get(`${entryId} ${n}`)).filter((line) => line !== undefined)
    if (lines.length !== input.lines.length || lines.some((line) => line.account !== input.account || line.auxiliary !== auxiliary)) throw new Refusal('NOT_FOUND')
    const mark = letterLines(lines, last.get(groupKey(input.account, auxiliary))?.last ?? null)
    if (!mark.ok) throw new Refusal('LETTERING_INVALID', {}, [mark.problem])
    last.set(groupKey(input.account, auxiliary), { account: input.account, auxiliary, last: mark.value.letter })
    return input.lines.map((key) => ({ ...key, ...mark.value }))
  })
  await saveLetterings(tx, marks)
  await saveLastLetters(tx, [...last.values()])
}
