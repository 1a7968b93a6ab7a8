import type { Static } from 'typebox'
import type { CompanyPatch, NewCompany } from '../../../../contract/identity.ts'
import { addMonths, dateOf, parseDate, yearOf, type LocalDate } from '../../../../core/kernel/local-date.ts'
import { problem } from '../../../../core/kernel/problem.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { Clock } from '../../../platform/clock/clock.ts'
import { isSiren } from '../../../../core/party/siren.ts'

const FISCAL_YEAR_MONTHS_MAX = 24

/** Refuses a SIREN whose key is wrong and a time zone that does not exist. */
export function checkCompanyFields(fields: Pick<CompanyPatch, 'name' | 'siren' | 'timeZone'>, clock: Clock): void {
  if (fields.siren && !isSiren(fields.siren)) throw new Refusal('SIREN_INVALID', { siren: fields.siren })
  if (fields.name !== undefined && fields.name.trim() === '') {
    throw new Refusal('REQUEST_INVALID', {}, [problem('FIELD_MIN_LENGTH', { fr: 'Ce champ ne peut pas être vide.', en: 'This field cannot be empty.' }, { field: 'name' })])
  }
  if (fields.timeZone === undefined) return
  try {
    clock.today(fields.timeZone)
  } catch {
    throw new Refusal('REQUEST_INVALID', {}, [problem('TIME_ZONE_UNKNOWN', {
      fr: `Le fuseau horaire « ${fields.timeZone} » n'existe pas. Indiquez par exemple Europe/Paris.`,
      en: `There is no time zone "${fields.timeZone}". Give for example Europe/Paris.`,
    }, { field: 'timeZone' })])
  }
}

function day(text: string, field: string): LocalDate {
  const parsed = parseDate(text)
  if (parsed) return parsed
  throw new Refusal('REQUEST_INVALID', {}, [problem('DAY_UNKNOWN', { fr: `Le jour ${text} n'existe pas dans le calendrier.`, en: `There is no day ${text} in the calendar.` }, { field })])
}

/** The first fiscal year asked for, or the calendar year of today. */
export function firstYearOf(input: Static<typeof NewCompany>['firstYear'], today: LocalDate): { startsOn: LocalDate; endsOn: LocalDate } {
  if (!input) return { startsOn: dateOf(yearOf(today), 1, 1) ?? today, endsOn: dateOf(yearOf(today), 12, 31) ?? today }
  const startsOn = day(input.startsOn, 'firstYear.startsOn')
  const endsOn = day(input.endsOn, 'firstYear.endsOn')
  if (endsOn < startsOn || endsOn >= addMonths(startsOn, FISCAL_YEAR_MONTHS_MAX)) throw new Refusal('FISCAL_YEAR_INVALID')
  return { startsOn, endsOn }
}
