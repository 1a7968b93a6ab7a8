import { useLingui } from '@lingui/react/macro'
import type { Permission } from '../../../core/access/permissions.ts'
import { permissionGroups, permissionWords } from '../../lib/permission-words.ts'
import { Checkbox } from '../../ui/index.ts'

export type PermissionMatrixProps = {
  readonly value: ReadonlySet<string>
  readonly onChange: (value: ReadonlySet<string>) => void
  /** Only these are offered. */
  readonly among: readonly Permission[]
  readonly disabled?: boolean | undefined
}

/** The rights by part of the work, in words; a whole part at once by its head. */
export function PermissionMatrix({ value, onChange, among, disabled = false }: PermissionMatrixProps) {
  const { t, i18n } = useLingui()
  const set = (permissions: readonly string[], on: boolean) => {
    const next = new Set(value)
    for (const permission of permissions) { if (on) next.add(permission); else next.delete(permission) }
    onChange(next)
  }
  return (
    <div className="grid gap-x-8 gap-y-5 desk:grid-cols-2">
      {permissionGroups(among).map((group) => {
        const chosen = group.permissions.filter((permission) => value.has(permission)).length
        const label = i18n._(group.label)
        return (
          <fieldset key={group.id} className="min-w-0">
            <legend className="sr-only">{label}</legend>
            <div className="mb-1.5 border-b border-line pb-1.5 font-medium">
              <Checkbox label={t`${label}: everything`} checked={chosen === group.permissions.length} mixed={chosen > 0 && chosen < group.permissions.length} disabled={disabled} onChange={(on) => set(group.permissions, on)} />
            </div>
            <ul className="space-y-1.5 pl-6">
              {group.permissions.map((permission) => {
                const words = permissionWords(permission)
                return <li key={permission}><Checkbox label={words ? i18n._(words) : permission} checked={value.has(permission)} disabled={disabled} onChange={(on) => set([permission], on)} /></li>
              })}
            </ul>
          </fieldset>
        )
      })}
    </div>
  )
}

/** The rights as a short text: "Ventes : tout · Compta : Voir les livres, …". */
export function PermissionSummary({ permissions }: { readonly permissions: readonly string[] }) {
  const { t, i18n } = useLingui()
  const has = new Set(permissions)
  const parts = permissionGroups().flatMap((group) => {
    const held = group.permissions.filter((permission) => has.has(permission))
    if (held.length === 0) return []
    const label = i18n._(group.label)
    if (held.length === group.permissions.length) return [{ id: group.id, label, text: t`everything` }]
    return [{ id: group.id, label, text: held.map((permission) => { const words = permissionWords(permission); return words ? i18n._(words) : permission }).join(', ') }]
  })
  return <dl className="space-y-0.5 text-sm text-muted">{parts.map(({ id, label, text }) => <div key={id}><dt className="inline font-medium">{label}</dt><dd className="inline"> · {text}</dd></div>)}</dl>
}
