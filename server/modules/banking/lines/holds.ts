import type { NewHold } from '../../../../contract/banking.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import { appendEvent } from '../../../platform/events/index.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { recordAudit } from '../../audit/index.ts'
import { listMembers } from '../../identity/index.ts'
import { answerHold, closeHold, openHold } from './hold-store.ts'
import { lockLine } from './line-store.ts'
import { lineView, type LineView } from './views.ts'

/**
 * Sets a line aside with a question, to a colleague or to anyone. A question that waits already is released by the new one.
 * Refuses NOT_FOUND: the line, or a person who is no member.
 */
export async function holdTransaction(app: App, ctx: Context, { id, hold }: { readonly id: string; readonly hold: NewHold }): Promise<LineView> {
  authorize(ctx, 'match.write')
  const asked = hold.askedOf ? (await listMembers(app, ctx, { userId: hold.askedOf }))[0] : undefined
  if (hold.askedOf && !asked) throw new Refusal('NOT_FOUND')
  return app.db.tenant(ctx, async (tx) => {
    const line = await lockLine(tx, id)
    if (!line) throw new Refusal('NOT_FOUND')
    if (line.holdId !== null) await closeHold(tx, { id: line.holdId, lineId: id, by: ctx.userId })
    await openHold(tx, {
      id: uuidv7(), lineId: id, question: hold.question.trim(), by: ctx.userId === null ? null : { id: ctx.userId, name: ctx.actor }, byName: ctx.actor,
      askedOf: asked ? { id: asked.userId, name: asked.name } : null,
    })
    await appendEvent(tx, ctx, { kind: 'line.held', subject: id, data: { askedOf: asked?.userId ?? null } })
    await recordAudit(tx, ctx, { action: 'bank-line.hold', subjectKind: 'bank-line', subjectId: id, before: null, after: { question: hold.question.trim(), askedOf: asked?.userId ?? null } })
    return lineView(tx, id)
  })
}

/** Answers the question a line waits with. Whoever sees the line may answer; it stays aside until someone releases it. Refuses NOT_FOUND, HOLD_NOT_OPEN. */
export async function answerQuestion(app: App, ctx: Context, { id, text }: { readonly id: string; readonly text: string }): Promise<LineView> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, async (tx) => {
    const line = await lockLine(tx, id)
    if (!line) throw new Refusal('NOT_FOUND')
    if (line.holdId === null) throw new Refusal('HOLD_NOT_OPEN')
    await answerHold(tx, line.holdId, { text: text.trim(), by: ctx.userId, byName: ctx.actor })
    await appendEvent(tx, ctx, { kind: 'line.answered', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'bank-line.answer', subjectKind: 'bank-line', subjectId: id, before: null, after: { answer: text.trim() } })
    return lineView(tx, id)
  })
}

/** Lets a line go on. Refuses NOT_FOUND, HOLD_NOT_OPEN. */
export async function releaseTransaction(app: App, ctx: Context, id: string): Promise<LineView> {
  authorize(ctx, 'match.write')
  return app.db.tenant(ctx, async (tx) => {
    const line = await lockLine(tx, id)
    if (!line) throw new Refusal('NOT_FOUND')
    if (line.holdId === null) throw new Refusal('HOLD_NOT_OPEN')
    await closeHold(tx, { id: line.holdId, lineId: id, by: ctx.userId })
    await appendEvent(tx, ctx, { kind: 'line.released', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'bank-line.release', subjectKind: 'bank-line', subjectId: id, before: null, after: null })
    return lineView(tx, id)
  })
}
