import { type Problem, problem } from '../../core/kernel/problem.ts'

/** A file that declares entities: no bank writes them, and they are how a small file is made to fill the memory of its reader. */
export function declarationRefused(line: number): Problem {
  return problem('XML_DECLARATION', {
    fr: 'Ce fichier déclare des entités (DOCTYPE, ENTITY), ce qu\'aucun relevé ne fait : sa lecture s\'arrête là. Exportez de nouveau le relevé depuis la banque.',
    en: 'This file declares entities (DOCTYPE, ENTITY), which no statement does: reading stops there. Export the statement from the bank again.',
  }, { line })
}
