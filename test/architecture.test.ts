import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

/** An import of one of our files by another. */
interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const files = ['bin', 'lib', 'lambda'].flatMap((folder) => sources(folder))
const imports = files.flatMap(importsOf)

/** Who may import from where. A path ends with `/` for a folder, and without for one file. Importing from one's own area is always allowed. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'lib/config/': [],
  // What a stack takes from a function is the names of its environment variables; what it takes from the gate is the form of the facts file.
  // ... and the routes of the API with their schemas.
  'lib/environment/': ['lib/config/', 'lib/gate/assembly/facts.ts', 'lib/plugin/', 'lambda/*env.ts', 'lambda/service/api/'],
  'lib/gate/': [],
  // Beside verdicts, the pages of controls.
  'lib/report/': ['lib/gate/verdict.ts', 'lib/gate/checks/control.ts', 'lib/gate/checks/citations.ts'],
  'lib/plugin/': ['lib/gate/'],
  'lib/rehearsal/': ['lib/config/', 'lib/environment/synthesize.ts', 'lib/gate/', 'lib/report/'],
  // The service as it is, on adapters of this machine.
  'lib/local-service/': ['lib/config/', 'lambda/'],
  // They speak to accounts, and call roles and policies by the names that the operators' stack gives them.
  'lib/prepare/': ['lib/config/', 'lib/environment/operators/', 'lib/environment/alerts-topic.ts'],
  'lib/operations/': [
    'lib/config/',
    'lib/environment/operators/session-revocation.ts',
    'lib/environment/recovery/vaults.ts',
    'lib/local-service/',
    'lambda/shared/',
  ],
  'lambda/': [],
  'bin/': ['lib/'],
}

describe('Data flows one way: config, environment, assembly, gate, report', () => {
  test('every folder has a rule', () => {
    const homeless = files.filter((file) => areaOf(file) === undefined)
    expect(homeless).toEqual([])
  })

  test('every import follows its rule', () => {
    const strays = imports.filter(({ from, to }) => !mayImport(from, to)).map(({ from, to }) => `${from} imports ${to}`)
    expect(strays).toEqual([])
  })

  test('stacks meet only in index.ts; elsewhere they are at most types', () => {
    const isStack = (file: string) => /^lib\/environment\/[a-z-]+-stack\.ts$/.test(file) && !file.endsWith('safe-harbor-stack.ts')
    const meetings = imports.filter(({ from, to, typeOnly }) => isStack(to) && !typeOnly && from !== 'lib/environment/index.ts')
    expect(meetings.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  test('no import leads round in a circle', () => {
    const next = new Map(
      files.map((file) => [file, imports.filter(({ from, typeOnly }) => from === file && !typeOnly).map(({ to }) => to)]),
    )
    const circle = files.find((start) => reaches(next, start, start))
    expect(circle).toBeUndefined()
  })
})

describe('A function area is cut alike everywhere', () => {
  test.each(['domain.ts', 'ports.ts', 'env.ts'])('%s knows no AWS client', (name) => {
    const withClient = files.filter(
      (file) => file.startsWith('lambda/') && file.endsWith(`/${name}`) && /@aws-sdk\//.test(readFileSync(file, 'utf8')),
    )
    expect(withClient).toEqual([])
  })
})

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort()
}

function importsOf(from: string): Import[] {
  const text = readFileSync(from, 'utf8')
  const statements = text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from '(\.[^']+)'|import\('(\.[^']+)'\)/gm)
  return [...statements].map(([, typeOnly, named, dynamic]) => ({
    from,
    to: normalize(join(dirname(from), named ?? dynamic ?? '')),
    typeOnly: typeOnly !== undefined,
  }))
}

const areaOf = (file: string): string | undefined => Object.keys(allowed).find((area) => file.startsWith(area))

function mayImport(from: string, to: string): boolean {
  const area = areaOf(from) ?? ''
  return [area, ...(allowed[area] ?? [])].some((place) => {
    const [start, end] = place.split('*')
    return end === undefined
      ? to === place || (place.endsWith('/') && to.startsWith(place))
      : to.startsWith(start ?? '') && to.endsWith(end)
  })
}

function reaches(next: ReadonlyMap<string, readonly string[]>, from: string, goal: string, seen = new Set<string>()): boolean {
  return (next.get(from) ?? []).some((file) => {
    if (file === goal) return true
    if (seen.has(file)) return false
    seen.add(file)
    return reaches(next, file, goal, seen)
  })
}
