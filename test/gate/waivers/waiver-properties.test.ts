import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Finding } from '../../../lib/gate/verdict.ts'
import { applyWaivers } from '../../../lib/gate/waivers/apply-waivers.ts'
import { readWaivers } from '../../../lib/gate/waivers/read-waivers.ts'
import type { NamedFinding, WaivableSubject, Waiver } from '../../../lib/gate/waivers/waiver.ts'
import { waiverTemplate } from '../../../lib/gate/waivers/waiver-template.ts'
import { assemblyWith, fileOf, findingWith, templateWith, today, waiverOf } from './findings.ts'

/** What a finding is known by, told apart from how the gate does it. */
const keyOf = (_subject: WaivableSubject, { control, file, resource, fingerprint }: Finding): string =>
  [control, file, resource?.logicalId, fingerprint].join(' | ')
const namedKey = (control: string, { file, resource, fingerprint }: NamedFinding): string =>
  [control, file, resource, fingerprint].join(' | ')

const few = (...items: readonly string[]) => fc.constantFrom(...items)
// Few names and values, so that findings are often alike in all but one thing.
const finding = fc
  .record({
    control: few('s3-bucket-versioning', 's3-bucket-replication'),
    logicalId: few('A', 'B'),
    value: few('x', 'y'),
    file: few('a.yaml', 'b.yaml'),
    status: few('fail', 'undecided', 'waived'),
  })
  .map(({ logicalId, status, ...rest }) =>
    findingWith({ ...rest, status: status as Finding['status'], resource: { logicalId, type: 'AWS::S3::Bucket' } }),
  )
const findings = fc.array(finding, { maxLength: 6 })
const subjects = fc.array(
  fc.oneof(
    fc.record({ findings, path: few('one.yaml', 'two.yaml') }).map(({ path, ...rest }) =>
      templateWith(
        rest.findings.map((one) => ({ ...one, file: path })),
        path,
      ),
    ),
    fc.record({ findings, path: few('one', 'two') }).map(({ path, ...rest }) => assemblyWith(rest.findings, path)),
  ),
  { minLength: 1, maxLength: 3 },
)
/** Waivers that name some of what there is, and some of what there is not. */
const waiver: fc.Arbitrary<Waiver> = fc
  .record({
    subjects,
    count: fc.integer({ min: 1, max: 3 }),
    expires: few('2027-06-30', '2027-06-30', '2020-01-01'),
    approver: few('security', 'security', 'records team'),
  })
  .map(({ subjects: among, count, expires, approver }) => {
    const [subject = templateWith([])] = among
    return waiverOf(subject, [...subject.findings, findingWith()].slice(0, count), { expires, approver })
  })
const waivers = fc.array(waiver, { maxLength: 5 })
/** One waiver for each finding, as a reviewer would write them. */
const eachWaived = (judged: readonly WaivableSubject[]): readonly Waiver[] => {
  // Findings of two assemblies whose files are named alike are two; of a template that is judged twice they are one.
  const counts = new Map<string, { readonly waiver: Waiver; readonly matches: number }>()
  for (const subject of judged) {
    const open = subject.findings.filter(({ status }) => status !== 'waived')
    const alikeOf = (one: Finding) => open.filter((other) => keyOf(subject, other) === keyOf(subject, one))
    for (const one of open.filter((candidate) => alikeOf(candidate)[0] === candidate)) {
      const key = keyOf(subject, one)
      const [here, before] = [alikeOf(one).length, counts.get(key)?.matches ?? 0]
      counts.set(key, { waiver: waiverOf(subject, [one]), matches: subject.kind === 'assembly' ? before + here : Math.max(before, here) })
    }
  }
  return [...counts.values()].map(({ waiver: entry, matches }) => ({ ...entry, matches }))
}
const keysIn = (judged: readonly WaivableSubject[], status: (one: Finding) => boolean): readonly string[] =>
  judged.flatMap((subject) => subject.findings.filter(status).map((one) => keyOf(subject, one)))
const isWaived = ({ status }: Finding): boolean => status === 'waived'

