import type { Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import { post } from './post.ts'
import type { PostedEntry, PostingDraft } from './types.ts'

/** Entries one transaction of the group takes at most. */
const GROUP_ENTRIES_MAX = 500

export type Poster = {
  /** Posts in a transaction shared with other callers of the same company; answers once it is committed. */
  readonly post: (ctx: Context, drafts: readonly PostingDraft[]) => Promise<PostedEntry[]>
}

type Waiting = { readonly ctx: Context; readonly drafts: readonly PostingDraft[]; resolve(posted: PostedEntry[]): void; reject(error: unknown): void }

/** The first callers of the queue that one transaction can serve: the same person, up to the limit. */
function takeGroup(queue: Waiting[]): Waiting[] {
  let entries = 0
  let size = 0
  for (const waiting of queue) {
    entries += waiting.drafts.length
    if (size > 0 && (entries > GROUP_ENTRIES_MAX || waiting.ctx.userId !== queue[0]!.ctx.userId || waiting.ctx.today !== queue[0]!.ctx.today)) break
    size += 1
  }
  return queue.splice(0, size)
}

async function postGroup(app: App, group: readonly Waiting[]): Promise<void> {
  const { ctx } = group[0]!
  const posted = await app.db.tenant(ctx, (tx) => post(tx, ctx, group.flatMap((waiting) => waiting.drafts)))
  let from = 0
  for (const waiting of group) {
    waiting.resolve(posted.slice(from, from + waiting.drafts.length))
    from += waiting.drafts.length
  }
}

/** When the group fails each caller is served alone: a wrong entry refuses its own caller and nobody else. */
async function serve(app: App, group: readonly Waiting[]): Promise<void> {
  try {
    await postGroup(app, group)
  } catch (error) {
    if (group.length === 1) group[0]!.reject(error)
    else for (const waiting of group) await serve(app, [waiting])
  }
}

/**
 * Group commit for jobs whose transaction would hold nothing but a posting: callers that come while a transaction is at work
 * share the next one. The guarantees are those of `post`; only the number of commits is smaller. Call it outside of a transaction.
 */
export function createPoster(app: App): Poster {
  const queues = new Map<string, Waiting[]>()
  const drain = async (tenantId: string, queue: Waiting[]): Promise<void> => {
    while (queue.length > 0) await serve(app, takeGroup(queue))
    queues.delete(tenantId)
  }
  return {
    post: (ctx, drafts) => new Promise((resolve, reject) => {
      const waiting = { ctx, drafts, resolve, reject }
      const queue = queues.get(ctx.tenantId)
      if (queue) { queue.push(waiting); return }
      const fresh = [waiting]
      queues.set(ctx.tenantId, fresh)
      // Callers of the same turn of the event loop already share the first transaction.
      setImmediate(() => void drain(ctx.tenantId, fresh))
    }),
  }
}
