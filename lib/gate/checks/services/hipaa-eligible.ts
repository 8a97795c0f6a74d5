import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { eligibilityOf, eligibleServicesDate } from '../hipaa-eligible-services.ts'
import { unlessHarmless } from '../property-control.ts'

const asOf = `AWS's list of ${eligibleServicesDate}`
const isCustom = (type: string): boolean => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource'

// A custom resource is a call of a function: the function's own resource is judged.
function outcomeOf(type: string): Outcome {
  if (isCustom(type)) return pass('Type', 'custom resource, no service of its own')
  const { state, service, limit } = eligibilityOf(type)
  if (state === 'unlisted') return undecided('Type', `${service} is not known to the table that follows ${asOf}`, type)
  if (state === 'not-eligible')
    return fail('Type', type, `${service} is not on ${asOf} of HIPAA eligible services: patient data must not be in it.`)
  const kind = state === 'no-data' ? 'keeps no data of patients' : `on ${asOf}`
  return pass('Type', [`${service}, ${kind}`, ...(limit === undefined ? [] : [limit])].join('. '))
}

const judge = (resource: Resource, deployment: Deployment): readonly Outcome[] =>
  unlessHarmless(resource, deployment, outcomesOnce(resource.type))

// A template may make up types without end.
const mostKept = 1000
const outcomes = new Map<string, readonly Outcome[]>()

function outcomesOnce(type: string): readonly Outcome[] {
  const known = outcomes.get(type)
  if (known !== undefined) return known
  const made = [outcomeOf(type)]
  if (outcomes.size < mostKept) outcomes.set(type, made)
  return made
}

/** Patient data goes only where AWS's agreement as a business associate covers it. */
export const hipaaEligibleControls: readonly ResourceControl[] = [
  {
    id: 'hipaa-eligible-service',
    title: 'Services that may hold patient data are on AWS’s list of HIPAA eligible services',
    topic: 'other',
    severity: 'high',
    citations: ['164.308(b)(1)', '164.314(a)(1)', '164.314(a)(2)(i)'],
    why: 'AWS answers as a business associate for eligible services only: patient data in any other is a disclosure without a contract, whatever its settings.',
    remedy:
      'Use an eligible service, or say in the data map that the store holds no patient data, and look at the service’s state on AWS’s page, which may be newer.',
    types: 'every',
    judge,
    passing: { Records: { Type: 'AWS::S3::Bucket', Properties: {} } },
    failing: {
      Server: { Type: 'AWS::Lightsail::Instance', Properties: { BlueprintId: 'nodejs', BundleId: 'nano_3_0', InstanceName: 'portal' } },
    },
  },
]