test('No file of waivers accepts a finding that it does not name by control, file, resource and exact fingerprint', () => {
  fc.assert(
    fc.property(subjects, waivers, (judged, entries) => {
      const namedKeys = new Set(entries.flatMap(({ control, findings: list }) => list.map((named) => namedKey(control, named))))
      const after = applyWaivers(judged, fileOf(...entries), today).subjects
      for (const [place, subject] of judged.entries())
        for (const [index, before] of subject.findings.entries()) {
          const now = after[place]?.findings[index]
          if (now?.status !== before.status) expect(namedKeys).toContain(keyOf(subject, before))
          expect({ ...now, status: before.status }).toEqual(before)
        }
    }),
  )
})

test('The order of waivers makes no difference', () => {
  const shuffled = waivers.chain((entries) => fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })))
  fc.assert(
    fc.property(subjects, shuffled, (judged, [entries, other]) => {
      const [one, two] = [entries, other].map((order) => applyWaivers(judged, fileOf(...order), today))
      expect(one?.subjects.map((subject) => subject.findings)).toEqual(two?.subjects.map((subject) => subject.findings))
      expect(one?.problems.map(({ message }) => message).sort()).toEqual(two?.problems.map(({ message }) => message).sort())
    }),
  )
})

test('A waiver for each finding accepts all, and without any one of them its finding fails again', () => {
  fc.assert(
    fc.property(subjects, fc.nat(), (judged, choice) => {
      const entries = eachWaived(judged)
      const all = applyWaivers(judged, fileOf(...entries), today)
      expect([all.problems, keysIn(all.subjects, (one) => !isWaived(one))]).toEqual([[], []])
      if (entries.length === 0) return
      const gone = entries[choice % entries.length] as Waiver
      const rest = applyWaivers(judged, fileOf(...entries.filter((entry) => entry !== gone)), today)
      const missing = gone.findings.map((named) => namedKey(gone.control, named))
      expect(new Set(keysIn(rest.subjects, (one) => !isWaived(one)))).toEqual(new Set(missing))
      expect(rest.problems).toEqual([])
    }),
  )
})

test('A waiver with a problem accepts nothing, and one without accepts something', () => {
  fc.assert(
    fc.property(subjects, waiver, (judged, entry) => {
      const { subjects: after, problems, accepted } = applyWaivers(judged, fileOf(entry), today)
      const gained = keysIn(after, isWaived).length - keysIn(judged, isWaived).length
      expect([problems.length > 0, accepted.length]).toEqual([gained === 0, gained === 0 ? 0 : 1])
    }),
  )
})

const folder = mkdtempSync(join(tmpdir(), 'proposed-'))

test('Proposed waivers read back as what was found, whatever a template writes in its names and values, and are refused as they are', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    few('a\n  - control: x', '1e5', '# x', "'", '"', '- ', 'null', 'a\r\u2028\u0085b'),
  )
  const odd = fc
    .record({ logicalId: text, message: text })
    .map(({ logicalId, message }) =>
      findingWith({ message, resource: { logicalId: logicalId.replaceAll('*', '') || 'A', type: 'AWS::S3::Bucket' } }),
    )
  fc.assert(
    fc.property(fc.array(odd, { maxLength: 4 }), (list) => {
      const judged = [templateWith(list)]
      const file = join(folder, 'waivers.yaml')
      writeFileSync(file, waiverTemplate(judged))
      const { entries } = readWaivers(file)
      const expected = eachWaived(judged)
      expect(entries.map(({ control, findings: [named], matches }) => [named && namedKey(control, named), matches])).toEqual(
        expected.map(({ control, findings: [named], matches }) => [named && namedKey(control, named), matches]),
      )
      const { subjects: after, problems } = applyWaivers(judged, readWaivers(file), today)
      expect([keysIn(after, isWaived), problems.length >= entries.length]).toEqual([[], true])
    }),
  )
})

test('What can never be accepted is not proposed, but named', () => {
  const proposed = waiverTemplate([templateWith([findingWith({ control: 'rds-public' }), findingWith()])])
  expect(proposed).toMatch(/# Cannot be accepted: rds-public on Store in stores\.yaml\./)
  expect(proposed.match(/^ {2}- control: .*$/gm)).toEqual(['  - control: s3-bucket-versioning'])
})
