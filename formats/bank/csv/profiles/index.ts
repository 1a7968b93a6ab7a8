import type { CsvProfile } from '../../../../core/bank/mapping.ts'
import { BNP_PARIBAS } from './bnp-paribas.ts'
import { BOURSOBANK } from './boursobank.ts'
import { CAISSE_EPARGNE } from './caisse-epargne.ts'
import { CAPITAL_ONE } from './capital-one.ts'
import { CHASE } from './chase.ts'
import { CIC } from './cic.ts'
import { CREDIT_AGRICOLE } from './credit-agricole.ts'
import { DESJARDINS } from './desjardins.ts'
import { DISCOVER } from './discover.ts'
import { FORTUNEO } from './fortuneo.ts'
import { GENERAL } from './general.ts'
import { LA_BANQUE_POSTALE } from './la-banque-postale.ts'
import { N26 } from './n26.ts'
import { PAYPAL } from './paypal.ts'
import { PLAID } from './plaid.ts'
import { QONTO } from './qonto.ts'
import { RBC } from './rbc.ts'
import { REVOLUT } from './revolut.ts'
import { SOCIETE_GENERALE } from './societe-generale.ts'
import { STRIPE } from './stripe.ts'
import { WISE } from './wise.ts'

/** Every shipped profile: one file per institution, one line here. */
export const CSV_PROFILES: readonly CsvProfile[] = [
  ...GENERAL,
  ...BNP_PARIBAS,
  ...BOURSOBANK,
  ...CAISSE_EPARGNE,
  ...CAPITAL_ONE,
  ...CHASE,
  ...CIC,
  ...CREDIT_AGRICOLE,
  ...DESJARDINS,
  ...DISCOVER,
  ...FORTUNEO,
  ...LA_BANQUE_POSTALE,
  ...N26,
  ...PAYPAL,
  ...PLAID,
  ...QONTO,
  ...RBC,
  ...REVOLUT,
  ...SOCIETE_GENERALE,
  ...STRIPE,
  ...WISE,
]

/** A profile by its name. */
export function profileNamed(name: string | undefined): CsvProfile | undefined {
  return CSV_PROFILES.find((profile) => profile.name === name)
}
