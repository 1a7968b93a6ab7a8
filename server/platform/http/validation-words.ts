import type { Text } from '../../../core/kernel/problem.ts'

const TYPES: Readonly<Record<string, Text>> = {
  string: { fr: 'un texte', en: 'a text' },
  integer: { fr: 'un nombre entier', en: 'a whole number' },
  number: { fr: 'un nombre', en: 'a number' },
  boolean: { fr: 'vrai ou faux (true, false)', en: 'true or false' },
  object: { fr: 'un objet', en: 'an object' },
  array: { fr: 'une liste', en: 'a list' },
  null: { fr: 'null', en: 'null' },
}

const FORMATS: Readonly<Record<string, Text>> = {
  email: { fr: 'Indiquez une adresse électronique, par exemple claire@exemple.fr.', en: 'Give an e-mail address, for example claire@example.org.' },
  uuid: { fr: 'Indiquez un identifiant uuid.', en: 'Give a uuid.' },
  'date-time': { fr: 'Indiquez un instant, par exemple 2026-11-20T08:30:00Z.', en: 'Give an instant, for example 2026-11-20T08:30:00Z.' },
}

const PATTERNS: Readonly<Record<string, Text>> = {
  '^\\d{4}-\\d{2}-\\d{2}$': { fr: 'Indiquez un jour sous la forme AAAA-MM-JJ.', en: 'Give a day as YYYY-MM-DD.' },
  '^-?\\d{1,16}(\\.\\d{1,4})?$': { fr: 'Indiquez un montant en chiffres avec un point, par exemple 1234.56.', en: 'Give an amount in digits with a dot, for example 1234.56.' },
  '^[A-Z]{3}$': { fr: 'Indiquez une devise en trois majuscules, par exemple EUR.', en: 'Give a currency in three capitals, for example EUR.' },
  '^\\d{9}$': { fr: 'Indiquez neuf chiffres, sans espace.', en: 'Give nine digits, without spaces.' },
}

function typeWords(params: Readonly<Record<string, unknown>>): Text {
  const names = Array.isArray(params['type']) ? params['type'] as string[] : [String(params['type'])]
  const words = names.map((name) => TYPES[name] ?? { fr: name, en: name })
  return { fr: `Indiquez ${words.map(({ fr }) => fr).join(' ou ')}.`, en: `Give ${words.map(({ en }) => en).join(' or ')}.` }
}

/** What is wrong with a field and what to write instead, from the rule of the schema that it broke. */
export function sayWhatIsWrong(keyword: string, params: Readonly<Record<string, unknown>>): Text {
  const limit = String(params['limit'] ?? '')
  switch (keyword) {
    case 'required': return { fr: 'Ce champ est obligatoire.', en: 'This field is required.' }
    case 'type': return typeWords(params)
    case 'format': return FORMATS[String(params['format'])] ?? { fr: 'Ce texte n\'a pas la forme attendue.', en: 'This text does not have the expected form.' }
    case 'pattern': {
      const pattern = params['pattern'] instanceof RegExp ? params['pattern'].source : String(params['pattern'])
      return PATTERNS[pattern] ?? { fr: `Ce texte n'a pas la forme attendue (${pattern}).`, en: `This text does not have the expected form (${pattern}).` }
    }
    case 'enum': {
      const values = (params['allowedValues'] as unknown[] | undefined ?? []).map(String).join(', ')
      return { fr: `Choisissez parmi : ${values}.`, en: `Choose one of: ${values}.` }
    }
    case 'minLength': return limit === '1'
      ? { fr: 'Ce champ ne peut pas être vide.', en: 'This field cannot be empty.' }
      : { fr: `Écrivez au moins ${limit} caractères.`, en: `Write at least ${limit} characters.` }
    case 'maxLength': return { fr: `Écrivez au plus ${limit} caractères.`, en: `Write at most ${limit} characters.` }
    case 'minimum': return { fr: `Indiquez au moins ${limit}.`, en: `Give at least ${limit}.` }
    case 'maximum': return { fr: `Indiquez au plus ${limit}.`, en: `Give at most ${limit}.` }
    case 'minItems': return { fr: `Cette liste demande au moins ${limit} élément${limit === '1' ? '' : 's'}.`, en: `This list needs at least ${limit} item${limit === '1' ? '' : 's'}.` }
    case 'maxItems': return { fr: `Cette liste accepte au plus ${limit} éléments.`, en: `This list takes at most ${limit} items.` }
    default: return { fr: 'Cette valeur n\'est pas acceptée ici.', en: 'This value is not accepted here.' }
  }
}
