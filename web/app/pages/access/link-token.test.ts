import { expect, it } from 'vitest'
import { readToken } from './link-token.ts'

it('reads the secret of a link, from behind its sign', () => {
  expect(readToken('#AbC_123-xyz.456~789')).toBe('AbC_123-xyz.456~789')
})

it.each(['', '#', '#court', '#avec espace et autre chose', '#<script>alert(1)</script>', `#${'a'.repeat(201)}`])('takes %s for no secret', (hash) => {
  expect(readToken(hash)).toBeNull()
})
