import type { Measure } from '../../../core/category/train.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'

/** A line as learning sees it. */
export type TaughtLine = { readonly label: string; readonly counterpartyName: string | null; readonly amount: bigint; readonly bookedOn: LocalDate; readonly accountId: string; readonly categoryId: string }
export type LessonRow = TaughtLine & { readonly seq: bigint; readonly weight: number }
export type ModelHead = { readonly lessonSeq: bigint; readonly examples: number; readonly categories: number; readonly memories: number; readonly measure: Measure | null; readonly trainedAt: string }

const LINE = 'l.label, l.counterparty_name as "counterpartyName", l.amount, l.booked_on as "bookedOn", l.bank_account_id as "accountId"'

/** The number of the last lesson; 0 for a company without categories. */
export async function lastLesson(tx: TenantTx): Promise<bigint> {
  const { rows } = await tx.query<{ seq: bigint }>('select lesson_seq as seq from app.category_setting where tenant_id = $1', [tx.tenantId])
  return rows[0]?.seq ?? 0n
}

/** Adds lessons in their order and answers the number of the last. */
export async function appendLessons(tx: TenantTx, lessons: readonly { readonly lineId: string; readonly categoryId: string; readonly weight: 1 | -1 }[]): Promise<bigint> {
  const { rows } = await tx.query<{ seq: bigint }>('update app.category_setting set lesson_seq = lesson_seq + $2 where tenant_id = $1 returning lesson_seq as seq', [tx.tenantId, lessons.length])
  const last = rows[0]!.seq
  await tx.query(`
    insert into app.category_lesson (tenant_id, seq, line_id, category_id, weight)
    select $1, $2::bigint + u.n, u.line_id, u.category_id, u.weight from unnest($3::uuid[], $4::uuid[], $5::smallint[]) with ordinality as u(line_id, category_id, weight, n)`,
  [tx.tenantId, last - BigInt(lessons.length), lessons.map(({ lineId }) => lineId), lessons.map(({ categoryId }) => categoryId), lessons.map(({ weight }) => weight)])
  return last
}

/** Lessons after one, in their order. */
export async function lessonsAfter(tx: TenantTx, seq: bigint, limit: number): Promise<LessonRow[]> {
  const { rows } = await tx.query<LessonRow>(`
    select s.seq, s.weight, s.category_id as "categoryId", ${LINE} from app.category_lesson s join app.bank_line l on l.tenant_id = s.tenant_id and l.id = s.line_id
    where s.tenant_id = $1 and s.seq > $2 order by s.seq limit $3`, [tx.tenantId, seq, limit])
  return rows
}

/** Lessons a training has taken in are not read again. */
export async function dropLessons(tx: TenantTx, upTo: bigint): Promise<void> {
  await tx.query('delete from app.category_lesson where tenant_id = $1 and seq <= $2', [tx.tenantId, upTo])
}

export async function modelHead(tx: TenantTx): Promise<ModelHead | undefined> {
  const { rows } = await tx.query<ModelHead>('select lesson_seq as "lessonSeq", examples, categories, memories, measure, trained_at as "trainedAt" from app.category_model where tenant_id = $1', [tx.tenantId])
  return rows[0]
}

export async function modelContent(tx: TenantTx): Promise<Uint8Array | undefined> {
  const { rows } = await tx.query<{ content: Uint8Array }>('select content from app.category_model where tenant_id = $1', [tx.tenantId])
  return rows[0]?.content
}

export async function saveModel(tx: TenantTx, head: Omit<ModelHead, 'trainedAt'>, content: Uint8Array): Promise<void> {
  await tx.query(`
    insert into app.category_model (tenant_id, lesson_seq, content, examples, categories, memories, measure) values ($1, $2, $3, $4, $5, $6, $7::text::jsonb)
    on conflict (tenant_id) do update set lesson_seq = excluded.lesson_seq, content = excluded.content, examples = excluded.examples, categories = excluded.categories, memories = excluded.memories,
      measure = excluded.measure, trained_at = now()`,
  [tx.tenantId, head.lessonSeq, content, head.examples, head.categories, head.memories, head.measure && JSON.stringify(head.measure)])
}

/** Lines that a person or a rule of theirs put in one category, the latest, in the order of time. */
export async function taughtLines(tx: TenantTx, limit: number): Promise<TaughtLine[]> {
  const { rows } = await tx.query<TaughtLine>(`
    select * from (
      select f.category_id as "categoryId", ${LINE}, l.id from app.line_category f join app.bank_line l on l.tenant_id = f.tenant_id and l.id = f.line_id
      where f.tenant_id = $1 and f.source in ('manual', 'rule') and not f.is_split and f.category_id is not null order by l.booked_on desc, l.id desc limit $2
    ) latest order by "bookedOn", id`, [tx.tenantId, limit])
  return rows
}
