import type { NewImportProfile, TryMapping } from '../../../../contract/banking.ts'
import type { CsvProfile } from '../../../../core/bank/mapping.ts'
import { checkProfile } from '../../../../core/bank/mapping-check.ts'
import { profileNamed } from '../../../../formats/bank/csv/profiles/index.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { recordAudit } from '../../audit/index.ts'
import { deleteProfile, findProfile, listProfiles, type ProfileRow, PROFILES_MAX, saveProfile } from './profile-store.ts'

/** The saved profiles of the company, by name. */
export async function browseProfiles(app: App, ctx: Context): Promise<ProfileRow[]> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, (tx) => listProfiles(tx))
}

/** Saves a profile; one of the same name is replaced. Refuses PROFILE_INVALID, PROFILES_TOO_MANY. */
export async function createProfile(app: App, ctx: Context, input: NewImportProfile): Promise<ProfileRow> {
  authorize(ctx, 'bank.import')
  const profile = checked(input.profile)
  const name = input.name.trim() || profile.name
  return app.db.tenant(ctx, async (tx) => {
    const known = await listProfiles(tx)
    if (known.length >= PROFILES_MAX && !known.some((one) => one.name === name)) throw new Refusal('PROFILES_TOO_MANY', { limit: String(PROFILES_MAX) })
    const saved = await saveProfile(tx, { id: uuidv7(), name, profile, by: ctx.userId })
    await recordAudit(tx, ctx, { action: 'import-profile.save', subjectKind: 'import-profile', subjectId: saved.id, before: null, after: { name, profile } })
    return saved
  })
}

/** Forgets a saved profile. Refuses NOT_FOUND. */
export async function removeProfile(app: App, ctx: Context, id: string): Promise<void> {
  authorize(ctx, 'bank.import')
  await app.db.tenant(ctx, async (tx) => {
    if (!(await deleteProfile(tx, id))) throw new Refusal('NOT_FOUND')
    await recordAudit(tx, ctx, { action: 'import-profile.delete', subjectKind: 'import-profile', subjectId: id, before: null, after: null })
  })
}

/** The profile a person chose for a file: written out, saved, or shipped; null for none. Refuses NOT_FOUND, PROFILE_INVALID, PROFILE_UNKNOWN. */
export async function chosenProfile(tx: TenantTx, choice: TryMapping): Promise<CsvProfile | null> {
  if (choice.profile) return checked(choice.profile)
  if (choice.profileId !== undefined) {
    const saved = await findProfile(tx, choice.profileId)
    if (!saved) throw new Refusal('NOT_FOUND')
    return saved.profile
  }
  if (choice.named === undefined) return null
  const shipped = profileNamed(choice.named)
  if (!shipped) throw new Refusal('PROFILE_UNKNOWN', { name: choice.named })
  return shipped
}

function checked(value: unknown): CsvProfile {
  const profile = checkProfile(value)
  if (!profile.ok) throw new Refusal('PROFILE_INVALID', {}, [profile.problem])
  return profile.value
}
