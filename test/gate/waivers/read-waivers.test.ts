import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UnreadableError } from '../../../lib/gate/assembly/unreadable-error.ts'
import { readWaivers } from '../../../lib/gate/waivers/read-waivers.ts'

const folder = mkdtempSync(join(tmpdir(), 'waivers-'))
function written(text: string): string {
  const file = join(folder, 'waivers.yaml')
  writeFileSync(file, text)
  return file
}

const fingerprint = '00000000000000000000000000000e12'
const entry = `schema: safe-harbor-waivers/1
waivers:
  # Looked at on a Tuesday.
  - control: s3-bucket-versioning
    findings:
      - file: stores.yaml
        resource: Store
        fingerprint: ${fingerprint}
    owner: records team
    approver: security
    reason: "It can be made again."
    compensatingControl: A copy every night.
    expires: 2027-06-30
`

describe('A file of waivers is read', () => {
  test('from YAML, with its lines, and scalars as they are written', () => {
    expect(readWaivers(written(entry)).entries).toEqual([
      {
        control: 's3-bucket-versioning',
        findings: [{ file: 'stores.yaml', resource: 'Store', fingerprint, line: 6 }],
        matches: 1,
        owner: 'records team',
        approver: 'security',
        reason: 'It can be made again.',
        compensatingControl: 'A copy every night.',
        expires: '2027-06-30',
        line: 4,
      },
    ])
  })

  test('from JSON', () => {
    const json = { schema: 'safe-harbor-waivers/1', waivers: [{ control: 'a', findings: [{ file: 'f', fingerprint }], matches: 14 }] }
    expect(readWaivers(written(JSON.stringify(json, undefined, 1))).entries).toMatchObject([
      { matches: 14, owner: '', line: 4, findings: [{ line: 7 }] },
    ])
  })

  test('with the digest of its bytes', () => {
    expect(readWaivers(written('schema: safe-harbor-waivers/1\nwaivers: []\n')).digest).toMatch(/^[0-9a-f]{64}$/)
  })

  test('with fields that nobody filled in, which are a finding and no reason to read no further', () => {
    expect(readWaivers(written(entry.replace('records team', ''))).entries[0]?.owner).toBe('')
  })
})

describe('There are no waivers, but an error with file and line, in', () => {
  test.each<[string, string, RegExp]>([
    ['an empty file', '', /waivers\.yaml:1: /],
    ['a list', '- a\n', /waivers\.yaml:1: /],
    ['a file of another schema', entry.replace('waivers/1', 'facts/1'), /:1: schema: /],
    ['a key that is not known', entry.replace('    owner:', '    ownr:'), /:9: the key "ownr" is not known in waivers\.0/],
    [
      'a key that is not known in a finding',
      entry.replace('        resource:', '        resources:'),
      /:7: the key "resources" is not known/,
    ],
    ['a key that stands twice', entry.replace('    approver:', '    owner: somebody\n    approver:'), /:10: the YAML is broken: .*unique/],
    ['an entry without a control', entry.replace('- control: s3-bucket-versioning\n   ', '-'), /:4: waivers\.0\.control/],
    ['a finding without a file', entry.replace('- file: stores.yaml\n       ', '-'), /:6: waivers\.0\.findings\.0\.file/],
    ['a fingerprint with a wildcard', entry.replace(fingerprint, '"*"'), /:8: .*fingerprint: is no fingerprint/],
    ['a fingerprint that is cut short', entry.replace(fingerprint, 'abc'), /:8: .*is no fingerprint/],
    ['a resource that is left empty', entry.replace('resource: Store', 'resource:'), /:7: .*resource/],
    ['no finding in the list', entry.replace(/findings:[\s\S]*?owner/, 'findings: []\n    owner'), /:5: waivers\.0\.findings/],
    ['a count that is none', entry.replace('    owner:', '    matches: all\n    owner:'), /:9: .*is no number of findings/],
    ['a count of zero', entry.replace('    owner:', '    matches: 0\n    owner:'), /:9: .*is no number of findings/],
    ['an alias', entry.replace('records team', '&a team').replace('security', '*a'), /:1: the YAML is broken: .*alias/i],
    ['a tag', entry.replace('records team', '!Ref team'), /:9: the YAML is broken: .*tag/],
    ['a second document', `${entry}---\nwaivers: []\n`, /:14: the YAML is broken/],
    ['nesting without end', '['.repeat(20_000), /the YAML is broken/],
  ])('%s', (_says, text, message) => {
    expect(() => readWaivers(written(text))).toThrow(UnreadableError)
    expect(() => readWaivers(written(text))).toThrow(message)
  })

  test('no file', () => {
    expect(() => readWaivers(join(folder, 'none.yaml'))).toThrow(/none\.yaml.*Name a file/)
  })
})
