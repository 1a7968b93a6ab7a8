import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useKeyboard } from '../../lib/keyboard.ts'

const ToastRegion = lazy(() => import('../../ui/toast-region.tsx').then((module) => ({ default: module.ToastRegion })))

export function RootFrame() {
  useKeyboard()
  return (
    <>
      <Outlet />
      <Suspense fallback={null}><ToastRegion /></Suspense>
    </>
  )
}
