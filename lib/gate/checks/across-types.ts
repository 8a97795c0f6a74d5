import type { ControlText, ExampleResources, ResourceControl } from './control.ts'
import { joinedExamples } from './joined-examples.ts'

/** A control that asks of several types, or of several settings, what parts of it ask one by one. Text that is left out is the first part's. */
export interface Joined extends Partial<ControlText> {
  readonly id: string
  readonly title: string
  /** Ids of the parts. */
  readonly of: readonly string[]
  /** Examples, where those of the parts break what other parts ask. */
  readonly passing?: ExampleResources
  readonly failing?: ExampleResources
  /** True where the parts stay controls of their own beside it; otherwise it takes their place. */
  readonly partsStay?: boolean
}

/**
 * One control over all types of its parts: each resource is judged by the parts for its type, and all of them must hold.
 * @param own examples, where those of the parts would not do
 */
export function acrossTypes(
  text: ControlText,
  parts: readonly ResourceControl[],
  own: Pick<Joined, 'passing' | 'failing'> = {},
): ResourceControl {
  const partsFor = new Map<string, readonly ResourceControl[]>()
  return {
    ...text,
    types: typesOf(parts),
    judge: (resource, deployment) => {
      const applying = partsFor.get(resource.type) ?? partsOf(parts, resource.type)
      partsFor.set(resource.type, applying)
      return applying.length === 1
        ? applying[0]?.judge(resource, deployment)
        : applying.flatMap((part) => part.judge(resource, deployment) ?? [])
    },
    // Judging does without examples, so they are put together when they are asked for.
    get passing() {
      return own.passing ?? joinedExamples(parts.map(({ passing }) => passing))
    },
    get failing() {
      return own.failing ?? joinedExamples(parts.map(({ failing }) => failing))
    },
  }
}

const partsOf = (parts: readonly ResourceControl[], type: string): readonly ResourceControl[] =>
  parts.filter(({ types }) => types === 'every' || types.includes(type))

/**
 * Puts controls that ask one thing of different types together, in the place of their first part.
 * @throws Error where a part does not exist: a table of controls names a wrong id
 */
export function joinControls(controls: readonly ResourceControl[], joins: readonly Joined[]): readonly ResourceControl[] {
  const byId = new Map(controls.map((control) => [control.id, control]))
  const replaced = new Set(joins.flatMap(({ of, partsStay }) => (partsStay === true ? [] : of)))
  const madeHere = (id: string) => joins.filter(({ of }) => of[0] === id).map((join) => joinOf(join, byId))
  return controls.flatMap((control) => [...(replaced.has(control.id) ? [] : [control]), ...madeHere(control.id)])
}

function joinOf({ of, partsStay: _, passing, failing, ...text }: Joined, byId: ReadonlyMap<string, ResourceControl>): ResourceControl {
  const parts = of.map((id) => byId.get(id) ?? missing(id))
  const [first = missing(text.id)] = parts
  const { topic, severity, citations, why, remedy } = first
  return acrossTypes({ topic, severity, citations, why, remedy, ...text }, parts, {
    ...(passing && { passing }),
    ...(failing && { failing }),
  })
}

function missing(id: string): never {
  throw new Error(`there is no control ${id} to join`)
}

const typesOf = (parts: readonly ResourceControl[]): ResourceControl['types'] =>
  parts.some(({ types }) => types === 'every') ? 'every' : [...new Set(parts.flatMap(({ types }) => types))]
