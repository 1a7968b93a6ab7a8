import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TONES_MAX } from './tones.ts'

/** Machado, Oliveira and Fernandes 2009, full severity: what someone without one kind of cone sees, in linear light. */
const SEEN_WITHOUT = {
  'every kind': [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
} as const
type Triple = readonly [number, number, number]

const css = readFileSync(join(import.meta.dirname, '../../styles/tokens.css'), 'utf8')
const token = (name: string, theme: 0 | 1) => new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css)![theme + 1]!
const linear = (hex: string): Triple => [1, 3, 5].map((at) => { const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 }) as unknown as Triple
const luminance = ([r, g, b]: Triple) => 0.2126 * r + 0.7152 * g + 0.0722 * b
const contrast = (a: string, b: string) => { const [low, high] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y) as [number, number]; return (high + 0.05) / (low + 0.05) }

/** CIE 1976 lightness and colour, D65, where a distance of 20 is seen at a glance. */
function lab([r, g, b]: Triple): Triple {
  const f = (v: number) => v > 0.008856 ? Math.cbrt(v) : 7.787 * v + 16 / 116
  const [x, y, z] = [f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047), f(0.2126729 * r + 0.7151522 * g + 0.072175 * b), f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)]
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
const seen = (hex: string, matrix: readonly Triple[]): Triple => matrix.map((row) => Math.min(1, Math.max(0, row.reduce((sum, k, i) => sum + k * linear(hex)[i]!, 0)))) as unknown as Triple

describe.each([['light', 0], ['dark', 1]] as const)('the colours of charts in the %s theme', (_, theme) => {
  const colours = Array.from({ length: TONES_MAX }, (__, n) => token(`series-${n + 1}`, theme))
  it('stand out of every ground by 3 to 1', () => {
    for (const ground of ['paper', 'surface', 'sunken']) for (const colour of colours) expect(contrast(colour, token(ground, theme)), `${colour} on ${ground}`).toBeGreaterThanOrEqual(3)
  })
  it.each(Object.entries(SEEN_WITHOUT))('are told apart with %s', (__, matrix) => {
    for (const [n, a] of colours.entries()) for (const b of colours.slice(n + 1)) expect(Math.hypot(...lab(seen(a, matrix)).map((value, i) => value - lab(seen(b, matrix))[i]!)), `${a} and ${b}`).toBeGreaterThan(20)
  })
})
