// The only file of banking that other modules import.
export { accountViews, brokenStatements, cashMoves } from './account-store.ts'
export { createAccount } from './accounts.ts'
export { commitImport } from './commit-import.ts'
export { previewImport } from './imports.ts'
export { defineBankingJobs, labelOf, pieceOf, postBankLines, requeueUnposted } from './jobs.ts'
export { addTreated, countToTreat, findLine, linesOfImport, linesToTreat, lockLine, lockLines, treatLines } from './line-store.ts'
export { presentLine } from './present.ts'
export type { AccountView, Line, PostableLine } from './types.ts'
