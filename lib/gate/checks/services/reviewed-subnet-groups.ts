import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { privateNetwork } from './safeguards.ts'
import { leadsToInternet } from './vpc-routes.ts'

const types = [
  'AWS::RDS::DBSubnetGroup',
  'AWS::ElastiCache::SubnetGroup',
  'AWS::Neptune::DBSubnetGroup',
  'AWS::DocDB::DBSubnetGroup',
  'AWS::Redshift::ClusterSubnetGroup',
  'AWS::MemoryDB::SubnetGroup',
  'AWS::DAX::SubnetGroup',
  'AWS::DMS::ReplicationSubnetGroup',
]

/** Whether the route table of a subnet leads to an internet gateway. One without a table of its own has the main one, which does not unless somebody changes it. */
function isPublic(subnet: Resource, deployment: Deployment): boolean {
  const joins = deployment.referring(subnet, 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId').certain
  const tables = joins.flatMap((join) => deployment.resourceOf(join.get('RouteTableId')) ?? [])
  return tables.some((table) =>
    deployment.referring(table, 'AWS::EC2::Route', 'RouteTableId').certain.some((route) => leadsToInternet(route, deployment)),
  )
}

function judge(group: Resource, deployment: Deployment): readonly Outcome[] {
  const places = group.at('SubnetIds.*')
  const known = places.map((place) => ({ place, subnet: deployment.resourceOf(place.value) }))
  const open = known.filter(({ subnet }) => subnet !== undefined && isPublic(subnet, deployment))
  if (open.length > 0)
    return open.map(({ place, subnet }) =>
      fail(place.path, place.value, `The route table of ${subnet?.logicalId} leads to an internet gateway.`),
    )
  const unseen = known.find(({ subnet }) => subnet === undefined)
  return [unseen === undefined ? pass('SubnetIds', places.length) : undecided('SubnetIds', 'a subnet is not in these templates')]
}

const subnetOf = (gateway: Readonly<Record<string, unknown>>) => ({
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1a2b3c4d', CidrBlock: '10.0.1.0/24' } },
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: 'vpc-1a2b3c4d' } },
  Join: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: { Ref: 'Table' } },
  },
  Route: {
    Type: 'AWS::EC2::Route',
    Properties: { RouteTableId: { Ref: 'Table' }, DestinationCidrBlock: '0.0.0.0/0', ...gateway },
  },
  Group: {
    Type: 'AWS::RDS::DBSubnetGroup',
    Properties: { DBSubnetGroupDescription: 'Records', SubnetIds: [{ Ref: 'Subnet' }] },
  },
})

/** Controls on the subnets that data stores stand in. */
export const subnetGroupControls: readonly ResourceControl[] = [
  {
    ...privateNetwork,
    id: 'store-subnet-group-private',
    title: 'Databases and caches stand in subnets without a way to an internet gateway',
    why: 'In a subnet with a route to the internet, one public address or one wide rule is enough for strangers to reach the database.',
    remedy: 'Name subnets in SubnetIds whose route table has no route to an internet gateway.',
    types,
    judge,
    passing: subnetOf({ NatGatewayId: 'nat-0123456789abcdef0' }),
    failing: subnetOf({ GatewayId: 'igw-1a2b3c4d' }),
  },
]
