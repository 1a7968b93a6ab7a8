import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { RoleChoice, RoleName } from '../../../contract/identity.ts'
import type { Role } from '../../../core/access/permissions.ts'
import { useCompany } from '../../lib/company.tsx'
import { reading } from '../../lib/queries.ts'
import { ROLE_ORDER, roleLabel } from '../../lib/role-words.ts'

const OWN = 'id:'

/** One value for a list that mixes the six roles and those the company made. */
export function choiceValue(person: { readonly role: Role; readonly customRole: RoleName | null }): string {
  return person.customRole ? `${OWN}${person.customRole.id}` : person.role
}

export function choiceOf(value: string): RoleChoice {
  return value.startsWith(OWN) ? { roleId: value.slice(OWN.length) } : { role: value as Role }
}

export type RoleOption = { readonly value: string; readonly label: string }

/** The roles one can give here: the six, then the company's own. */
export function useRoleOptions(): readonly RoleOption[] {
  const { i18n } = useLingui()
  const { api } = useCompany()
  const roles = useQuery(reading(api, '/api/roles'))
  return useMemo(() => [
    ...ROLE_ORDER.map((role) => ({ value: role as string, label: i18n._(roleLabel(role)) })),
    ...(roles.data?.items ?? []).map((role) => ({ value: `${OWN}${role.id}`, label: role.name })),
  ], [roles.data, i18n])
}
