import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Category, CategoryTree } from '../../contract/categories.ts'
import { useCompany } from './company.tsx'
import { reading } from './queries.ts'

/** A choice in a list of categories: its name, and the group it belongs to. */
export type CategoryChoice = { readonly value: string; readonly label: string; readonly detail: string | undefined }

/** Groups and their categories, one after the other. */
export function flatTree(tree: CategoryTree | undefined): readonly Category[] {
  return tree?.items.flatMap(({ children, ...group }) => [group, ...children]) ?? []
}

export function choicesOf(items: readonly Category[]): readonly CategoryChoice[] {
  const names = new Map(items.map(({ id, name }) => [id, name]))
  return items.map(({ id, name, parentId }) => ({ value: id, label: name, detail: parentId === null ? undefined : names.get(parentId) }))
}

/** The categories of the company, for a field, a filter, a name beside an id. */
export function useCategories() {
  const { api } = useCompany()
  const query = useQuery({ ...reading(api, '/api/categories/tree'), staleTime: 60_000 })
  const { data } = query
  return useMemo(() => {
    const items = flatTree(data)
    const known = new Map(items.map((item) => [item.id, item]))
    return { query, items, choices: choicesOf(items), find: (id: string | null | undefined) => (id ? known.get(id) : undefined) }
  }, [data, query.error])
}

type Source = 'manual' | 'rule' | 'model' | 'memory'
const SOURCES: Readonly<Record<Source, MessageDescriptor>> = { manual: msg`chosen by a person`, rule: msg`by a rule`, model: msg`learned`, memory: msg`remembered` }

/** Where a category comes from, in words. */
export function sourceWords(source: Source): MessageDescriptor {
  return SOURCES[source]
}

const KINDS: Readonly<Record<Category['kind'], MessageDescriptor>> = { income: msg`Earnings`, expense: msg`Spending`, transfer: msg`Neither one nor the other` }

export function kindWords(kind: Category['kind']): MessageDescriptor {
  return KINDS[kind]
}

export const CATEGORY_KINDS = ['expense', 'income', 'transfer'] as const satisfies readonly Category['kind'][]

const VAT_RATES: Readonly<Record<Category['vatRate'], MessageDescriptor>> = {
  standard: msg`Standard rate, 20 %`, intermediate: msg`Intermediate rate, 10 %`, reduced: msg`Reduced rate, 5.5 %`, particular: msg`Particular rate, 2.1 %`, none: msg`No VAT`,
}
const VAT_SHORT: Readonly<Record<Category['vatRate'], MessageDescriptor>> = { standard: msg`20 %`, intermediate: msg`10 %`, reduced: msg`5.5 %`, particular: msg`2.1 %`, none: msg`none` }
export const VAT_KEYS = ['standard', 'intermediate', 'reduced', 'particular', 'none'] as const satisfies readonly Category['vatRate'][]

/** A rate of TVA by its name in law, with what it is worth today. */
export function vatWords(rate: Category['vatRate'], short = false): MessageDescriptor {
  return (short ? VAT_SHORT : VAT_RATES)[rate]
}
