import { type Exposure, exposureOf, isOpenToInternet, type Probe } from '../../network/exposure.ts'
import { isEveryPort } from '../../network/ports.ts'
import { addedRules, type Direction, rulesOf, type SecurityRule } from '../../network/security-rule.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { plain, Unknown, type Value } from '../../template/value.ts'
import { indexByValue } from '../../template/value-index.ts'
import { fail, type Outcome, pass, undecided } from '../control.ts'

/** Property of a security group that lists its rules. */
export const listProperty = { ingress: 'SecurityGroupIngress', egress: 'SecurityGroupEgress' } as const

/**
 * Rules that are judged with a resource: its own, and those which other resources add to the same group. What another resource opens by
 * itself is left out, since that one fails for it. A rule whose group the template makes is judged alone: the group answers for what
 * several open together.
 */
export const rulesAround = (resource: Resource, direction: Direction, deployment: Deployment): readonly SecurityRule[] =>
  deployment.cases.kept(known[direction], resource, () => findRules(resource, direction, deployment))

const known = { ingress: new WeakMap<Resource, readonly SecurityRule[]>(), egress: new WeakMap<Resource, readonly SecurityRule[]>() }

function findRules(resource: Resource, direction: Direction, deployment: Deployment): readonly SecurityRule[] {
  const own = rulesOf(resource, direction, deployment)
  const others =
    resource.type === 'AWS::EC2::SecurityGroup' ? addedRules(resource, direction, deployment) : siblings(resource, direction, deployment)
  return [...own, ...others.filter((rule) => !isOpenToInternet(rule) && rule.peer.unknown === undefined)]
}

const keyOfGroup = (group: Value | undefined): string => JSON.stringify(plain(group)) ?? ''

const byGroup = indexByValue('GroupId', keyOfGroup)

/** Other rules of a group that the template does not make. */
function siblings(resource: Resource, direction: Direction, deployment: Deployment): readonly SecurityRule[] {
  const group = resource.get('GroupId')
  if (group === undefined || deployment.resourceOf(group)?.type === 'AWS::EC2::SecurityGroup') return []
  const name = keyOfGroup(group)
  const mayBeOfGroup = byGroup(deployment, resource.type, name)
  return deployment
    .ofType(resource.type)
    .filter((other) => mayBeOfGroup(other) && other !== resource && keyOfGroup(other.get('GroupId')) === name)
    .flatMap((other) => rulesOf(other, direction, deployment))
}

/** Outcomes of trying ports: one for each rule that opens them by itself, or one for those that do so together. */
function outcomesOf(resource: Resource, direction: Direction, exposure: Exposure): readonly Outcome[] {
  const whole = resource.type === 'AWS::EC2::SecurityGroup' ? listProperty[direction] : 'CidrIp'
  if (exposure.status === 'closed') return [pass(whole, resource.get(whole))]
  if (exposure.status === 'unknown') return [undecided(exposure.rule.peerPath, exposure.reason, exposure.rule.peerValue)]
  const { rules, probe } = exposure
  const [one, many] = direction === 'ingress' ? ['lets in', 'let in'] : ['lets out to', 'let out to']
  if (rules.every(isOpenToInternet))
    return rules.map((rule) => fail(rule.peerPath, rule.peerValue, `The rule ${one} the whole internet on ${reachOf(rule, probe)}.`))
  const together = rules.map(({ peerValue }) => peerValue ?? null)
  return [fail(whole, together, `Its ranges together ${many} the whole internet on ${named(probe)}.`)]
}

/** What a rule opens besides the port that was tried. */
function reachOf({ transport, span }: SecurityRule, probe: Probe): string {
  if (transport === 'any') return 'every port of every protocol'
  const ported = probe.transport === 'tcp' || probe.transport === 'udp'
  return ported && !(span instanceof Unknown) && isEveryPort(span) ? `every ${probe.transport.toUpperCase()} port` : named(probe)
}

const named = ({ transport, port }: Probe): string =>
  transport === 'tcp' || transport === 'udp' ? `${transport.toUpperCase()} port ${port}` : transport === 'icmp' ? 'ICMP' : 'other protocols'

/** Judges whether the rules around a resource open ports to the internet. */
export const judgePorts = (
  resource: Resource,
  direction: Direction,
  rules: readonly SecurityRule[],
  probes: readonly Probe[],
): readonly Outcome[] => outcomesOf(resource, direction, exposureOf(rules, probes))
