import { expect, test } from 'vitest'
import { isSiren, slugOf } from './names.ts'

test.each([
  ['Atelier Lumière & Fils', 'atelier-lumiere-fils'], ['  ', 'societe'], ['Œuvre N° 3', 'oeuvre-n-3'], ['日本', 'societe'], ['---', 'societe'],
])('the name "%s" gives the web name "%s"', (name, slug) => { expect(slugOf(name)).toBe(slug) })

// Second source: the registered numbers of La Poste and SNCF Voyageurs, and the worked example of the French Wikipedia article on the SIREN.
test.each(['356000000', '519037584', '732829320'])('%s is a SIREN', (siren) => { expect(isSiren(siren)).toBe(true) })
test.each(['356000001', '732829230', '000000000', '73282932', '7328293200', '73282932A'])('%s is not a SIREN', (siren) => { expect(isSiren(siren)).toBe(false) })
