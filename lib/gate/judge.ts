import type { Assembly } from './assembly/assembly.ts'
import { readAssembly } from './assembly/read-assembly.ts'
import { UnreadableError } from './assembly/unreadable-error.ts'
import { checks } from './checks/index.ts'
import { dayOf } from './days.ts'
import { acceptedOf, keysOf, stacksOf, storesOf } from './inventory.ts'
import { tool } from './tool.ts'
import { type Counts, type Finding, type Subject, soonDays, type Verdict } from './verdict.ts'

/**
 * Judges cloud assemblies.
 * @param paths folders that `cdk synth` wrote; one that cannot be read does not keep the others from being judged
 * @param today the day acceptances are measured against
 */
export function judge(paths: readonly string[], today: Date): Verdict {
  const subjects = paths.map((path) => subjectOf(path, today))
  return { schema: 'safe-harbor-verdict/1', tool, date: dayOf(today), verdict: worst(subjects), counts: countsOf(subjects), subjects }
}

function subjectOf(path: string, today: Date): Subject {
  try {
    return judgeAssembly(readAssembly(path), today)
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
    return {
      path,
      kind: 'assembly',
      verdict: 'unreadable',
      error: error.message,
      stacks: [],
      keys: [],
      stores: [],
      accepted: [],
      findings: [],
      passes: [],
    }
  }
}

/** Judges one assembly that was read. */
function judgeAssembly(assembly: Assembly, today: Date): Subject {
  const judgements = checks.map((check) => check({ assembly, today }))
  const findings = judgements.flatMap((judgement) => judgement.findings)
  const inventory = {
    stacks: stacksOf(assembly),
    keys: keysOf(assembly),
    stores: storesOf(assembly),
    accepted: acceptedOf(assembly, today),
  }
  const resources = inventory.stacks.reduce((sum, stack) => sum + stack.resources, 0)
  return {
    path: assembly.path,
    kind: 'assembly',
    ...(resources === 0
      ? { verdict: 'unreadable', error: `${assembly.path} holds no resource to judge. Run \`npx cdk synth\` first.` }
      : { verdict: failing(findings) ? 'fail' : 'pass' }),
    ...(assembly.facts !== undefined && { environment: assembly.facts.environment.name }),
    ...inventory,
    findings,
    passes: judgements.flatMap((judgement) => judgement.passes),
  }
}

const failing = (findings: readonly Finding[]): boolean => findings.some(({ status }) => status === 'fail')

function worst(subjects: readonly Subject[]): Verdict['verdict'] {
  if (subjects.length === 0 || subjects.some(({ verdict }) => verdict === 'unreadable')) return 'unreadable'
  return subjects.some(({ verdict }) => verdict === 'fail') ? 'fail' : 'pass'
}

function countsOf(subjects: readonly Subject[]): Counts {
  const stacks = subjects.flatMap((subject) => subject.stacks)
  const findings = subjects.flatMap((subject) => subject.findings)
  const withStatus = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length
  return {
    stacks: stacks.length,
    resources: stacks.reduce((sum, { resources }) => sum + resources, 0),
    evaluations: stacks.reduce((sum, { evaluations }) => sum + evaluations, 0),
    findings: withStatus('fail'),
    undecided: withStatus('undecided'),
    accepted: withStatus('waived'),
    expiringSoon: subjects.flatMap(({ accepted }) => accepted).filter(({ daysLeft }) => daysLeft >= 0 && daysLeft <= soonDays).length,
  }
}
