import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ApiProblem } from '../../lib/problem.ts'
import { CustomerForm } from './customer-form.tsx'
import { emptyFields, type CustomerFields } from './fields.ts'

let root: Root
let last: CustomerFields | undefined

async function show(fields: CustomerFields, options: { readonly strict?: boolean; readonly error?: unknown } = {}): Promise<void> {
  last = undefined
  await act(async () => { root.render(<I18nProvider i18n={i18n}><CustomerForm fields={fields} onChange={(next) => { last = next }} strict={options.strict ?? false} error={options.error} isNew /></I18nProvider>) })
}
const wrong = (name: string) => document.querySelector(`input[name="${name}"]`)!.getAttribute('aria-invalid') === 'true'

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  document.body.innerHTML = '<div id="root"></div>'
  root = createRoot(document.getElementById('root')!)
})
afterEach(async () => { await act(async () => { root.unmount() }) })

describe('the form of a customer', () => {
  it('leaves a number alone while it is being typed, and judges it once it is full or saving was tried', async () => {
    await show({ ...emptyFields('Perrin'), siren: '7328', iban: 'FR76' })
    expect([wrong('siren'), wrong('iban')]).toEqual([false, false])
    await show({ ...emptyFields('Perrin'), siren: '732829321' })
    expect(wrong('siren')).toBe(true)
    await show({ ...emptyFields(), siren: '7328', iban: 'FR76' }, { strict: true })
    expect([wrong('name'), wrong('siren'), wrong('iban')]).toEqual([true, true, true])
  })
  it('puts a refusal of the server beside the field it speaks of, and nowhere else', async () => {
    await show(emptyFields('Perrin'), { error: new ApiProblem({ status: 409, code: 'CUSTOMER_CODE_TAKEN', detail: 'The customer code C1 is already taken.' }) })
    expect(wrong('code')).toBe(true)
    expect(document.querySelector('[role=alert]')).toBeNull()
    await show(emptyFields('Perrin'), { error: new ApiProblem({ status: 403, code: 'PERMISSION_MISSING', detail: 'Not allowed.' }) })
    expect(document.querySelector('[role=alert]')?.textContent).toContain('Not allowed.')
  })
  it('proposes the VAT number of the SIREN, taken in one press', async () => {
    await show({ ...emptyFields('Perrin'), siren: '732 829 320' })
    await act(async () => { [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes('FR44732829320'))!.click() })
    expect(last?.vatNumber).toBe('FR44732829320')
  })
})
