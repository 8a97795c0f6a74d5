import { isInternet } from '../../network/internet.ts'
import { peerOfRange } from '../../network/peer.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Place, Resource } from '../../template/resource.ts'
import { plain, Reference, Unknown, type Value } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'

type Answer = boolean | Unknown

/** Whether a route leads to an internet gateway. */
function toInternetGateway(resource: Resource, deployment: Deployment): Answer {
  const gateway = resource.get('GatewayId')
  if (gateway === undefined) return false
  if (gateway instanceof Unknown) return true
  if (gateway instanceof Reference) return isGatewayReference(gateway, deployment)
  return !String(gateway).startsWith('vgw-')
}

/** A `GatewayId` is an internet gateway or a virtual private gateway ("AWS::EC2::Route"), so what is not known to be the second counts as the first. */
function isGatewayReference(gateway: Reference, deployment: Deployment): boolean {
  const type = deployment.resourceOf(gateway)?.type
  return type === 'AWS::EC2::VPCGatewayAttachment'
    ? gateway.attribute === 'InternetGatewayId'
    : type !== 'AWS::EC2::VPNGateway' && type !== 'AWS::EC2::CarrierGateway'
}

/** Whether a route leads from everywhere to an internet gateway: what stands in the subnets of its table is on the internet. */
export const leadsToInternet = (route: Resource, deployment: Deployment): boolean =>
  toInternetGateway(route, deployment) === true && isInternet(rangesOf(route, deployment).ranges)

const toPeering = (resource: Resource): Answer => resource.get('VpcPeeringConnectionId') !== undefined

const destination = (resource: Resource): Place | undefined =>
  ['DestinationCidrBlock', 'DestinationIpv6CidrBlock'].flatMap((path) => resource.at(path)).find(({ value }) => value !== undefined)

const rangesOf = (resource: Resource, deployment: Deployment) => peerOfRange(destination(resource)?.value, deployment)

/** Judges a route by itself, and together with the routes of the same table that take the same way. */
function judgeRoute(resource: Resource, deployment: Deployment, leads: (route: Resource, deployment: Deployment) => Answer): Outcome {
  const place = destination(resource) ?? { path: 'DestinationCidrBlock', value: undefined }
  const way = leads(resource, deployment)
  const { ranges, unknown } = rangesOf(resource, deployment)
  if (way === false) return pass(place.path, place.value)
  if (isInternet(ranges)) return way === true ? fail(place.path, place.value) : undecided('GatewayId', way.reason)
  if (unknown !== undefined) return undecided(place.path, unknown.reason)
  const alike = sameTable(resource, deployment).filter((route) => leads(route, deployment) === true)
  const joined = [...ranges, ...alike.flatMap((route) => rangesOf(route, deployment).ranges)]
  const alone = alike.some((route) => isInternet(rangesOf(route, deployment).ranges))
  if (way === true && !alone && isInternet(joined))
    return fail(place.path, place.value, 'With the other routes of its table it covers the whole internet.')
  return pass(place.path, place.value)
}

function sameTable(resource: Resource, deployment: Deployment): readonly Resource[] {
  const table = keyOf(resource.get('RouteTableId'))
  return deployment.ofType('AWS::EC2::Route').filter((route) => route !== resource && keyOf(route.get('RouteTableId')) === table)
}

const keyOf = (value: Value | undefined): string => JSON.stringify(plain(value) ?? null)

const route = (properties: Readonly<Record<string, unknown>>): ResourceControl['passing'] => ({
  Route: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: 'rtb-1a2b3c4d', ...properties } },
})

/** Controls on routes. */
export const vpcRouteControls: readonly ResourceControl[] = [
  {
    id: 'vpc-route-to-internet-gateway',
    title: 'No route leads from everywhere to an internet gateway',
    topic: 'network-exposure',
    severity: 'medium',
    citations: ['164.312(e)(1)'],
    why: 'A subnet with such a route is public: what has a public address there is reached from anywhere, and reaches anywhere.',
    remedy: 'Route to a NAT gateway or a VPC endpoint, or name the narrow range in DestinationCidrBlock that needs the internet gateway.',
    types: ['AWS::EC2::Route'],
    judge: (resource, deployment) => judgeRoute(resource, deployment, toInternetGateway),
    passing: route({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-0123456789abcdef0' }),
    failing: route({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1a2b3c4d' }),
  },
  {
    id: 'vpc-route-to-peering-narrow',
    title: 'Routes to a peered VPC name its range, not everything',
    topic: 'network-exposure',
    severity: 'medium',
    citations: ['164.312(e)(1)'],
    why: 'All traffic that has no other way goes to the other network, where somebody else can read and answer it.',
    remedy: 'Name the range of the peered VPC, or of the subnet that is needed, in DestinationCidrBlock.',
    types: ['AWS::EC2::Route'],
    judge: (resource, deployment) => (toPeering(resource) === true ? judgeRoute(resource, deployment, toPeering) : undefined),
    passing: route({ DestinationCidrBlock: '10.30.0.0/16', VpcPeeringConnectionId: 'pcx-1a2b3c4d' }),
    failing: route({ DestinationCidrBlock: '0.0.0.0/0', VpcPeeringConnectionId: 'pcx-1a2b3c4d' }),
  },
]
