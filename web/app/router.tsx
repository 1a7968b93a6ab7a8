import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, notFound, redirect, type AnyRoute } from '@tanstack/react-router'
import { createApi } from '../lib/api.ts'
import { addressIn } from '../lib/company.tsx'
import { setPreferences } from '../lib/preferences.ts'
import { parseSearch, stringifySearch, type SearchValues } from '../lib/search-state.ts'
import { instanceQuery, landingOf, meQuery } from '../lib/session.ts'
import { PageSkeleton } from '../ui/skeleton.tsx'
import { NotFoundPage, RouteError } from './frame/errors.tsx'
import { RootFrame } from './frame/root-frame.tsx'
import type { LoadContext, PageEntry } from './page-module.ts'
import { COMPANY_PAGES } from './routes.ts'

type RouterContext = { readonly queries: QueryClient }
type PageContext = Omit<LoadContext, 'params' | 'search'>

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: RootFrame, notFoundComponent: NotFoundPage, errorComponent: RouteError })

const indexRoute = createRoute({
  getParentRoute: () => rootRoute, path: '/',
  beforeLoad: async ({ context }) => {
    const me = await context.queries.ensureQueryData(meQuery)
    if (!me) {
      const instance = await context.queries.ensureQueryData(instanceQuery)
      throw redirect({ to: instance.hasUsers ? '/connexion' : '/inscription' } as never)
    }
    const company = landingOf(me)
    throw redirect({ to: company ? addressIn(company.slug) : '/bienvenue' } as never)
  },
})

/** The pages before a company is chosen. Someone already signed in has nothing to do on the first two. */
const signInRoute = createRoute({
  getParentRoute: () => rootRoute, path: 'connexion', component: lazyRouteComponent(() => import('./pages/access/sign-in-page.tsx'), 'Page'),
  loader: ({ context }) => { void context.queries.prefetchQuery(instanceQuery) },
})
const signUpRoute = createRoute({
  getParentRoute: () => rootRoute, path: 'inscription', component: lazyRouteComponent(() => import('./pages/access/sign-up-page.tsx'), 'Page'),
  loader: ({ context }) => { void context.queries.prefetchQuery(instanceQuery) },
})
const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute, path: 'bienvenue', component: lazyRouteComponent(() => import('./pages/access/welcome-page.tsx'), 'Page'),
  beforeLoad: async ({ context, location }) => {
    if (!(await context.queries.ensureQueryData(meQuery))) throw redirect({ to: '/connexion', search: { vers: location.href } } as never)
  },
})

/** The pages that links of e-mails open, for whoever holds the link. */
const forgotRoute = createRoute({ getParentRoute: () => rootRoute, path: 'mot-de-passe-oublie', component: lazyRouteComponent(() => import('./pages/access/forgot-page.tsx'), 'Page') })
const resetRoute = createRoute({ getParentRoute: () => rootRoute, path: 'reinitialiser', component: lazyRouteComponent(() => import('./pages/access/reset-page.tsx'), 'Page') })
const invitationRoute = createRoute({ getParentRoute: () => rootRoute, path: 'invitation', component: lazyRouteComponent(() => import('./pages/access/invitation-page.tsx'), 'Page') })

const companyRoute = createRoute({
  getParentRoute: () => rootRoute, path: 'c/$slug', component: lazyRouteComponent(() => import('./frame/company-frame.tsx'), 'CompanyFrame'), notFoundComponent: NotFoundPage,
  beforeLoad: async ({ context, params, location }) => {
    const me = await context.queries.ensureQueryData(meQuery)
    if (!me) throw redirect({ to: '/connexion', search: { vers: location.href } } as never)
    const company = me.companies.find(({ slug }) => slug === params.slug)
    if (!company) throw notFound()
    return { me, company, api: createApi(company.id) }
  },
  loader: ({ context }) => { setPreferences({ lastCompany: context.company.slug }) },
})

/** Pages about books: a firm keeps none of its own. */
const ABOUT_BOOKS = /^(ventes|banque|compta)\//

/** A page of the table becomes a route: its file is fetched on hover, and so is its data. */
function pageRoute(parent: AnyRoute, entry: PageEntry): AnyRoute {
  const route: AnyRoute = createRoute({
    getParentRoute: () => parent, path: entry.path,
    component: lazyRouteComponent(entry.page, 'Page') as never,
    beforeLoad: ({ context }: { context: PageContext & { company: { kind: string } } }) => {
      if (context.company.kind === 'firm' && ABOUT_BOOKS.test(entry.path)) throw notFound()
    },
    loaderDeps: ({ search }: { search: unknown }) => ({ search }),
    loader: async ({ context, params, deps }: { context: PageContext; params: Readonly<Record<string, string>>; deps: { search: SearchValues } }) => {
      const { load } = await entry.page()
      load?.({ ...context, params, search: deps.search })
    },
  } as never)
  return entry.children ? route.addChildren(entry.children.map((child) => pageRoute(route, child))) : route
}

export function createAppRouter(queries: QueryClient) {
  const pages = COMPANY_PAGES.map((entry) => pageRoute(companyRoute as unknown as AnyRoute, entry))
  return createRouter({
    routeTree: rootRoute.addChildren([indexRoute, signInRoute, signUpRoute, forgotRoute, resetRoute, invitationRoute, welcomeRoute, (companyRoute as unknown as AnyRoute).addChildren(pages)] as never),
    context: { queries },
    defaultPreload: 'intent', defaultPreloadDelay: 40,
    // The query cache knows what is fresh: the router always asks it.
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: RouteError, defaultNotFoundComponent: NotFoundPage, defaultPendingComponent: PageSkeleton, defaultPendingMs: 300,
    parseSearch, stringifySearch,
    scrollRestoration: true,
  } as never)
}
