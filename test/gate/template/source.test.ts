import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { UnreadableError } from '../../../lib/gate/assembly/unreadable-error.ts'
import { readSource } from '../../../lib/gate/template/source.ts'

const read = (text: string) => readSource(text, 'app.template')
const dataOf = (text: string) => read(text).value

/** Message of the refusal of a text. */
function refusalOf(text: string): string {
  try {
    read(text)
  } catch (refusal) {
    expect(refusal).toBeInstanceOf(UnreadableError)
    return (refusal as Error).message
  }
  throw new Error('the text was read')
}

/** Milliseconds that a text takes, read or refused. */
function timeOf(text: string): number {
  const start = performance.now()
  try {
    read(text)
  } catch (refusal) {
    expect(refusal).toBeInstanceOf(UnreadableError)
  }
  return performance.now() - start
}

/** Paths of all parts of a value. */
const pathsOf = (value: unknown, path: (string | number)[] = []): (string | number)[][] =>
  typeof value !== 'object' || value === null
    ? [path]
    : [
        path,
        ...(Array.isArray(value) ? [...value.keys()] : Object.keys(value)).flatMap((key) => pathsOf((value as never)[key], [...path, key])),
      ]

describe('JSON', () => {
  test('gives its data, and the line of each part', () => {
    const source = read(
      '{\n  "Resources": {\n    "Bucket": {\n      "Tags": [\n        1,\n        { "Key": "a" }\n      ]\n    }\n  }\n}\n',
    )
    expect(source.value).toEqual({ Resources: { Bucket: { Tags: [1, { Key: 'a' }] } } })
    expect(source.lineOf([])).toBe(1)
    expect(source.lineOf(['Resources', 'Bucket'])).toBe(3)
    expect(source.lineOf(['Resources', 'Bucket', 'Tags', 0])).toBe(5)
    expect(source.lineOf(['Resources', 'Bucket', 'Tags', 1, 'Key'])).toBe(6)
    expect(source.lineOf(['Resources', 'Bucket', 'Tags', '1', 'Value'])).toBe(6)
    expect(source.lineOf(['Resources', 'Bucket', 'Type'])).toBe(3)
    expect(source.repeated).toEqual([])
  })

  test('names keys that stand twice, of which the last counts, also when one of them is escaped', () => {
    const source = read('{"a": [0, {\n"b": 1,\n"\\u0062": 2}],\n"a:": "\\"a\\": 1"}')
    expect(source.value).toEqual({ a: [0, { b: 2 }], 'a:': '"a": 1' })
    expect(source.repeated).toEqual([{ path: ['a', '1', 'b'], line: 3 }])
  })

  test('may begin with a byte order mark and blank lines', () => {
    const source = read('\uFEFF\r\n {"a":\r\n{"b": 1}}')
    expect(source.value).toEqual({ a: { b: 1 } })
    expect(source.lineOf(['a', 'b'])).toBe(3)
  })

  test('keeps a key named __proto__ as data', () => {
    for (const text of ['{"__proto__": {"a": 1}}', '__proto__:\n  a: 1']) expect(Object.keys(dataOf(text) as object)).toEqual(['__proto__'])
  })

  test.each([
    ['{\n"a": 1\n"b": 2}', 3, 'a comma'],
    ['{\n"a" 1}', 2, 'a colon'],
    ['{\n"a": ["x" "y"]}', 2, 'a comma'],
    ['{"a": [\n}', 2, 'a value belongs here'],
    ['{"a": 1\n', 2, 'a comma'],
    ['{"a": 1}\n}', 2, 'the template ends'],
    ['{"a": 1, }}', 1, 'a key in double quotes'],
    ['{"a":\n"x', 2, 'no closing quote'],
    ['{"a":\n"\\x" "b"}', 2, 'backslash'],
    ['{"a":\n"x\ny" "b"}', 2, 'ends on its own line'],
  ])('broken as %j is refused with the line and what belongs there', (text, line, what) => {
    expect(refusalOf(text)).toMatch(new RegExp(`^app\\.template:${line}: the JSON is broken: `))
    expect(refusalOf(text)).toContain(what)
  })
})

