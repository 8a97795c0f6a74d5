import { type Change, isIntrinsic } from './changes.ts'

/** The values of each intrinsic function that a template holds, as JSON, sorted: neighbours are the likeliest to be taken for each other. */
export type References = ReadonlyMap<string, readonly string[]>

/** Every reference inside a value. */
export function referencesIn(value: unknown): References {
  const found = new Map<string, Set<string>>()
  const look = (inside: unknown): void => {
    if (inside === null || typeof inside !== 'object') return
    if (isIntrinsic(inside)) {
      const name = functionOf(inside)
      found.set(name, (found.get(name) ?? new Set()).add(JSON.stringify(inside)))
    }
    Object.values(inside).forEach(look)
  }
  look(value)
  return new Map([...found].map(([name, values]) => [name, [...values].sort()]))
}

const functionOf = (intrinsic: unknown): string => String(Object.keys(intrinsic as object)[0])

/** A reference taken for another: its neighbour, nothing at all where it is alone, and another output of the same stack. */
export function elsewhere(intrinsic: unknown, references: References): readonly Change[] {
  const name = functionOf(intrinsic)
  const all = references.get(name) ?? []
  const next = all[(all.indexOf(JSON.stringify(intrinsic)) + 1) % all.length]
  const other = next === undefined || all.length < 2 ? { Ref: 'Elsewhere' } : (JSON.parse(next) as unknown)
  return [['pointed elsewhere', other], ...(name === 'Fn::GetStackOutput' ? [otherOutput(intrinsic as StackOutput)] : [])]
}

type StackOutput = { readonly 'Fn::GetStackOutput': Readonly<Record<string, unknown>> }

const otherOutput = ({ 'Fn::GetStackOutput': output }: StackOutput): Change => [
  'pointed at another output of that stack',
  { 'Fn::GetStackOutput': { ...output, OutputName: 'PublishOutputRefElsewhere0123ABCD0123ABCD' } },
]
