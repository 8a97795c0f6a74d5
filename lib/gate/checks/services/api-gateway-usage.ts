import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { isOn } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { hygiene } from './safeguards.ts'

const stageType = 'AWS::ApiGateway::Stage'
const planType = 'AWS::ApiGateway::UsagePlan'

/** Whether a usage plan names the stage: by reference, or by its name and its API. */
function inUsagePlan(stage: Resource, deployment: Deployment): Outcome {
  const plans = deployment.ofType(planType)
  const [name, api] = [stage.get('StageName'), deployment.resourceOf(stage.get('RestApiId'))]
  for (const plan of plans)
    for (const { path, value } of plan.at('ApiStages.*.Stage')) {
      const named = deployment.names(value, stage) || (typeof value === 'string' && value === name)
      const apiPath = path.replace(/Stage$/, 'ApiId')
      if (named && (api === undefined || deployment.names(plan.get(apiPath), api))) return pass('usage plan', plan.logicalId)
    }
  const open = plans.find((plan) => plan.at('ApiStages.*.Stage').some(({ value }) => value instanceof Unknown))
  return open === undefined ? fail('usage plan', undefined) : undecided('usage plan', `${open.logicalId} may be about this stage`)
}

const stage = { Stage: { Type: stageType, Properties: { RestApiId: 'a1b2c3d4e5', DeploymentId: 'abc123', StageName: 'prod' } } }
const method = {
  RestApiId: 'a1b2c3d4e5',
  ResourceId: 'abc123',
  HttpMethod: 'GET',
  AuthorizationType: 'AWS_IAM',
  Integration: { Type: 'MOCK' },
}

/** Controls on who may use a REST API how much. */
export const apiGatewayUsageControls: readonly ResourceControl[] = [
  {
    ...hygiene,
    id: 'apigateway-stage-usage-plan',
    title: 'Stages of REST APIs are in a usage plan',
    why: 'Without a plan one client, by mistake or in malice, takes the capacity that all share.',
    remedy: 'Name the stage in ApiStages of an AWS::ApiGateway::UsagePlan.',
    types: [stageType],
    judge: inUsagePlan,
    passing: {
      ...stage,
      Plan: {
        Type: planType,
        Properties: { ApiStages: [{ ApiId: 'a1b2c3d4e5', Stage: { Ref: 'Stage' } }], Throttle: { RateLimit: 50, BurstLimit: 100 } },
      },
    },
    failing: stage,
  },
  ...propertyControls([
    {
      ...hygiene,
      topic: 'authn-authz',
      id: 'apigateway-method-api-key',
      title: 'Methods of REST APIs ask for an API key beside the signature of the caller',
      why: 'A key tells which client a request comes from, so that one that misbehaves can be slowed or shut out alone. It is no proof of identity.',
      remedy: 'Set ApiKeyRequired to true.',
      type: 'AWS::ApiGateway::Method',
      path: 'ApiKeyRequired',
      expect: isOn,
      absent: 'fails',
      when: { path: 'HttpMethod', expect: (value) => (typeof value === 'string' ? value !== 'OPTIONS' : undefined) },
      passing: { ...method, ApiKeyRequired: true },
      failing: method,
    },
  ]),
]
