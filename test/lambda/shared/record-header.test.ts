import { describe, expect, test } from 'vitest'
import { headerProblem, keyProblem, type StoredItem } from '../../../lambda/shared/record-header.ts'

const sound: StoredItem = {
  pk: { S: 'practice#patient' },
  sk: { S: 'message#1' },
  sealed: { B: Uint8Array.of(1, 0) },
  version: { N: '12' },
}

describe('The header of a record', () => {
  test('is sound with keys, a sealed value of format 1 and a version', () => {
    expect(headerProblem(sound)).toBeUndefined()
  })

  test.each([
    ['no-key', 'without a partition key', { ...sound, pk: undefined }],
    ['no-key', 'with an empty sort key', { ...sound, sk: { S: '' } }],
    ['no-key', 'with a number for a key', { ...sound, pk: { N: '1' } }],
    ['no-sealed-value', 'without a sealed value', { ...sound, sealed: undefined }],
    ['no-sealed-value', 'with text for a sealed value', { ...sound, sealed: { S: 'clear text' } }],
    ['no-sealed-value', 'with a sealed value of the format byte alone', { ...sound, sealed: { B: Uint8Array.of(1) } }],
    ['unknown-format', 'sealed in another format', { ...sound, sealed: { B: Uint8Array.of(0, 1) } }],
    ['no-version', 'without a version', { ...sound, version: undefined }],
    ['no-version', 'of version 0', { ...sound, version: { N: '0' } }],
    ['no-version', 'of a version with a fraction', { ...sound, version: { N: '1.5' } }],
  ] as const)('has the problem %s %s', (problem, _how, item) => {
    expect(headerProblem(item as StoredItem)).toBe(problem)
  })

  test('needs no more than keys outside the sealed table', () => {
    expect(keyProblem({ pk: { S: 'a' }, sk: { S: 'b' } })).toBeUndefined()
  })
})
