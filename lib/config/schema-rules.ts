import type { z } from 'zod'
import { isPrivate, overlaps, parseCidr } from './cidr.ts'
import { sixYearsInDays } from './retention.ts'
import type { EnvironmentConfig } from './schema.ts'

type Context = z.core.$RefinementCtx<EnvironmentConfig>
type Rule = (config: EnvironmentConfig, refuse: (path: readonly (string | number)[], message: string) => void) => void

const rules: readonly Rule[] = [
  namesFitBuckets,
  vpcRangeIsUsable,
  zonesBelongToRegion,
  regionsDiffer,
  productionKeepsSixYears,
  productionReachesBackBeforeTheIntruder,
  productionIsLocked,
  productionSeparatesAccounts,
  lockFitsRetention,
  pilotPracticesAreServed,
  practicesAreDistinct,
  nothingIsBreached,
  managementStandsApart,
  twoDifferentPeople,
]

/** Rules that need more than one field; each names the field to change. */
export function refineAcrossFields(config: EnvironmentConfig, context: Context): void {
  const refuse = (path: readonly (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path: [...path], message, input: valueAt(config, path) })
  for (const rule of rules) rule(config, refuse)
}

// A bucket is called `safe-harbor-<name>-<what>-<account>-<Region>`, in at most 63 characters (Amazon S3 User Guide, "General purpose bucket naming
// rules"); the longest of ours is `athena-results`.
const longestBucket = 'safe-harbor--athena-results-123456789012-'.length

function namesFitBuckets({ name, regions }: EnvironmentConfig, refuse: Parameters<Rule>[1]): void {
  const room = 63 - longestBucket - regions.primary.length
  if (name.length > room) refuse(['name'], `is too long for bucket names in ${regions.primary}. Write at most ${room} characters.`)
}

function vpcRangeIsUsable({ network }: EnvironmentConfig, refuse: Parameters<Rule>[1]): void {
  const vpc = parseCidr(network.cidr)
  if (vpc === undefined) {
    refuse(['network', 'cidr'], 'must be an IPv4 range such as 10.40.0.0/16, with no host bits set.')
    return
  }
  if (!isPrivate(vpc))
    refuse(['network', 'cidr'], 'is public address space. Choose a range of RFC 1918: 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.')
  if (vpc.prefix < 16 || vpc.prefix > 20)
    refuse(['network', 'cidr'], 'must be a /16 to /20: a VPC is at most /16, and the subnets need room.')
  for (const [index, text] of network.reservedCidrs.entries()) {
    const reserved = parseCidr(text)
    if (reserved === undefined)
      refuse(['network', 'reservedCidrs', index], 'must be an IPv4 range such as 10.0.0.0/16, with no host bits set.')
    else if (overlaps(vpc, reserved))
      refuse(['network', 'cidr'], `overlaps the reserved range ${text}. Choose a range that no other network uses.`)
  }
}

function zonesBelongToRegion({ network, regions }: EnvironmentConfig, refuse: Parameters<Rule>[1]): void {
  for (const [index, zone] of network.availabilityZones.entries()) {
    const path = ['network', 'availabilityZones', index]
    if (!zone.startsWith(regions.primary) || !/^[a-z]$/.test(zone.slice(regions.primary.length)))
      refuse(path, `must be an availability zone of ${regions.primary}, such as ${regions.primary}a.`)
    if (network.availabilityZones.indexOf(zone) !== index) refuse(path, 'is named twice. Name different zones.')
  }
}

function regionsDiffer({ regions }: EnvironmentConfig, refuse: Parameters<Rule>[1]): void {
  if (regions.recovery === regions.primary)
    refuse(['regions', 'recovery'], 'must differ from regions.primary; leave it out to have one Region.')
}

function productionKeepsSixYears({ purpose, retention, lock }: EnvironmentConfig, refuse: Parameters<Rule>[1]): void {
  if (purpose === 'trial') return
  const why = `is under six years. Write at least ${sixYearsInDays} (45 CFR 164.316(b)(2)(i)); only a trial may keep less.`
  if (retention.auditDays < sixYearsInDays) refuse(['retention', 'auditDays'], why)
  if (lock.days < sixYearsInDays) refuse(['lock', 'days'], why)
}

