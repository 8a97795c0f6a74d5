import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { fail, type Outcome, pass, undecided } from '../control.ts'

/** Passes where a resource of a type names this one; a name that only deployment knows may be this one's. */
export function referredBy(
  resource: Resource,
  deployment: Deployment,
  type: string,
  path: string,
  accepts: (other: Resource) => boolean = () => true,
): Outcome {
  const { certain, possible } = deployment.referring(resource, type, path)
  const found = certain.find(accepts)
  if (found !== undefined) return pass(`${type} ${found.logicalId}`, found.get(path.split('.')[0] ?? path))
  const perhaps = possible.find((other) => other.type !== type || accepts(other))
  if (perhaps !== undefined) return undecided(`${perhaps.type} ${perhaps.logicalId}`, 'what it is for is known at deployment')
  return fail(type, undefined, `No ${type} in these templates names it.`)
}
