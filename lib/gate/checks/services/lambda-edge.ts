import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { plain } from '../../template/value.ts'

const associations = ['DefaultCacheBehavior', 'CacheBehaviors.*'].map(
  (behavior) => `DistributionConfig.${behavior}.LambdaFunctionAssociations.*.LambdaFunctionARN`,
)

const standsInDistribution = (target: Resource, deployment: Deployment): boolean =>
  associations.some((path) => deployment.referring(target, 'AWS::CloudFront::Distribution', path).certain.length > 0)

const trustsEdge = (role: Resource | undefined): boolean =>
  JSON.stringify(plain(role?.get('AssumeRolePolicyDocument')) ?? '').includes('edgelambda.amazonaws.com')

/**
 * Whether a function runs at the edge: a distribution names it or a version of it, or its role trusts the service of the edge. Such a function has no VPC, no
 * dead-letter queue and no tracing ("Restrictions on Lambda@Edge", Amazon CloudFront Developer Guide).
 */
export function isEdge(lambda: Resource, deployment: Deployment): boolean {
  if (trustsEdge(deployment.resourceOf(lambda.get('Role')))) return true
  const versions = deployment.referring(lambda, 'AWS::Lambda::Version', 'FunctionName').certain
  return [lambda, ...versions].some((one) => standsInDistribution(one, deployment))
}
