import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { fail, type Outcome, pass, undecided } from '../control.ts'

/** Whether the members of a cluster, instances of a type that name it, could stand in more than one zone: two or more, not all pinned to one. */
export function judgeMembers(cluster: Resource, deployment: Deployment, type: string): Outcome {
  const { certain, possible } = deployment.referring(cluster, type, 'DBClusterIdentifier')
  if (certain.length > 1) return inSeveralZones(certain)
  if (possible.length > 0) return undecided('DBClusterIdentifier', 'other instances may belong to the cluster')
  if (certain.length === 0) return undecided('DBClusterIdentifier', 'its instances are not in the templates')
  return fail('DBClusterIdentifier', certain[0]?.logicalId, 'The cluster has one instance only.')
}

function inSeveralZones(members: readonly Resource[]): Outcome {
  const zones = members.map((member) => member.get('AvailabilityZone'))
  const pinned = typeof zones[0] === 'string' && zones.every((zone) => zone === zones[0])
  const names = members.map(({ logicalId }) => logicalId)
  return pinned ? fail('AvailabilityZone', zones[0], 'All instances of the cluster stand in one zone.') : pass('DBClusterIdentifier', names)
}