// In the breach this project answers, the intruder was inside for 86 days before anyone noticed; a point to restore from must be older.
const leastBackupDays = 90

function productionReachesBackBeforeTheIntruder({ purpose, retention }: EnvironmentConfig, refuse: Parameters<Rule>[1]): void {
  if (purpose === 'production' && retention.backupDays < leastBackupDays)
    refuse(
      ['retention', 'backupDays'],
      `reaches back too little: an intruder may be inside for months. Write at least ${leastBackupDays}; only a trial may keep less.`,
    )
}

function productionIsLocked({ purpose, lock }: EnvironmentConfig, refuse: Parameters<Rule>[1]): void {
  if (purpose === 'production' && lock.mode !== 'compliance')
    refuse(['lock', 'mode'], 'can be lifted by a permission. Write compliance; only a trial may use governance.')
}

function productionSeparatesAccounts({ purpose, accounts, regions }: EnvironmentConfig, refuse: Parameters<Rule>[1]): void {
  if (purpose === 'trial') return
  if (new Set(Object.values(accounts)).size < 3)
    refuse(['accounts'], 'must be three different accounts: who holds the workload must not hold its audit trail or its copies.')
  if (regions.recovery === undefined) refuse(['regions', 'recovery'], 'must name a second Region: copies survive the loss of the first.')
}

function lockFitsRetention({ lock, retention }: EnvironmentConfig, refuse: Parameters<Rule>[1]): void {
  if (lock.days > retention.auditDays)
    refuse(['lock', 'days'], `is longer than retention.auditDays (${retention.auditDays}): what is to be removed would still be locked.`)
}

function pilotPracticesAreServed({ phase, practices, pilotPractices }: EnvironmentConfig, refuse: Parameters<Rule>[1]): void {
  const served = practices.map(({ id }) => id)
  for (const [index, id] of pilotPractices.entries())
    if (!served.includes(id)) refuse(['pilotPractices', index], `is not served. Name one of practices: ${served.join(', ')}.`)
  if (phase === 'pilot' && pilotPractices.length === 0)
    refuse(['pilotPractices'], 'is empty, but the phase is pilot. Name the practices that start.')
}

function practicesAreDistinct({ practices }: EnvironmentConfig, refuse: Parameters<Rule>[1]): void {
  const ids = practices.map(({ id }) => id)
  for (const [index, id] of ids.entries())
    if (ids.indexOf(id) !== index) refuse(['practices', index, 'id'], 'is used twice. Give each practice its own id.')
}

function nothingIsBreached(config: EnvironmentConfig, refuse: Parameters<Rule>[1]): void {
  for (const [duty, id] of Object.entries(config.accounts))
    if (config.breached.accounts.includes(id)) refuse(['accounts', duty], 'is an account of the breached environment. Use a new account.')
}

// Service control policies do not bind the management account (AWS Organizations User Guide, "Service control policies").
function managementStandsApart({ accounts, breached, guardrails }: EnvironmentConfig, refuse: Parameters<Rule>[1]): void {
  if (guardrails === undefined) return
  const { managementAccount, targets } = guardrails
  if (Object.values(accounts).includes(managementAccount))
    refuse(
      ['guardrails', 'managementAccount'],
      "is an account of the environment, which guardrails would not bind. Name the organization's own.",
    )
  for (const [index, id] of [managementAccount, ...targets].entries())
    if (breached.accounts.includes(id))
      refuse(
        ['guardrails', ...(index === 0 ? ['managementAccount'] : ['targets', index - 1])],
        'is an account of the breached environment. Use a new account.',
      )
}

function twoDifferentPeople({ breakGlass }: EnvironmentConfig, refuse: Parameters<Rule>[1]): void {
  for (const [index, name] of breakGlass.entries())
    if (!/^[\w+=,.@-]{1,64}$/.test(name))
      refuse(['breakGlass', index], 'must be a name that IAM accepts: up to 64 letters, digits and +=,.@_-.')
  // IAM takes names that differ only in case for the same.
  if (breakGlass[0].toLowerCase() === breakGlass[1].toLowerCase())
    refuse(['breakGlass', 1], 'names the same person twice. Break-glass needs two different people.')
}

const valueAt = (config: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], config)
