import type { Assembly, PlacedResource } from '../../assembly/assembly.ts'
import type { Found, Pass, ResourceName } from '../../verdict.ts'

/** What a check found in one assembly. */
export interface Judgement {
  readonly findings: readonly Found[]
  readonly passes: readonly Pass[]
}

/** What a check is given. */
export interface CheckInput {
  readonly assembly: Assembly
  /** The day it is judged on. */
  readonly today: Date
}

/** A check: pure, one topic, one file. */
export type Check = (input: CheckInput) => Judgement

/** The name a verdict gives to a resource. */
export const nameOfResource = ({ resource: { logicalId, type, path } }: PlacedResource): ResourceName => ({
  logicalId,
  type,
  ...(path !== undefined && { path }),
})

/** Where a resource stands. */
export const placeOf = ({ stack, resource }: PlacedResource): { file: string; line: number } => ({
  file: stack.file,
  line: stack.template.source.lineOf(resource.place.slice(0, -1)),
})

/** Sections of 45 CFR 164 in a rule's description: cdk-nag ends each with "(Control IDs: ...)". */
export function citationsIn(description: string): string[] {
  const list = /\(Control IDs?: (.*)\)/.exec(description)?.[1] ?? ''
  return list
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text.startsWith('164.'))
}

/** Name that the gate's plugin reports under. */
export const ownPlugin = 'Safe-Harbor'
