import { Link as RouterLink } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'
import { useCompany } from '../lib/company.tsx'
import { buttonClass, type ButtonTone } from './button.tsx'
import { classes } from './classes.ts'
import type { LucideIcon } from 'lucide-react'

type LinkLook = 'text' | 'bare' | { readonly button: ButtonTone; readonly size?: 'normal' | 'small' | undefined }
export type LinkProps = Omit<ComponentProps<'a'>, 'href' | 'children'> & {
  /** A full address, such as `at('ventes/factures')`. */
  readonly to: string
  readonly search?: Readonly<Record<string, string | undefined>> | undefined
  readonly look?: LinkLook | undefined
  readonly icon?: LucideIcon | undefined
  readonly replace?: boolean | undefined
  readonly children?: ReactNode
}

/** A link inside the app: hovering it fetches the page and its data. */
export function Link({ to, search, look = 'text', icon: Icon, className, children, ...rest }: LinkProps) {
  const style = look === 'text' ? 'text-accent underline decoration-line-strong underline-offset-3 hover:decoration-current' : look === 'bare' ? '' : buttonClass(look.button, look.size)
  return (
    <RouterLink {...(rest as object)} to={to as never} search={(search ?? {}) as never} className={classes(style, className)}>
      {Icon ? <Icon size={16} aria-hidden className="shrink-0" /> : null}
      {children}
    </RouterLink>
  )
}

/** A link to a page of the company on screen: `<CompanyLink to="ventes/factures">`. */
export function CompanyLink({ to, ...rest }: LinkProps) {
  const { at } = useCompany()
  return <Link {...rest} to={at(to)} />
}