describe('YAML', () => {
  test('gives its data, and the line of each part', () => {
    const source = read(
      '# a bucket\n---\nResources:\n  Bucket:\n    Tags:\n      - Key: a\n      - 1\n    Text: |\n      one\n      two\n    After: x\n',
    )
    expect(source.value).toEqual({ Resources: { Bucket: { Tags: [{ Key: 'a' }, 1], Text: 'one\ntwo\n', After: 'x' } } })
    expect(source.lineOf(['Resources', 'Bucket'])).toBe(4)
    expect(source.lineOf(['Resources', 'Bucket', 'Tags', 0, 'Key'])).toBe(6)
    expect(source.lineOf(['Resources', 'Bucket', 'Tags', 1])).toBe(7)
    expect(source.lineOf(['Resources', 'Bucket', 'After'])).toBe(11)
    expect(source.lineOf(['Resources', 'Topic'])).toBe(3)
  })

  test('in braces is read though it is no JSON', () => {
    expect(dataOf("{Resources: {A: {Type: 'AWS::S3::Bucket'}}, x: !Ref B}")).toEqual({
      Resources: { A: { Type: 'AWS::S3::Bucket' } },
      x: { Ref: 'B' },
    })
  })

  test.each([
    ['!Ref A', { Ref: 'A' }],
    ['!Ref 012', { Ref: '012' }],
    ['!Condition IsProd', { Condition: 'IsProd' }],
    ['!Sub "${A}-x"', { 'Fn::Sub': '${A}-x' }],
    ['!Sub ["${A}", {A: !Ref B}]', { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] }],
    ['!GetAtt A.B.C', { 'Fn::GetAtt': ['A', 'B.C'] }],
    ['!GetAtt [A, !Ref B]', { 'Fn::GetAtt': ['A', { Ref: 'B' }] }],
    ['!GetAZs ""', { 'Fn::GetAZs': '' }],
    ['!Join ["", [a, !Sub b]]', { 'Fn::Join': ['', ['a', { 'Fn::Sub': 'b' }]] }],
    ['!If [A, !Ref AWS::NoValue, yes]', { 'Fn::If': ['A', { Ref: 'AWS::NoValue' }, true] }],
    ['!And [!Condition A, !Not [!Equals [a, b]]]', { 'Fn::And': [{ Condition: 'A' }, { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }] }],
    ['!Transform {Name: AWS::Include}', { 'Fn::Transform': { Name: 'AWS::Include' } }],
    ['!GetStackOutput\n    StackName: s', { 'Fn::GetStackOutput': { StackName: 's' } }],
    ['!Length [1]', { 'Fn::Length': [1] }],
    ['!ToJsonString {a: 1}', { 'Fn::ToJsonString': { a: 1 } }],
    ['!Future x', { 'Fn::Future': 'x' }],
    ['!!str 12', '12'],
    ['!!int "12"', 12],
    ['! 12', '12'],
  ])('reads the tag of %s', (text, value) => {
    expect(dataOf(`x: ${text}\n`)).toEqual({ x: value })
  })

  test('has the line of a short tag and of its arguments', () => {
    const source = read('a:\n  - !Join\n    - "-"\n    - - x\n      - !Sub\n        - y\n  - !GetAtt A.B\n')
    expect(source.lineOf(['a', 0])).toBe(2)
    expect(source.lineOf(['a', 0, 'Fn::Join'])).toBe(2)
    expect(source.lineOf(['a', 0, 'Fn::Join', 1, 0])).toBe(4)
    expect(source.lineOf(['a', 0, 'Fn::Join', 1, 1, 'Fn::Sub', 0])).toBe(6)
    expect(source.lineOf(['a', 1, 'Fn::GetAtt', 1])).toBe(7)
  })

  test.each([
    ...['true', 'True', 'yes', 'YES', 'on'].map((text) => [text, true] as const),
    ...['false', 'FALSE', 'no', 'Off'].map((text) => [text, false] as const),
    ...['', '~', 'null', 'Null'].map((text) => [text, null] as const),
    ...[12, 0, -3, 0.5, 1e21].map((number) => [String(number), number] as const),
    ...['012345678901', '1e3', '2012-10-17', '1_000', '22:22', '1.0', '0x1F', '+1', '.inf', 'Infinity', 'y', 'n'].map(
      (t) => [t, t] as const,
    ),
    ...['"12"', "'12'", '"true"', '"null"', '""'].map((text) => [text, text.slice(1, -1)] as const),
  ])('takes the scalar %s as CloudFormation means it', (text, value) => {
    expect(dataOf(`x: ${text}`)).toEqual({ x: value })
  })

  test('has text for keys, whatever they look like', () => {
    expect(dataOf('012: a\nyes: b\nnull: c\n1.50: d\n? e\n: f')).toEqual({ '012': 'a', yes: 'b', null: 'c', '1.50': 'd', e: 'f' })
  })

  test("puts aliases and merged keys in their places, and a map's own keys before merged ones", () => {
    const source = read('a: &a\n  x: 1\n  y: 1\nb:\n  y: 2\n  <<: *a\nc:\n  <<: [{y: 3}, *a]\n"<<": q\nd: *a\n')
    expect(source.value).toEqual({ a: { x: 1, y: 1 }, b: { x: 1, y: 2 }, c: { x: 1, y: 3 }, '<<': 'q', d: { x: 1, y: 1 } })
    expect(source.lineOf(['d'])).toBe(10)
    expect(source.lineOf(['d', 'y'])).toBe(3)
    expect(source.lineOf(['b', 'x'])).toBe(2)
    expect(source.lineOf(['b', 'y'])).toBe(5)
  })

  test('names keys that stand twice, of which the last counts', () => {
    const source = read('a:\n  - b: 1\n    b: 2\nc: 1\n"c": 2\n')
    expect(source.value).toEqual({ a: [{ b: 2 }], c: 2 })
    expect(source.repeated).toEqual([
      { path: ['a', '0', 'b'], line: 3 },
      { path: ['c'], line: 5 },
    ])
  })

  test('may have Windows line ends, directives, and documents without content', () => {
    const source = read('%YAML 1.1\r\n---\r\na: yes\r\nb:\r\n  c: |\r\n    x\r\n    y\r\n...\r\n---\r\n# none\r\n')
    expect(source.value).toEqual({ a: true, b: { c: 'x\ny\n' } })
    expect(source.lineOf(['b', 'c'])).toBe(5)
  })

  test.each([
    ['a: 1\n---\nb: 2\n', 3, 'a second YAML document'],
    ['a:\n\tb: 1\n', 2, 'Indent with spaces'],
    ['a: 1\nb: 1\n c: 2\n', 2, 'the YAML is broken'],
    ['a:\n  - "x\n', 3, 'the YAML is broken'],
    ['a: 1\nb: *x\n', 2, 'has no anchor before it'],
    ['a: 1\nb: &x\n  c: *x\n', 3, 'the part that it stands in'],
    ['a: 1\n<<: 2\n', 2, 'merge key'],
    ['a: 1\n? [b]\n: c\n', 2, 'plain text'],
    ['a: 1\n!Ref b: c\n', 2, 'plain text'],
    ['a: 1\nb: !!binary aGk=\n', 2, 'no tag !!binary'],
    ['a: 1\nb: !Base64 !Sub c\n', 2, 'the YAML is broken'],
    ['a: @b\n', 1, 'the YAML is broken'],
  ])('%j is refused with the line', (text, line, what) => {
    expect(refusalOf(text)).toMatch(new RegExp(`^app\\.template:${line}: `))
    expect(refusalOf(text)).toContain(what)
  })
})

