// The only file of reconciliation that other modules import.
export { acceptMany, type Decision } from './accept-many.ts'
export { accept, acceptMatch, evidenceFor } from './accept-match.ts'
export { acceptAutomatic } from './automatic.ts'
export { countSuggestions } from './suggestions.ts'
export { undoMatch } from './undo-match.ts'
export { openWorld, proposalsFor } from './world.ts'
