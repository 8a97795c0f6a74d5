import type { Assembly } from './assembly/assembly.ts'
import { readAssembly } from './assembly/read-assembly.ts'
import { UnreadableError } from './assembly/unreadable-error.ts'
import { checks } from './checks/assembly/index.ts'
import { type Judged, joined } from './checks/findings-of.ts'
import { dayOf } from './days.ts'
import { completed } from './finding.ts'
import { findInputs, type Input } from './input/find-inputs.ts'
import { deploymentOf, looksLikeTemplate, readDeployment, type Told } from './input/read-deployment.ts'
import { acceptedOf, keysOf, stacksOf, storesOf } from './inventory.ts'
import { type ControlSet, everyControl, judgeStacks } from './judge-stacks.ts'
import type { AccessReference } from './reference/access-reference.ts'
import { rulesDigest } from './rules-digest.ts'
import type { Deployment } from './template/deployment.ts'
import { tool } from './tool.ts'
import { unjudgedOf } from './unjudged.ts'
import { type Counts, dataClassOfFinding, type Finding, type JudgedTemplate, type Subject, soonDays, type Verdict } from './verdict.ts'
import { applyWaivers } from './waivers/apply-waivers.ts'
import type { Waivers } from './waivers/waiver.ts'

/** How to judge. */
export interface JudgeOptions extends Partial<Told> {
  /** The day acceptances are measured against. */
  readonly today: Date
  /** Whether what is undecided counts as failing. */
  readonly strict?: boolean
  /** Accepted findings. */
  readonly waivers?: Waivers | undefined
  /** What policies may grant and must deny, as reviewed; of one input, the only one that is judged. */
  readonly reference?: AccessReference | undefined
  /**
   * Controls over resources and over assemblies as a whole.
   * @default - all
   */
  readonly controls?: ControlSet
}

/**
 * Judges cloud assemblies, templates and folders of them.
 * @param paths one that cannot be read does not keep the others from being judged
 */
export function judge(paths: readonly string[], options: JudgeOptions): Verdict {
  const { today, strict = false, waivers, reference } = options
  const judged = paths.flatMap((path) => subjectsAt(path, options))
  const waived = waivers === undefined ? undefined : applyWaivers(judged, waivers, today, dataClassOfFinding)
  const subjects = (waived?.subjects ?? judged).map((subject) => withVerdict(subject, strict))
  const problems = (waived?.problems ?? []).map(completed)
  const verdict = worst(subjects)
  return {
    schema: 'safe-harbor-verdict/1',
    tool,
    rulesDigest: rulesDigest(),
    ...(waivers !== undefined && {
      waivers: { file: waivers.file, digest: waivers.digest, entries: waived?.accepted.length ?? 0, findings: problems },
    }),
    ...(reference !== undefined && { reference: referenceOf(reference) }),
    strict,
    date: dayOf(today),
    verdict: verdict === 'pass' && problems.length > 0 ? 'fail' : verdict,
    counts: countsOf(subjects, problems),
    subjects,
  }
}

const referenceOf = ({ file, digest, policies }: AccessReference): NonNullable<Verdict['reference']> => ({
  file,
  digest,
  policies: policies.length,
})

/** A subject's verdict by its findings as they stand, once waivers were applied. */
const withVerdict = (subject: Subject, strict: boolean): Subject =>
  subject.error === undefined ? { ...subject, verdict: failing(subject.findings, strict) ? 'fail' : 'pass' } : subject

function subjectsAt(path: string, options: JudgeOptions): readonly Subject[] {
  const subjects = findInputs(path).flatMap((input) => subjectOf(input, options))
  if (subjects.length > 0) return subjects
  return [
    unreadable(
      { path, kind: 'template' },
      `${path} does not exist, or holds no template. Run \`npx cdk synth\` first, or name a template, or a folder of templates.`,
    ),
  ]
}

function subjectOf(input: Input, options: JudgeOptions): readonly Subject[] {
  try {
    const subject =
      input.kind === 'assembly' ? judgeAssembly(readAssembly(input.path, options.parameters), options) : judgeTemplate(input, options)
    return subject === undefined ? [] : [subject]
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
    return input.named || looksLikeTemplate(input.path) ? [unreadable(input, error.message)] : []
  }
}

