import { letter as letterLines } from '../../../core/ledger/lettering.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { findLastLetter, findLetterableLines, removeLettering, saveLastLetters, saveLettering } from './lettering-store.ts'
import { lockChain } from './posting-store.ts'
import type { LineKey } from './types.ts'

/** Lines of one account and, on a collective account, of one third party (its code). */
export type LetteringInput = { readonly account: string; readonly auxiliary: string | null; readonly lines: readonly LineKey[] }

async function load(tx: TenantTx, input: LetteringInput) {
  // Letters are given under the same lock as ranks: two settlements of one third party never take one letter.
  await lockChain(tx)
  const lines = await findLetterableLines(tx, input.lines)
  if (lines.length !== input.lines.length) throw new Refusal('NOT_FOUND')
  if (lines.some((line) => line.account !== input.account || line.auxiliary !== (input.auxiliary ?? ''))) throw new Refusal('NOT_FOUND')
  return lines
}

/** Letters lines whose debits equal their credits; answers the code and its day. Refuses NOT_FOUND and LETTERING_INVALID with the reason. */
export async function letter(tx: TenantTx, _ctx: Context, input: LetteringInput): Promise<{ letter: string; date: LocalDate }> {
  const lines = await load(tx, input)
  const auxiliary = input.auxiliary ?? ''
  const mark = letterLines(lines, await findLastLetter(tx, input.account, auxiliary))
  if (!mark.ok) throw new Refusal('LETTERING_INVALID', {}, [mark.problem])
  await saveLettering(tx, input.lines, mark.value)
  await saveLastLetters(tx, [{ account: input.account, auxiliary, last: mark.value.letter }])
  return mark.value
}

/** Takes the letter off these lines and off every line that shares it. Lines without a letter stay as they are. */
export async function unletter(tx: TenantTx, _ctx: Context, input: LetteringInput): Promise<void> {
  const lines = await load(tx, input)
  await removeLettering(tx, lines.filter((line) => line.letter).map((line) => ({ account: line.account, auxCode: line.auxiliary, lettering: line.letter })))
}
