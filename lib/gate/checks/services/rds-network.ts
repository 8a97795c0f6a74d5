import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isList, type Value } from '../../template/value.ts'

const ofType = (value: Value | undefined, type: string, deployment: Deployment): Resource | undefined => {
  const resource = deployment.resourceOf(value)
  return resource?.type === type ? resource : undefined
}

const attachments = 'AWS::EC2::VPCGatewayAttachment'

/** Whether an internet gateway is attached to a VPC, or may be: also by a part of the templates that is not seen. */
const mayHaveGateway = (vpc: Resource, deployment: Deployment): boolean => {
  const { certain, possible } = deployment.referring(vpc, attachments, 'VpcId')
  return [...certain, ...possible].some((other) => other.type !== attachments || other.get('InternetGatewayId') !== undefined)
}

/**
 * Whether all subnets of a database's group stand in VPCs of the deployment that have no internet gateway: a database that does not say whether it is public
 * is then private ("CreateDBInstance", Amazon RDS API Reference).
 */
export function isOffInternet(database: Resource, deployment: Deployment): boolean {
  const group = ofType(database.get('DBSubnetGroupName'), 'AWS::RDS::DBSubnetGroup', deployment)
  const subnets = group?.get('SubnetIds')
  if (!isList(subnets) || subnets.length === 0) return false
  return subnets.every((one) => {
    const vpc = ofType(ofType(one, 'AWS::EC2::Subnet', deployment)?.get('VpcId'), 'AWS::EC2::VPC', deployment)
    return vpc !== undefined && !mayHaveGateway(vpc, deployment)
  })
}
