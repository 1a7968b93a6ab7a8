import type { NewInstitution } from '../../../../contract/banking.ts'
import { bankCodeOf, colourOf, institutionBy } from '../../../../core/bank/institutions.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { recordAudit } from '../../audit/index.ts'
import { findInstitution, insertInstitution, institutionOfCode, listInstitutions } from './institution-store.ts'
import type { Institution } from '../types.ts'

/** Every institution of the company. */
export async function browseInstitutions(app: App, ctx: Context): Promise<Institution[]> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, (tx) => listInstitutions(tx))
}

/** Adds an institution by hand; what is known of its code or BIC completes it. Refuses INSTITUTION_EXISTS, BIC_INVALID. */
export async function createInstitution(app: App, ctx: Context, input: NewInstitution): Promise<Institution> {
  authorize(ctx, 'bank.manage')
  const bic = input.bic?.trim().toUpperCase() || null
  if (bic !== null && !/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic)) throw new Refusal('BIC_INVALID', { bic })
  return app.db.tenant(ctx, async (tx) => {
    const known = institutionBy({ bankCode: input.bankCode ?? null, bic })
    if (input.bankCode && await institutionOfCode(tx, input.bankCode)) throw new Refusal('INSTITUTION_EXISTS')
    const made: Institution = { id: uuidv7(), name: input.name.trim() || known?.name || 'Banque', bic: bic ?? known?.bic ?? null, bankCode: input.bankCode ?? null, colour: colourOf(input.name.trim()), connection: 'none' }
    await insertInstitution(tx, made)
    await recordAudit(tx, ctx, { action: 'institution.create', subjectKind: 'institution', subjectId: made.id, before: null, after: made })
    return made
  })
}

/** The institution an account names: the one chosen, or the one its number tells, added when the list knows it. Refuses NOT_FOUND. */
export async function institutionFor(tx: TenantTx, account: { readonly iban: string | null; readonly bankWriting: string | null }, chosen: string | null | undefined): Promise<string | null> {
  if (chosen === null) return null
  if (chosen !== undefined) {
    if (!(await findInstitution(tx, chosen))) throw new Refusal('NOT_FOUND')
    return chosen
  }
  const bankCode = bankCodeOf(account)
  const known = bankCode === null ? undefined : institutionBy({ bankCode })
  if (bankCode === null || !known) return null
  const mine = await institutionOfCode(tx, bankCode)
  if (mine) return mine.id
  const made: Institution = { id: uuidv7(), name: known.name, bic: known.bic, bankCode, colour: colourOf(known.name), connection: 'none' }
  await insertInstitution(tx, made)
  return made.id
}
