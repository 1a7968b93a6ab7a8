import { useLingui } from '@lingui/react/macro'
import type { BankAccount, BankImport } from '../../../contract/banking.ts'
import { SelectField, TextField } from '../../ui/index.ts'
import { accountCase, NEW_ACCOUNT, type AccountChoice } from './account-choice.ts'
import { groupIban } from './iban.ts'

export type AccountFieldProps = { readonly file: BankImport; readonly accounts: readonly BankAccount[]; readonly choice: AccountChoice; readonly onChange: (choice: AccountChoice) => void; readonly mayCreate: boolean; readonly ibanError: string | undefined }

/** The account the lines go to: the one the file names, or one to choose or to create. */
export function AccountField({ file, accounts, choice, onChange, mayCreate, ibanError }: AccountFieldProps) {
  const { t } = useLingui()
  const { account } = file
  const kind = accountCase(file)
  if (kind === 'known') return <p><span className="font-medium">{account.name}</span> <span className="figures text-muted">{account.iban ? groupIban(account.iban) : account.bankWriting}</span></p>
  if (kind === 'several') return <p className="max-w-prose text-muted">{t`The file holds several accounts; each line goes to its own.`}</p>
  const written = account.iban ? groupIban(account.iban) : account.bankWriting
  return (
    <div className="space-y-3">
      <p className="max-w-prose text-muted">{written ? t`The file is of the account ${written}, which is not known yet.` : t`The file does not say which account it is of.`}</p>
      <SelectField
        label={t`Account of these lines`} value={choice.accountId} onChange={(event) => onChange({ ...choice, accountId: event.target.value })}
        options={[
          ...(choice.accountId === '' ? [{ value: '', label: t`Choose the account`, disabled: true }] : []),
          ...accounts.map((one) => ({ value: one.id, label: one.iban ? `${one.name} · ${groupIban(one.iban)}` : one.name })),
          ...(mayCreate ? [{ value: NEW_ACCOUNT, label: t`A new account` }] : []),
        ]}
      />
      {choice.accountId === NEW_ACCOUNT ? (
        <div className="grid gap-3 desk:grid-cols-2">
          <TextField label={t`Name of the account`} value={choice.name} maxLength={120} onChange={(event) => onChange({ ...choice, name: event.target.value })} error={choice.name.trim() ? undefined : t`Give the account a name.`} />
          <TextField label={t`IBAN`} hint={account.iban ? undefined : t`May be left empty.`} value={choice.iban} maxLength={42} error={ibanError} onChange={(event) => onChange({ ...choice, iban: event.target.value })} />
        </div>
      ) : null}
    </div>
  )
}
