import type { DataClass } from '../assembly/facts.ts'
import type { Finding, Subject } from '../verdict.ts'

/** One finding that a waiver names: where, which resource, and exactly what stands there. */
export interface NamedFinding {
  /** File it was found in, relative to the working directory, with `/`: `cdk.out/records.template.json`. */
  readonly file: string
  /** Logical id, or the construct path where the gate knows no logical id; absent for a finding about the input as a whole. */
  readonly resource?: string | undefined
  /** As the verdict gives it. */
  readonly fingerprint: string
  /** Line in the file of waivers, from 1. */
  readonly line: number
}

/** An accepted finding, or some alike, as a reviewer writes it. */
export interface Waiver {
  readonly control: string
  readonly findings: readonly NamedFinding[]
  /** How many findings it is meant for. */
  readonly matches: number
  /** Who answers for it. */
  readonly owner: string
  /** Who looked at it: somebody else. */
  readonly approver: string
  readonly reason: string
  readonly compensatingControl: string
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly expires: string
  /** Line in the file of waivers, from 1. */
  readonly line: number
}

/** A file of waivers, as it was read. */
export interface Waivers {
  readonly file: string
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string
  readonly entries: readonly Waiver[]
}

/** What waivers need of a subject. */
export type WaivableSubject = Pick<Subject, 'path' | 'kind' | 'templates' | 'accepted' | 'findings'>

/** What the resource of a finding holds; undefined where nobody says, and then it counts as patient data. */
export type DataClassOfFinding = (finding: Finding) => DataClass | undefined
