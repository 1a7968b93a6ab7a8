import { useLingui } from '@lingui/react/macro'
import { isApiProblem } from '../../lib/problem.ts'
import { NumberField, ProblemNote, SelectField, TextField } from '../../ui/index.ts'
import { faultsOf, proposedVatNumber, type CustomerFields, type Fault } from './fields.ts'

const COUNTRIES = ['FR', 'BE', 'CH', 'LU', 'DE', 'ES', 'IT', 'NL', 'PT', 'IE', 'GB', 'MC', 'AT', 'DK', 'FI', 'SE', 'NO', 'PL', 'CZ', 'GR', 'RO', 'HU', 'CA', 'US', 'MA', 'TN', 'DZ', 'SN', 'CI'] as const

export type CustomerFormProps = {
  readonly fields: CustomerFields
  readonly onChange: (fields: CustomerFields) => void
  /** After a first try to save: what is missing is then said. */
  readonly strict: boolean
  readonly error: unknown
  /** A code is given once, when the customer is added. */
  readonly isNew: boolean
}

/** Which field a refusal of the API speaks of, when it carries a code rather than a field. */
const FIELD_OF_CODE: Readonly<Record<string, keyof CustomerFields>> = { SIREN_INVALID: 'siren', IBAN_INVALID: 'iban', CUSTOMER_CODE_TAKEN: 'code' }

function useFaultWords(): Readonly<Record<Fault, string>> {
  const { t } = useLingui()
  return {
    NAME_MISSING: t`Give a name.`, SIREN_LENGTH: t`A SIREN has nine digits.`, SIREN_KEY: t`This SIREN is wrong: its check digit does not add up. Check each digit.`,
    IBAN_WRONG: t`This IBAN is wrong: its check digits do not add up. Copy it from the bank's own document.`, EMAIL_WRONG: t`Write an e-mail such as name@example.com.`, DAYS_WRONG: t`From 0 to 120 days.`,
  }
}

function useCountries(selected: string) {
  const { i18n } = useLingui()
  const names = new Intl.DisplayNames([i18n.locale], { type: 'region' })
  const codes = COUNTRIES.some((code) => code === selected) ? COUNTRIES : [...COUNTRIES, selected]
  return codes.map((code) => ({ value: code as string, label: names.of(code) ?? code }))
}

export function CustomerForm({ fields, onChange, strict, error, isNew }: CustomerFormProps) {
  const { t } = useLingui()
  const words = useFaultWords()
  const countries = useCountries(fields.country)
  const faults = faultsOf(fields)
  const refused = isApiProblem(error) ? FIELD_OF_CODE[error.code] : undefined
  const vat = proposedVatNumber(fields)
  const text = (name: keyof CustomerFields) => {
    const fault = faults[name]
    // While one types a number it is not wrong yet: it is judged once the field is full or saving was tried.
    const early = !strict && (fault === 'NAME_MISSING' || fault === 'SIREN_LENGTH' || fault === 'EMAIL_WRONG' || (fault === 'IBAN_WRONG' && fields.iban.replace(/\s/g, '').length < 27))
    const said = refused === name && isApiProblem(error) ? error.detail : isApiProblem(error) ? error.field(name) : undefined
    return { name, value: fields[name], onChange: (event: { target: { value: string } }) => onChange({ ...fields, [name]: event.target.value }), error: said ?? (fault && !early ? words[fault] : undefined) }
  }
  return (
    <div className="grid grid-cols-2 gap-3">
      {refused ? null : <div className="col-span-2 empty:hidden"><ProblemNote error={error} except={({ field }) => field !== null && field in fields} /></div>}
      <TextField {...text('name')} label={t`Name`} className="col-span-2" maxLength={200} autoFocus autoComplete="off" />
      <TextField {...text('siren')} label="SIREN" inputMode="numeric" controlClass="figures" autoComplete="off" hint={t`A SIRET works too.`} />
      <TextField
        {...text('vatNumber')} label={t`VAT number`} maxLength={20} autoComplete="off"
        hint={vat ? <button type="button" className="text-accent underline-offset-2 hover:underline" onClick={() => onChange({ ...fields, vatNumber: vat })}>{t`Use ${vat}`}</button> : undefined}
      />
      <TextField {...text('email')} label={t`E-mail`} type="email" className="col-span-2" maxLength={254} autoComplete="off" />
      <TextField {...text('address')} label={t`Address`} className="col-span-2" maxLength={300} autoComplete="off" />
      <TextField {...text('postalCode')} label={t`Postal code`} maxLength={20} autoComplete="off" />
      <TextField {...text('city')} label={t`City`} maxLength={120} autoComplete="off" />
      <SelectField label={t`Country`} value={fields.country} options={countries} onChange={(event) => onChange({ ...fields, country: event.target.value })} />
      <SelectField label={t`Language of the documents`} value={fields.language} options={[{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }]} onChange={(event) => onChange({ ...fields, language: event.target.value === 'en' ? 'en' : 'fr' })} />
      <TextField {...text('iban')} label="IBAN" className="col-span-2" controlClass="figures" maxLength={42} autoComplete="off" hint={t`It helps to recognise their payments at the bank.`} />
      <NumberField {...text('paymentDays')} label={t`Payment delay, in days`} />
      {isNew ? <TextField {...text('code')} label={t`Customer code`} maxLength={40} hint={t`Empty: the next free one.`} autoComplete="off" /> : null}
    </div>
  )
}
