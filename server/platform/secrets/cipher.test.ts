import { describe, expect, test } from 'vitest'
import { boundTo, decrypt, deriveKey, encrypt } from './cipher.ts'

const hex = (text: string) => Buffer.from(text, 'hex')
const range = (from: number, to: number) => Buffer.from(Array.from({ length: to - from + 1 }, (_value, index) => from + index))

describe('the derivation of keys', () => {
  test.each([
    ['A.1', Buffer.alloc(22, 0x0b), hex('000102030405060708090a0b0c'), hex('f0f1f2f3f4f5f6f7f8f9'), '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865'],
    ['A.2', range(0x00, 0x4f), range(0x60, 0xaf), range(0xb0, 0xff), 'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87'],
    ['A.3', Buffer.alloc(22, 0x0b), Buffer.alloc(0), Buffer.alloc(0), '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8'],
  ])('gives what RFC 5869 says in its appendix %s', (_name, key, salt, info, expected) => {
    expect(deriveKey({ key, salt, info }, expected.length / 2).toString('hex')).toBe(expected)
  })
})

describe('the encryption', () => {
  // Test case 16 of "The Galois/Counter Mode of Operation" (McGrew and Viega), AES-256 with additional data.
  const key = hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308')
  const nonce = hex('cafebabefacedbaddecaf888')
  const bound = hex('feedfacedeadbeeffeedfacedeadbeefabaddad2')
  const text = hex('d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39')
  const sealed = Buffer.concat([nonce,
    hex('522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662'), hex('76fc6ece0f4e1768cddf8853bb2d551b')])

  test('is AES-256-GCM: the known answer of its authors, both ways', () => {
    expect(encrypt(key, { text, bound }, nonce).toString('hex')).toBe(sealed.toString('hex'))
    expect(decrypt(key, sealed, bound)?.toString('hex')).toBe(text.toString('hex'))
  })

  test('opens nothing once any byte of nonce, text, tag or binding is another', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const touched = Buffer.from(sealed)
      touched[at] = (touched[at] ?? 0) ^ 1
      expect(decrypt(key, touched, bound), `byte ${at}`).toBeUndefined()
    }
    for (const length of [0, 12, 27, sealed.length - 1]) expect(decrypt(key, sealed.subarray(0, length), bound), `cut at ${length}`).toBeUndefined()
    expect(decrypt(key, sealed, bound.subarray(1))).toBeUndefined()
    expect(decrypt(Buffer.alloc(32), sealed, bound)).toBeUndefined()
  })

  test('never uses a nonce twice', () => {
    const nonces = new Set(Array.from({ length: 2_000 }, () => encrypt(key, { text, bound }).subarray(0, 12).toString('hex')))
    expect(nonces.size).toBe(2_000)
  })

  test('binds to parts that cannot slide into each other', () => {
    const all = [['a', 'bc'], ['ab', 'c'], ['abc'], ['a', null, 'bc'], ['a', 'null', 'bc'], ['a","bc'], [null, 'abc']].map((parts) => boundTo(parts).toString('hex'))
    expect(new Set(all).size).toBe(all.length)
  })
})
