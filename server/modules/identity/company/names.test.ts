import { expect, test } from 'vitest'
import { slugOf } from './names.ts'

test.each([
  ['Atelier Lumière & Fils', 'atelier-lumiere-fils'], ['  ', 'societe'], ['Œuvre N° 3', 'oeuvre-n-3'], ['日本', 'societe'], ['---', 'societe'],
])('the name "%s" gives the web name "%s"', (name, slug) => { expect(slugOf(name)).toBe(slug) })