const told = ({ parameters = new Map(), dataMap }: JudgeOptions): Told => ({ parameters, dataMap })

function judgeTemplate(input: Input, options: JudgeOptions): Subject | undefined {
  const deployment = readDeployment(input.path, told(options))
  if (deployment === undefined) {
    if (!input.named) return undefined
    throw new UnreadableError(
      `${input.path}:1: this is no CloudFormation template: it has no Resources. Name a template, or a folder of templates.`,
    )
  }
  return subjectFrom(input, deployment, [judgeStacks(deployment, options.controls, options.reference)], emptyInventory, options)
}

/** Judges one assembly that was read. */
function judgeAssembly(assembly: Assembly, options: JudgeOptions): Subject {
  const deployment = deploymentOf(assembly, told(options))
  const { today } = options
  const inventory = {
    stacks: stacksOf(assembly),
    keys: keysOf(assembly),
    stores: storesOf(assembly),
    accepted: acceptedOf(assembly, today),
  }
  const judged = [...checks.map((check) => check({ assembly, today })), judgeStacks(deployment, options.controls, options.reference)]
  const environment = assembly.facts?.environment.name
  return {
    ...subjectFrom({ path: assembly.path, kind: 'assembly' }, deployment, judged, inventory, options),
    ...(environment !== undefined && { environment }),
  }
}

type Inventory = Pick<Subject, 'stacks' | 'keys' | 'stores' | 'accepted'>

const emptyInventory: Inventory = { stacks: [], keys: [], stores: [], accepted: [] }

function subjectFrom(
  { path, kind }: Pick<Input, 'path' | 'kind'>,
  deployment: Deployment,
  judged: readonly Judged[],
  inventory: Inventory,
  { controls = everyControl }: JudgeOptions,
): Subject {
  const { findings: found, passes } = joined(judged)
  const findings = found.map(completed)
  const templates = deployment.templates.map(
    (template): JudgedTemplate => ({ file: template.source.file, digest: template.digest, resources: template.resources.size }),
  )
  const empty = templates.every(({ resources }) => resources === 0)
  return {
    path,
    kind,
    ...(empty
      ? {
          verdict: 'unreadable',
          error: `${path} holds no resource to judge. Run \`npx cdk synth\` first, or name a template with resources.`,
        }
      : { verdict: 'pass' }),
    templates,
    unjudged: unjudgedOf(deployment, controls.resources),
    ...inventory,
    findings,
    passes,
  }
}

const unreadable = ({ path, kind }: Pick<Input, 'path' | 'kind'>, error: string): Subject => ({
  path,
  kind,
  verdict: 'unreadable',
  error,
  templates: [],
  unjudged: {},
  ...emptyInventory,
  findings: [],
  passes: [],
})

const failing = (findings: readonly Finding[], strict: boolean): boolean =>
  findings.some(({ status }) => status === 'fail' || (strict && status === 'undecided'))

function worst(subjects: readonly Subject[]): Verdict['verdict'] {
  if (subjects.length === 0 || subjects.some(({ verdict }) => verdict === 'unreadable')) return 'unreadable'
  return subjects.some(({ verdict }) => verdict === 'fail') ? 'fail' : 'pass'
}

function countsOf(subjects: readonly Subject[], problems: readonly Finding[]): Counts {
  const findings = [...subjects.flatMap((subject) => subject.findings), ...problems]
  const withStatus = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length
  return {
    stacks: subjects.reduce((sum, { templates }) => sum + templates.length, 0),
    resources: subjects.reduce((sum, { templates }) => sum + templates.reduce((inner, { resources }) => inner + resources, 0), 0),
    evaluations: subjects.flatMap(({ stacks }) => stacks).reduce((sum, { evaluations }) => sum + evaluations, 0),
    findings: withStatus('fail'),
    undecided: withStatus('undecided'),
    accepted: withStatus('waived'),
    passes: subjects.reduce((sum, { passes }) => sum + passes.length, 0),
    expiringSoon: subjects.flatMap(({ accepted }) => accepted).filter(({ daysLeft }) => daysLeft >= 0 && daysLeft <= soonDays).length,
  }
}
