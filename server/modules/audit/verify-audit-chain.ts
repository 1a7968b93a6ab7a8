import type { TenantTx } from '../../platform/db/types.ts'
import { CHAIN_START, hashRow } from './chain.ts'
import { readChain, readChainEnd, type StoredRow } from './store.ts'
import { verifyChain, type ChainVerdict } from './verify-chain.ts'

const CHECK_BATCH = 1000

/** Reads the log of the transaction's company again from its first row, and says where it first breaks and how. */
export async function verifyAuditChain(tx: TenantTx): Promise<ChainVerdict<StoredRow>> {
  const { end, last } = await readChainEnd(tx)
  return await verifyChain<StoredRow>({
    start: CHAIN_START, end,
    page: (after) => readChain(tx, { after, upTo: last, limit: CHECK_BATCH }),
    hashOf: (row, previous, seq) => hashRow(tx.tenantId, previous, { ...row, seq }),
  })
}
