import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { localDate } from '../../../core/kernel/local-date.ts'
import { FEC_RULES, type FecRule, toProblem } from './rules.ts'

it('writes amounts and days as each language does, and the file\'s own text as it stands', () => {
  const gap = toProblem({ rule: 'FEC_TOTAL', line: null, detail: [1_234_567n, 0n, 1_234_567n] })
  expect(gap.message.fr.replaceAll('\u00a0', ' ')).toBe("Le total des débits (12 345,67) diffère du total des crédits (0,00) de 12 345,67. Cherchez l'écriture déséquilibrée.")
  expect(gap.message.en).toContain('Total debits (12,345.67)')
  const late = toProblem({ rule: 'FEC_VALID_BEFORE', line: 7, field: 'ValidDate', detail: [{ day: localDate('2026-01-15') }, { day: localDate('2026-01-14') }] })
  expect(late).toMatchObject({ where: { line: 7, field: 'ValidDate' }, severity: 'error' })
  expect(late.message.fr).toContain("l'écriture du 15/01/2026 est validée le 14/01/2026")
  expect(late.message.en).toContain('the entry of 2026-01-15 was validated on 2026-01-14')
  expect(toProblem({ rule: 'FEC_AMOUNT_POINT', line: 2, field: 'Debit', detail: ['{line} $& 1.00'] }).message.fr).toContain('« {line} $& 1.00 »')
})

it('is described rule by rule in the reference page, with its severity', () => {
  const page = readFileSync(new URL('../../../docs/reference/fec.md', import.meta.url), 'utf8')
  for (const rule of Object.keys(FEC_RULES) as FecRule[]) {
    if (rule !== 'FEC_MORE') expect(page).toContain(`| \`${rule}\` | ${FEC_RULES[rule].severity === 'error' ? 'E' : 'W'} |`)
  }
})
