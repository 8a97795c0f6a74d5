import pico from 'picocolors'
import { type Accepted, type Finding, type Subject, soonDays, type Verdict } from '../gate/verdict.ts'
import { counted } from './counts.ts'

type Paint = ReturnType<typeof pico.createColors>

/** A verdict for a terminal: what fails first, then what is accepted, then the numbers, then the verdict. */
export function renderTerminal(verdict: Verdict, { color }: { readonly color: boolean }): string {
  const paint = pico.createColors(color)
  const blocks = [...verdict.subjects.flatMap((subject) => subjectBlocks(paint, subject)), numbers(verdict), ending(paint, verdict)]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function subjectBlocks(paint: Paint, subject: Subject): string[] {
  if (subject.error !== undefined) return [`${paint.red('Unreadable')}  ${subject.error}`]
  const failing = subject.findings.filter(({ status }) => status === 'fail')
  const undecided = subject.findings.filter(({ status }) => status === 'undecided')
  return [group(paint.red('Fails'), failing, paint), group(paint.yellow('Undecided'), undecided, paint), acceptances(paint, subject)]
}

function group(title: string, findings: readonly Finding[], paint: Paint): string {
  if (findings.length === 0) return ''
  return [title, ...findings.map((finding) => findingLines(finding, paint).join('\n'))].join('\n')
}

const findingLines = (finding: Finding, paint: Paint): string[] => [
  `  ${paint.bold(finding.control)}${finding.citations.length > 0 ? paint.dim(`  45 CFR ${finding.citations.join(', ')}`) : ''}`,
  `    ${finding.file}:${finding.line}${finding.resource === undefined ? '' : `  ${finding.resource.path ?? finding.resource.logicalId}`}`,
  `    ${finding.message}`,
  `    ${paint.dim(finding.remedy)}`,
]

function acceptances(paint: Paint, { accepted }: Subject): string {
  const inUse = accepted.filter(({ matches }) => matches > 0)
  if (inUse.length === 0) return ''
  return ['Accepted, each with an owner, a reason and an end', ...inUse.map((entry) => acceptanceLine(paint, entry))].join('\n')
}

function acceptanceLine(paint: Paint, { rule, kind, matches, daysLeft }: Accepted): string {
  const left = `${daysLeft} days left`
  return `  ${rule.replace('HIPAA.Security-', '').padEnd(30)} ${`${matches} × ${kind}`.padEnd(24)} ${daysLeft <= soonDays ? paint.yellow(left) : paint.dim(left)}`
}

const numbers = (verdict: Verdict): string =>
  counted(verdict)
    .map(([count, what]) => `  ${String(count).padStart(6)}  ${what}`)
    .join('\n')

const endings = {
  pass: 'Clean: no open finding.',
  fail: 'Not clean: see the findings above.',
  unreadable: 'No verdict: an input could not be judged.',
} as const satisfies Record<Verdict['verdict'], string>

const ending = (paint: Paint, { verdict }: Verdict): string => paint.bold((verdict === 'pass' ? paint.green : paint.red)(endings[verdict]))
