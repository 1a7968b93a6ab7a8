export { recordAudit, type AuditEvent } from './record-audit.ts'
export { verifyAuditChain } from './verify-audit-chain.ts'
export { faultSentence, verifyChain, type ChainFault, type ChainVerdict } from './verify-chain.ts'
