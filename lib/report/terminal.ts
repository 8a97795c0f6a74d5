import { dirname, relative } from 'node:path'
import pico from 'picocolors'
import { type Accepted, type Finding, type Severity, type Subject, severities, soonDays, type Verdict } from '../gate/verdict.ts'
import { counted } from './counts.ts'

type Paint = ReturnType<typeof pico.createColors>

/** Places that are listed of one control, by its severity; the JSON has all. */
const mostPlaces = { critical: 8, high: 8, medium: 8, low: 2 } as const satisfies Record<Severity, number>
/** Sections that are listed of one control; `explain` has all. */
const mostCitations = 3
/** Types that are listed where no control judges them; the JSON has all. */
const mostTypes = 4

/** A verdict for a terminal: what fails first, the worst of it first, then what is undecided, then what is accepted, then the numbers, then the verdict. */
export function renderTerminal(verdict: Verdict, { color }: { readonly color: boolean }): string {
  const paint = pico.createColors(color)
  // The heading has the folder of a template, so that places need not repeat it.
  const headed = verdict.subjects.length > 1 || verdict.subjects.some(({ kind, error }) => kind === 'template' && error === undefined)
  const blocks = [
    ...verdict.subjects.flatMap((subject) => subjectBlocks(paint, subject, headed)),
    group(paint.red('Accepted findings that do not hold'), verdict.waivers?.findings ?? [], paint),
    numbers(verdict),
    ending(paint, verdict),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function subjectBlocks(paint: Paint, subject: Subject, headed: boolean): string[] {
  if (subject.error !== undefined) return [`${paint.red('Unreadable')}  ${subject.error}`]
  const failing = subject.findings.filter(({ status }) => status === 'fail')
  const undecided = subject.findings.filter(({ status }) => status === 'undecided')
  const folder = subject.kind === 'template' ? dirname(subject.path) : undefined
  const blocks = [
    group(paint.red('Fails'), failing, paint, folder),
    group(paint.yellow('Undecided'), undecided, paint, folder),
    acceptances(paint, subject),
    unjudged(paint, subject),
  ].filter((block) => block !== '')
  return headed && blocks.length > 0 ? [paint.bold(paint.underline(subject.path)), ...blocks] : blocks
}

/** @param folder that files are named from; as they are named in the findings without it */
function group(title: string, findings: readonly Finding[], paint: Paint, folder?: string): string {
  if (findings.length === 0) return ''
  const byControl = grouped(findings)
  const blocks = [...byControl.values()]
    .sort((one, other) => weight(one) - weight(other))
    .map((alike) => controlLines(alike, paint, folder))
  return [title, ...blocks.map((lines) => lines.join('\n'))].join('\n')
}

// Node 20 has no Map.groupBy.
function grouped(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const alike = groups.get(finding.control)
    if (alike === undefined) groups.set(finding.control, [finding])
    else alike.push(finding)
  }
  return groups
}

const weight = ([first]: readonly Finding[]): number => severities.indexOf(first?.severity ?? 'low')

const tints = { critical: 'red', high: 'red', medium: 'yellow', low: 'dim' } as const satisfies Record<Severity, keyof Paint>

function controlLines(findings: readonly Finding[], paint: Paint, folder: string | undefined): string[] {
  const [first] = findings
  if (first === undefined) return []
  const most = mostPlaces[first.severity]
  const rest = findings.length - most
  return [
    `  ${paint[tints[first.severity]](first.severity.padEnd(8))}  ${paint.bold(first.title)}`,
    `            ${first.control}${paint.dim(citationsOf(first))}`,
    ...findings.slice(0, most).map((finding) => placeLine(finding, paint, folder)),
    ...(rest > 0 ? [`            and ${rest} more`] : []),
    // What matters least takes least room.
    ...(first.severity === 'low' ? [] : [`            ${paint.dim(first.remedy)}`]),
  ]
}

function citationsOf({ citations }: Finding): string {
  if (citations.length === 0) return ''
  const rest = citations.length - mostCitations
  return `  45 CFR ${citations.slice(0, mostCitations).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function placeLine({ file, line, resource, message, when, title }: Finding, paint: Paint, folder: string | undefined): string {
  const name = folder === undefined ? file : relative(folder, file)
  const says = message === title ? '' : `  ${message}`
  return `            ${paint.cyan(`${name}:${line}`)}${resource === undefined ? '' : `  ${resource.path ?? resource.logicalId}`}${says}${when === undefined ? '' : ` ${paint.dim(`When ${when}.`)}`}`
}

function acceptances(paint: Paint, { accepted }: Subject): string {
  const inUse = accepted.filter(({ matches }) => matches > 0)
  if (inUse.length === 0) return ''
  const own = inUse.filter(({ approver }) => approver === undefined)
  const waived = inUse.filter(({ approver }) => approver !== undefined)
  return [
    'Accepted, each with an owner, a reason and an end',
    ...own.map(({ rule, kind, matches, daysLeft }) =>
      acceptanceLine(paint, rule.replace('HIPAA.Security-', ''), `${matches} × ${kind}`, daysLeft),
    ),
    ...(waived.length === 0 ? [] : [waiverLine(paint, waived)]),
  ].join('\n')
}

/** A file of waivers in one line: what it accepts, and when the first of them ends. The JSON and the page list each. */
function waiverLine(paint: Paint, waived: readonly Accepted[]): string {
  const findings = waived.reduce((sum, { matches }) => sum + matches, 0)
  return acceptanceLine(
    paint,
    `${waived.length} controls, by waivers`,
    `${findings} findings`,
    Math.min(...waived.map(({ daysLeft }) => daysLeft)),
  )
}

function acceptanceLine(paint: Paint, what: string, matches: string, daysLeft: number): string {
  const left = `${daysLeft} days left`
  return `  ${what.padEnd(30)} ${matches.padEnd(24)} ${daysLeft <= soonDays ? paint.yellow(left) : paint.dim(left)}`
}

function unjudged(paint: Paint, { unjudged: types }: Subject): string {
  const names = Object.entries(types)
  const resources = names.reduce((sum, [, count]) => sum + count, 0)
  if (names.length === 0) return ''
  const shown = names.slice(0, mostTypes).map(([type]) => type.replace('AWS::', ''))
  const rest = names.length - shown.length
  return paint.dim(
    `No control of their own judges ${resources} ${resources === 1 ? 'resource' : 'resources'} of these types: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
  )
}

const numbers = (verdict: Verdict): string =>
  counted(verdict)
    .map(([count, what]) => `  ${String(count).padStart(6)}  ${what}`)
    .join('\n')

function ending(paint: Paint, verdict: Verdict): string {
  if (verdict.verdict === 'pass') return paint.bold(paint.green('Clean: no open finding.'))
  if (verdict.verdict === 'unreadable') return paint.bold(paint.red('No verdict: an input could not be judged.'))
  return `${paint.bold(paint.red(`Not clean: ${bySeverity(verdict)}.`))} \`safe-harbor explain ID\` says why a control asks, and what to write.`
}

/** What makes a verdict fail, counted: `2 high, 5 low`. */
function bySeverity({ subjects, waivers, strict }: Verdict): string {
  const open = [...subjects.flatMap(({ findings }) => findings), ...(waivers?.findings ?? [])].filter(
    ({ status }) => status === 'fail' || (strict && status === 'undecided'),
  )
  return severities
    .map((severity) => [open.filter((finding) => finding.severity === severity).length, severity] as const)
    .filter(([count]) => count > 0)
    .map(([count, severity]) => `${count} ${severity}`)
    .join(', ')
}
