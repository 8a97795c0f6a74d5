import type { DataClass } from './assembly/facts.ts'

/** What a finding is about; other teams' labels are compared by these. */
export type Topic =
  | 'encryption-at-rest'
  | 'encryption-in-transit'
  | 'key-rotation'
  | 'public-access'
  | 'network-exposure'
  | 'iam-privilege'
  | 'secrets-in-template'
  | 'logging-audit'
  | 'backup-recovery'
  | 'authn-authz'
  | 'other'

/** The resource a verdict speaks of. */
export interface ResourceName {
  readonly logicalId: string
  readonly type: string
  /** Construct path, where the template tells it. */
  readonly path?: string
  /** What it holds, where a data map says so. */
  readonly dataClass?: DataClass
}

/** How much harm a broken control allows: `critical` opens patient data to strangers or hands over the account. */
export const severities = ['critical', 'high', 'medium', 'low'] as const
/** One severity. */
export type Severity = (typeof severities)[number]

/** Something that fails, or would but for an acceptance, or could not be decided, with its evidence. */
export interface Finding {
  /** Stable id of the control: `HIPAA.Security-S3BucketLoggingEnabled`, `kill-switch`. */
  readonly control: string
  readonly topic: Topic
  /** Title of the control: what would hold. */
  readonly title: string
  readonly severity: Severity
  readonly status: 'fail' | 'undecided' | 'waived'
  /** Absent where the finding is about the input as a whole. */
  readonly resource?: ResourceName | undefined
  /** Path of the property or field that decided; empty when none did. */
  readonly property: string
  /** What stands there. */
  readonly value: unknown
  /** File it was read from, relative to the judged path. */
  readonly file: string
  /** Line in that file, counted from 1. */
  readonly line: number
  readonly message: string
  /** The case it was seen in, `Stage is "dev"`; absent where it is so in every case. */
  readonly when?: string | undefined
  /** What an acceptance names it by: digest of control, resource, property and value. */
  readonly fingerprint: string
  /** What to do about it. */
  readonly remedy: string
  /** Sections of 45 CFR 164: `164.312(b)`. */
  readonly citations: readonly string[]
}

/** What the resource of a finding holds, where a data map says so. */
export const dataClassOfFinding = ({ resource }: Pick<Finding, 'resource'>): DataClass | undefined => resource?.dataClass

/** A finding before its control's text and its fingerprint are added. */
export type Found = Omit<Finding, 'title' | 'severity' | 'fingerprint'>

/** A control that held, with what satisfied it. */
export interface Pass {
  readonly control: string
  readonly topic: Topic
  readonly resource?: ResourceName | undefined
  readonly property: string
  readonly value: unknown
}

/** An acceptance as the report shows it. */
export interface Accepted {
  readonly rule: string
  /** Sections of 45 CFR 164. */
  readonly citations: readonly string[]
  readonly kind: string
  readonly matches: number
  readonly owner: string
  /** Who agreed; absent in an app's own list. */
  readonly approver?: string
  readonly reason: string
  readonly compensatingControl: string
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly expires: string
  /** Whole days from today to that day; negative when it has passed. */
  readonly daysLeft: number
}

/** A stack as the report shows it. */
export interface StackSummary {
  readonly name: string
  readonly account: string
  readonly region: string
  readonly description: string
  readonly resources: number
  /** Rules of the HIPAA pack that applied to its resources. */
  readonly evaluations: number
}

/** A customer managed key as the report shows it. */
export interface KeySummary {
  readonly stack: string
  readonly alias: string
  readonly description: string
  readonly rotated: boolean
  readonly deletionWindowDays: number | undefined
  readonly multiRegion: boolean
}

/** A store as the report shows it. */
export interface StoreSummary {
  readonly stack: string
  readonly name: string
  readonly type: string
  readonly dataClass: string
  /** How it is encrypted at rest, in words. */
  readonly encryption: string
}

/** A template that was judged. */
export interface JudgedTemplate {
  /** As the subject's findings name it. */
  readonly file: string
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string
  readonly resources: number
}

/** What was judged of one input. */
export interface Subject {
  /** The input as given. */
  readonly path: string
  readonly kind: 'assembly' | 'template'
  readonly verdict: 'pass' | 'fail' | 'unreadable'
  /** Why it could not be read. */
  readonly error?: string
  /** Name of the environment, where the facts tell it. */
  readonly environment?: string
  readonly templates: readonly JudgedTemplate[]
  /** Types of resources that no control of theirs judged, with how many there are. */
  readonly unjudged: Readonly<Record<string, number>>
  readonly stacks: readonly StackSummary[]
  readonly keys: readonly KeySummary[]
  readonly stores: readonly StoreSummary[]
  readonly accepted: readonly Accepted[]
  readonly findings: readonly Finding[]
  readonly passes: readonly Pass[]
}

/** Numbers a person can check against the templates. */
export interface Counts {
  readonly stacks: number
  readonly resources: number
  readonly evaluations: number
  readonly findings: number
  readonly undecided: number
  /** Findings that are accepted, one a resource. */
  readonly accepted: number
  /** Controls that held, one a resource. */
  readonly passes: number
  /** Acceptances with at most `soonDays` days left. */
  readonly expiringSoon: number
}

/** Days before expiry from which an acceptance is called out. */
export const soonDays = 30

/** What came of the file of accepted findings. */
export interface JudgedWaivers {
  readonly file: string
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string
  /** Entries that hold. */
  readonly entries: number
  /** What is wrong with the others; each fails the verdict. */
  readonly findings: readonly Finding[]
}

/** Everything the gate has to say; every report is a rendering of it. */
export interface Verdict {
  readonly schema: 'safe-harbor-verdict/1'
  readonly tool: { readonly name: string; readonly version: string }
  /** SHA-256 over the gate's own files, in hexadecimal: verdicts with the same one were made by the same rules. */
  readonly rulesDigest: string
  /** Absent where no file was given. */
  readonly waivers?: JudgedWaivers
  /** What policies were compared with; absent where no file was given. */
  readonly reference?: {
    readonly file: string
    /** SHA-256 of its bytes, in hexadecimal. */
    readonly digest: string
    /** Policies in it. */
    readonly policies: number
  }
  /** Whether what is undecided counts as failing. */
  readonly strict: boolean
  /** The day it was judged on, `YYYY-MM-DD`: acceptances expire by it. */
  readonly date: string
  readonly verdict: 'pass' | 'fail' | 'unreadable'
  readonly counts: Counts
  readonly subjects: readonly Subject[]
}

/** Exit code of a verdict: 0 clean, 1 a finding fails (or is undecided, where the verdict is strict), 2 an input was unreadable or nothing was judged. */
export const exitCodeOf = ({ verdict }: Pick<Verdict, 'verdict'>): 0 | 1 | 2 => ({ pass: 0, fail: 1, unreadable: 2 })[verdict] as 0 | 1 | 2