describe('a text that is no template', () => {
  test.each(['', ' \n\n', '\uFEFF'])('%j is refused as empty', (text) => {
    expect(refusalOf(text)).toBe('app.template:1: the text is empty. Name the file of a template')
  })

  test.each(['[1, 2]', '- a', 'hello', '12', '# only a comment', '---\n...\n', '"{}"'])(
    '%j is refused, for a template is a map',
    (text) => {
      expect(refusalOf(text)).toContain('app.template:1: a template is a map')
    },
  )
})

describe('a hostile text', () => {
  const bomb = (levels: number, line: (level: number) => string) =>
    `a0: &a0 [x, x]\n${Array.from({ length: levels }, (_, i) => line(i + 1)).join('\n')}\n`
  const lists = bomb(
    30,
    (level) =>
      `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
  )
  const long = `a: &a ${'x'.repeat(100_000)}\nb: [${Array(50).fill('*a').join(', ')}]\n`

  test.each([
    ['brackets', `{"a": ${'['.repeat(100_000)}`],
    ['brackets of YAML', `a: ${'['.repeat(100_000)}`],
    ['braces of YAML', `a: ${'{b: '.repeat(100_000)}`],
    ['braces', '{"a":'.repeat(100_000)],
    ['closed brackets', `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['indentation', Array.from({ length: 2000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['dashes', '- '.repeat(100_000)],
    ['question marks', '? '.repeat(100_000)],
    ['keys on one line', `${'a: '.repeat(100_000)}`],
  ])('with deep %s is refused within a second or so', (_name, text) => {
    const start = performance.now()
    expect(refusalOf(text)).toMatch(/^app\.template:\d+: maps and lists are nested deeper than 200 levels\. /)
    expect(performance.now() - start).toBeLessThan(2000)
  })

  test('may have 200 levels, as JSON and as YAML, and not one more', () => {
    const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
    for (const text of [nested(200), `# yaml\n${nested(200)}`]) expect(dataOf(text)).toEqual(JSON.parse(nested(200)))
    for (const text of [nested(201), `# yaml\n${nested(201)}`]) expect(refusalOf(text)).toContain('deeper than 200')
  })

  test('counts the levels of tags and of aliases too', () => {
    expect(refusalOf(`a: ${'!Not ['.repeat(150)}${']'.repeat(150)}`)).toContain('deeper than 200')
    const half = `${'['.repeat(120)}${']'.repeat(120)}`
    expect(refusalOf(`a: &a ${half}\nb: ${'['.repeat(120)}*a${']'.repeat(120)}`)).toContain('deeper than 200')
  })

  test.each([
    ['lists', lists],
    [
      'merged maps',
      bomb(30, (level) => `a${level}: &a${level} {${[1, 2, 3].map((n) => `k${n}: *a${level - 1}`)}, <<: {z: *a${level - 1}}}`),
    ],
    ['a long scalar', long],
  ])('that grows without bound by aliases of %s is refused at once', (_name, text) => {
    expect(refusalOf(text)).toContain('larger than 1 MB')
    expect(timeOf(text)).toBeLessThan(10_000)
  })

  test('of more than 8 MiB is refused before it is read', () => {
    const start = performance.now()
    for (const text of [' '.repeat(8 * 1024 * 1024 + 1), `a: ${'é'.repeat(5 * 1024 * 1024)}`])
      expect(refusalOf(text)).toMatch(/^app\.template:1: the text is larger than 8 MiB/)
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  test.each([
    ['8 MiB of spaces', ' '.repeat(8 * 1024 * 1024)],
    ['8 MiB of spaces and a brace', `${' '.repeat(8 * 1024 * 1024 - 1)}{`],
    ['8 MiB of closing braces', '}'.repeat(8 * 1024 * 1024)],
    ['5 MB in one plain line', `a: ${'x'.repeat(5_000_000)}`],
    ['5 MB in one double-quoted line', `a: "${'x'.repeat(5_000_000)}"`],
    ['5 MB in one JSON string', `{"a": "${'x'.repeat(5_000_000)}"}`],
    ['5 MB in one open JSON string', `{"a": "${'\\\\'.repeat(2_500_000)}`],
    ['8 MB of JSON with an error at the end', `{"a": [${'1,'.repeat(4_000_000)}}`],
    ['5 MB of digits', `{"a": ${'1'.repeat(5_000_000)}}`],
    ['one key, a hundred thousand times', `{${Array(100_000).fill('"a":1').join(',')}}`],
  ])('of %s takes a few seconds at most', (_name, text) => {
    expect(timeOf(text)).toBeLessThan(15_000)
  })

  test('or a large one, of 1 MB of JSON, takes some tens of milliseconds, positions included', () => {
    const bucket = { Type: 'AWS::S3::Bucket', Properties: { Tags: [{ Key: 'a', Value: { Ref: 'B' } }], Name: { 'Fn::Sub': 'a-${B}' } } }
    const text = JSON.stringify({ Resources: Object.fromEntries([...Array(4000).keys()].map((n) => [`Bucket${n}`, bucket])) }, undefined, 2)
    expect(text.length).toBeGreaterThan(1_000_000)
    const times = [1, 2, 3, 4, 5].map(() => timeOf(text))
    expect(Math.min(...times)).toBeLessThan(150)
    expect(read(text).lineOf(['Resources', 'Bucket3999', 'Type'])).toBeGreaterThan(4000)
  })

  test('with one key again and again names a hundred of them', () => {
    expect(read(`{${Array(1000).fill('"a":1').join(',')}}`).repeated).toHaveLength(100)
    expect(read('a: 1\n'.repeat(1000)).repeated).toHaveLength(100)
  })
})

describe('for any data', () => {
  const key = fc.string({ unit: 'binary-ascii', maxLength: 12 }).filter((text) => text !== '<<' && !/[\r\n]/.test(text))
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(fc.string(), fc.constantFrom('yes', '012', '1e3', '~', '', '22:22', '#', '- a', '!Ref a', '*a', '\t', '\r\n')),
      fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
    ),
  }))
  /** A key as the YAML of the test has it. */
  const quoted = (text: string) => stringify(text, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0 }).trim()
  // Through JSON once, which has no -0 and no map without a prototype.
  const data = fc.dictionary(key, tree, { maxKeys: 5 }).map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>)

  test('JSON in lines, JSON in one line and YAML give the same, and lineOf finds the line of each key', () => {
    fc.assert(
      fc.property(data, (value) => {
        const pretty = JSON.stringify(value, undefined, 2)
        const yaml = stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false, defaultKeyType: 'QUOTE_DOUBLE' })
        for (const text of [pretty, JSON.stringify(value), yaml, `# yaml\n${pretty}`]) {
          const source = read(text)
          expect(source.value).toEqual(value)
          expect(source.repeated).toEqual([])
          const lines = text.split('\n')
          for (const path of pathsOf(value)) {
            const name = path.at(-1)
            const line = lines[source.lineOf(path) - 1]
            if (typeof name === 'string') expect(line).toContain(text === yaml ? quoted(name) : JSON.stringify(name))
            else expect(line).toBeDefined()
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  test('any text is read or refused, soon', () => {
    const signs = fc.constantFrom(
      ...'{}[]:,"\'\\!&*|>-?#%@`~<= \t\n\r',
      '\n  ',
      ': ',
      '- ',
      'a',
      '&a ',
      '*a',
      '<<: ',
      '!Sub ',
      '---\n',
      '\u0000',
      '1',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(signs, { maxLength: 60 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(timeOf(text)).toBeLessThan(10_000)
        expect(timeOf(`{${text}`)).toBeLessThan(10_000)
        expect(timeOf(`a: ${text}`)).toBeLessThan(10_000)
      }),
      { numRuns: 1000 },
    )
  })
})
