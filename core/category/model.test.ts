import { describe, expect, test } from 'vitest'
import { localDate } from '../kernel/local-date.ts'
import { reliable, reliabilityOf } from './calibration.ts'
import { cleanLabel, labelKey } from './clean-label.ts'
import { decodeModel, encodeModel } from './encode.ts'
import { type Features, featuresOf } from './features.ts'
import { type ClassName, emptyModel, predict, teach, unteach } from './model.ts'
import { type Example, train } from './train.ts'

const day = localDate('2026-03-12')
const features = (label: string, minor = -20_00n): Features => featuresOf({ label, counterparty: null, minor, bookedOn: day, account: 'a' })
const named = (id: string, lexicon: readonly string[] = []): ClassName => ({ id, lexicon })

/** Shops of four kinds whose names share a beginning, each seen many times with other numbers behind. */
const KINDS = ['CARBURA', 'HOTELIA', 'TELEFON', 'PAPETER']
function examples(count: number): Example[] {
  return Array.from({ length: count }, (_, at) => ({ features: features(`CB ${KINDS[at % 4]}${'ABCDEFGH'[at % 8]} ${at}`, -BigInt(500 + (at * 7919) % 9000)), name: named(KINDS[at % 4]!) }))
}

describe('labels', () => {
  test.each([
    ['PAIEMENT CB 2704 SUMUP *AUBERGE MARCHAND CARTE 3354', 'AUBERGE MARCHAND', 'card'], ['PRLV SEPA ÉLECTRICITÉ DE LA VALLÉE FR88ZZZ123456', 'ELECTRICITE VALLEE', 'debit'],
    ['VIR SEPA EMIS /MOTIF REM7292 /BEN REMY BTP', 'REMY BTP', 'transfer'], ['REMISE CHEQUES 2874850 2 CHQ', 'CHEQUES CHQ', 'cheque'], ['4652838', '', 'other'],
  ])('%s tells %s', (label, key, method) => {
    const clean = cleanLabel(label)
    expect([labelKey(clean), clean.method]).toEqual([key, method])
  })

  test('a supplier is also known by how it numbers its invoices', () => { expect(cleanLabel('VIR REMY BTP REM7292').prefixes).toEqual(['REM']) })
})

describe('learning', () => {
  test('one correction is enough for the same words, and taking it back forgets them', () => {
    const model = train([], [named('a'), named('b'), named('c')]).model
    teach(model, features('VIR XYLO PRO 1'), named('b'))
    expect(predict(model, features('VIR XYLO PRO 2'))[0]).toMatchObject({ id: 'b', by: 'memory' })
    unteach(model, features('VIR XYLO PRO 1'), 'b')
    expect(predict(model, features('VIR XYLO PRO 2'))[0]?.by).toBe('model')
  })

  test('words never seen are told by their pieces', () => {
    const { model } = train(examples(200))
    expect(predict(model, features('CB HOTELIAZ 9'))[0]?.id).toBe('HOTELIA')
  })

  test('known words speak for a category before anything is taught, and never for sure', () => {
    const model = train([], [named('x', ['travel']), named('y', ['energy'])]).model
    expect(predict(model, features('PRLV EDF'))[0]).toEqual({ id: 'y', confidence: 0.6, by: 'model' })
    expect(predict(emptyModel(), features('PRLV EDF'))).toEqual([])
  })

  test('the same examples give the same model, and a model at rest answers the same', () => {
    const [one, two] = [train(examples(120)).model, train(examples(120)).model]
    const asked = ['CB CARBURAX 1', 'CB TELEFONB 2', 'VIR INCONNU'].map((label) => features(label))
    const answers = (model: typeof one) => asked.map((line) => predict(model, line, { limit: 1 })[0])
    expect(answers(two)).toEqual(answers(one))
    const woken = answers(decodeModel(encodeModel(one)))
    woken.forEach((answer, at) => {
      expect(answer?.id).toBe(answers(one)[at]?.id)
      expect(Math.abs(answer!.confidence - answers(one)[at]!.confidence)).toBeLessThan(0.1)
    })
  })

  test('a model learns on after it was put to rest, classes it had not met included', () => {
    const model = decodeModel(encodeModel(train(examples(80)).model))
    teach(model, features('CB NOUVEAU LIEU'), named('new'))
    expect(predict(model, features('CB NOUVEAU LIEU 2'))[0]?.id).toBe('new')
  })

  test('what is refused is never answered', () => {
    const { model } = train(examples(80))
    expect(predict(model, features('CB HOTELIAA'), { allowed: (id) => id !== 'HOTELIA' }).map(({ id }) => id)).not.toContain('HOTELIA')
  })

  test('the latest fifth measures the rest; too few examples measure nothing and are never sure', () => {
    const { measure } = train(examples(200))
    expect(measure).toMatchObject({ heldOut: 40, accuracy: 1, coverageAt98: 1 })
    const few = train(examples(40))
    expect(few.measure).toBeNull()
    expect(predict(few.model, features('CB HOTELIAB 3'))[0]!.confidence).toBeLessThanOrEqual(0.8)
  })
})

describe('confidence', () => {
  test('of answers told with 0.9, nine in ten were right, whatever the score said', () => {
    // Half of the answers score 0.99 and are right nine times in ten, the others 0.6 and are right one time in two.
    const answers = Array.from({ length: 400 }, (_, at) => (at % 2 === 0 ? { confidence: 0.99, isRight: at % 20 !== 0 } : { confidence: 0.6, isRight: at % 4 === 1 }))
    const points = reliabilityOf(answers)
    expect(reliable(0.99, points)).toBeCloseTo(0.9, 1)
    expect(reliable(0.6, points)).toBeCloseTo(0.5, 1)
  })

  test('the surer is never told as the less sure', () => {
    const points = reliabilityOf(Array.from({ length: 300 }, (_, at) => ({ confidence: at / 300, isRight: (at * 7) % 11 > 4 })))
    const told = Array.from({ length: 101 }, (_, at) => reliable(at / 100, points))
    expect(told.every((one, at) => at === 0 || one >= told[at - 1]!)).toBe(true)
  })
})
