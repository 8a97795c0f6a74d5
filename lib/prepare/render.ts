import type { EnvironmentConfig } from '../config/schema.ts'
import type { Judgement, PreparedCheck, Step } from './check.ts'
import type { Preparation, PreparedGroup } from './index.ts'
import type { Account } from './places.ts'
import { wrapCommand, wrapText } from './wrap.ts'

const width = 100
const margin = ' '.repeat(11)
const code = `${margin}  `

/**
 * The checks as plain text, 100 columns wide, grouped by account in the order of doing. What is so takes one line; what is not, or is not
 * known, says what was found, why it matters (once), how to look and how to mend it. Commands can be copied as they stand.
 */
export function renderPrepared(preparation: Preparation, config: EnvironmentConfig): string {
  const said = new Set<string>()
  const groups = preparation.groups.flatMap((group) => ['', ...renderGroup(group, preparation.read, config, said)])
  const title = `Safe Harbor: what must be true before ${config.name} can be trusted`
  return [title, '', ...opening(preparation), ...groups, '', ...closing(preparation, config), ''].join('\n')
}

function opening({ read, because, groups }: Preparation): string[] {
  const others = groups.some(({ account }) => account !== undefined && account.id !== read)
  const source =
    read === undefined
      ? `${because} The commands below look and mend instead; run each with credentials of the account it stands under.`
      : `Read with credentials of ${read}.${others ? ' Other accounts are read with their own: set AWS_PROFILE and run this again.' : ''}`
  return wrapText(source, '', width)
}

function closing({ groups }: Preparation, { name }: EnvironmentConfig): string[] {
  const checks = groups.flatMap((group) => group.checks)
  const count = (verdict: Judgement['verdict']) => checks.filter(({ judgement }) => judgement.verdict === verdict).length
  const counts = `${checks.length} checks: ${count('ok')} ok, ${count('mend')} to mend, ${count('unknown')} unknown.`
  // No account tells what only a person can decide: such a check stays unknown for ever, and must not keep anybody from deploying.
  const unread = checks.some(({ judgement, evidence }) => judgement.verdict === 'unknown' && evidence.from === 'account')
  if (count('mend') === 0 && !unread) return [counts, 'Next: tick off by hand what is unknown, then deploy.']
  return [counts, 'Next: go through the list from top to bottom, then run this again:', `  safe-harbor prepare ${name}`]
}

function renderGroup({ account, checks }: PreparedGroup, read: string | undefined, config: EnvironmentConfig, said: Set<string>): string[] {
  const isRead = account === undefined || (account.id !== undefined && account.id === read)
  const heading = `${headingOf(account, config)}${isRead ? '' : ', not read'}`
  return [heading, '-'.repeat(heading.length), ...checks.flatMap((check) => renderCheck(check, isRead, said))]
}

function headingOf(account: Account | undefined, { name }: EnvironmentConfig): string {
  if (account === undefined) return `Configuration ${name}`
  return account.id === undefined ? 'Management account of the organization' : `Account ${account.id} (${account.duties.join(', ')})`
}

/** @param isRead whether somebody looked; where nobody did, the heading says so and the check need not */
function renderCheck(check: PreparedCheck, isRead: boolean, said: Set<string>): string[] {
  const { verdict, because, mend = check.mend } = check.judgement
  const place = check.region === undefined ? '' : ` (${check.region})`
  const [first = '', ...rest] = wrapText(check.title + place, margin, width)
  const title = [`  ${verdict}`.padEnd(margin.length) + first.trimStart(), ...rest]
  if (verdict === 'ok') return title
  const why = said.has(check.why) ? [] : wrapText(check.why, margin, width)
  said.add(check.why)
  return [
    ...title,
    ...(isRead ? wrapText(because, margin, width) : []),
    ...why,
    ...(verdict === 'unknown' && check.look !== undefined ? [`${margin}look:`, ...wrapCommand(check.look, code, width)] : []),
    `${margin}mend:`,
    ...mend.flatMap(renderStep),
  ]
}

const renderStep = (step: Step): string[] => ('run' in step ? wrapCommand(step.run, code, width) : wrapText(step.do, code, width))
