import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isTrue, Unknown } from '../../template/value.ts'
import { type ExampleResources, fail, pass, type ResourceControl, undecided } from '../control.ts'
import { methodSettingControl, notOn, on, positive, present, settingsPath, stageControl, stageTypes, word } from './api-gateway-settings.ts'
import { atRest, audit, hygiene, inTransit, monitoring } from './safeguards.ts'

const properties = { RestApiId: 'a1b2c3d4e5', DeploymentId: 'abc123', StageName: 'prod' }
const example = (more: Readonly<Record<string, unknown>> = {}): ExampleResources => ({
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { ...properties, ...more } },
})
const forAll = (settings: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) =>
  example({ ...more, MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ...settings }] })
const cache = { CacheClusterEnabled: true, CacheClusterSize: '0.5' }
/** Whether answers are kept: the stage has a cache, or a method asks for it. */
const hasCache = (resource: Resource, prefix: string): boolean =>
  isTrue(resource.get(`${prefix}CacheClusterEnabled`)) ||
  resource.at(`${prefix}MethodSettings.*.CachingEnabled`).some(({ value }) => isTrue(value))
const logArn = 'arn:aws:logs:us-east-1:111122223333:log-group:api-access'

const associationTypes = ['AWS::WAFv2::WebACLAssociation', 'AWS::WAFRegional::WebACLAssociation']

const known = new WeakMap<Deployment, readonly Resource[]>()

/** Associations of web ACLs, in the order of the templates. */
function associationsOf(deployment: Deployment): readonly Resource[] {
  const associations = known.get(deployment) ?? [...deployment.all].filter(({ type }) => associationTypes.includes(type))
  known.set(deployment, associations)
  return associations
}

const firewall: ResourceControl = {
  ...hygiene,
  severity: 'medium',
  topic: 'network-exposure',
  citations: ['164.308(a)(1)(ii)(B)', '164.312(e)(1)'],
  id: 'apigateway-stage-waf',
  title: 'Stages of REST APIs stand behind a web ACL',
  why: 'Without a firewall every probe for known holes, and every flood, reaches the code of the API.',
  remedy: 'Name the stage in the ResourceArn of an AWS::WAFv2::WebACLAssociation.',
  types: stageTypes,
  judge: (resource, deployment) => {
    if (settingsPath(resource) === undefined) return undefined
    const associations = associationsOf(deployment)
    const found = associations.find((association) => isAbout(association, resource, deployment) && deployment.makes(association))
    if (found !== undefined) return pass('web ACL', found.logicalId)
    const open = associations.find((association) => association.get('ResourceArn') instanceof Unknown && deployment.makes(association))
    return open === undefined ? fail('web ACL', undefined) : undecided('web ACL', `${open.logicalId} may be about this stage`)
  },
  passing: {
    ...example(),
    Acl: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: {
        ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/a1b2c3d4e5/stages/${Stage}' },
        WebACLArn: 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/acl/1234abcd-12ab-34cd-56ef-1234567890ab',
      },
    },
  },
  failing: example(),
}

/** The ARN of a stage ends with its name, and names its API. */
function isAbout(association: Resource, stage: Resource, deployment: Deployment): boolean {
  const arn = association.get('ResourceArn')
  if (deployment.names(arn, stage)) return true
  const [name, api] = [stage.get('StageName'), deployment.resourceOf(stage.get('RestApiId'))]
  if (typeof arn !== 'string' || typeof name !== 'string' || !arn.endsWith(`/stages/${name}`)) return false
  return api === undefined ? arn.includes(`/restapis/${String(stage.get('RestApiId'))}/`) : deployment.names(arn, api)
}

/** Controls on stages of REST APIs. */
export const apiGatewayStageControls: readonly ResourceControl[] = [
  stageControl(
    {
      ...audit,
      id: 'apigateway-stage-access-logging',
      title: 'Stages of REST APIs log every request',
      why: 'Without an access log nobody can tell who asked for which record, neither in an audit nor after a breach.',
      remedy: 'Set AccessLogSetting with a DestinationArn and a Format.',
      passing: example({ AccessLogSetting: { DestinationArn: logArn, Format: '{"requestId":"$context.requestId"}' } }),
      failing: example(),
    },
    'AccessLogSetting.DestinationArn',
    present,
  ),
  methodSettingControl(
    {
      ...monitoring,
      id: 'apigateway-stage-execution-logging',
      title: 'Stages of REST APIs log how requests are carried out',
      why: 'Errors of authorizers and integrations stand in the execution log only; without it, attempts to get in leave no trace of why they failed.',
      remedy: 'Set LoggingLevel to ERROR or INFO in MethodSettings for all methods (HttpMethod * and ResourcePath /*).',
      passing: forAll({ LoggingLevel: 'ERROR' }),
      failing: forAll({ LoggingLevel: 'OFF' }),
    },
    'LoggingLevel',
    word('ERROR', 'INFO'),
  ),
  methodSettingControl(
    {
      ...audit,
      citations: ['164.312(a)(1)', '164.502(b)'],
      id: 'apigateway-stage-data-trace-off',
      title: 'Stages of REST APIs keep the contents of requests out of the log',
      why: 'Data tracing writes full requests and answers to CloudWatch Logs: patient data then lies where developers and operators read it.',
      remedy: 'Set DataTraceEnabled to false in MethodSettings, or leave it out.',
      passing: forAll({ LoggingLevel: 'ERROR', DataTraceEnabled: false }),
      failing: forAll({ LoggingLevel: 'INFO', DataTraceEnabled: true }),
    },
    'DataTraceEnabled',
    notOn,
  ),
  methodSettingControl(
    {
      ...monitoring,
      severity: 'low',
      id: 'apigateway-stage-metrics',
      title: 'Stages of REST APIs give metrics of each method',
      why: 'Without metrics by method a rise of errors or of calls of one method, as an attack makes it, is lost in the sum of all.',
      remedy: 'Set MetricsEnabled to true in MethodSettings for all methods.',
      passing: forAll({ MetricsEnabled: true }),
      failing: example(),
    },
    'MetricsEnabled',
    on,
  ),
  stageControl(
    {
      ...hygiene,
      id: 'apigateway-stage-cache-cluster',
      title: 'Stages of REST APIs have a cache',
      why: 'A cache keeps a flood of equal requests away from the systems behind the API. HIPAA conformance packs of AWS ask for it together with its encryption.',
      remedy: 'Set CacheClusterEnabled to true, CacheClusterSize, and CacheDataEncrypted in MethodSettings.',
      passing: example(cache),
      failing: example(),
    },
    'CacheClusterEnabled',
    on,
  ),
  methodSettingControl(
    {
      ...atRest,
      severity: 'low',
      id: 'apigateway-stage-methods-cached',
      title: 'Methods of REST APIs use the cache of their stage',
      why: 'The conformance pack of AWS for HIPAA asks that answers of all methods are kept in the cache, and that it is encrypted: a method outside of it is not what was reviewed.',
      remedy: 'Set CachingEnabled to true in MethodSettings for all methods, or accept that the API keeps no answers.',
      passing: forAll({ CachingEnabled: true, CacheDataEncrypted: true }, cache),
      failing: example(),
    },
    'CachingEnabled',
    on,
  ),
  methodSettingControl(
    {
      ...atRest,
      id: 'apigateway-stage-cache-encrypted',
      title: 'Caches of REST APIs are encrypted',
      why: 'The cache holds whole answers, and with them patient data, on disks that are not encrypted unless the stage says so.',
      remedy: 'Set CacheDataEncrypted to true in MethodSettings for all methods.',
      passing: forAll({ CachingEnabled: true, CacheDataEncrypted: true }, cache),
      failing: forAll({ CachingEnabled: true }, cache),
    },
    'CacheDataEncrypted',
    on,
    hasCache,
  ),
  stageControl(
    {
      ...monitoring,
      severity: 'low',
      id: 'apigateway-stage-tracing',
      title: 'Stages of REST APIs are traced with X-Ray',
      why: 'Without traces nobody can follow a request from the API to the services behind it.',
      remedy: 'Set TracingEnabled to true.',
      passing: example({ TracingEnabled: true }),
      failing: example(),
    },
    'TracingEnabled',
    on,
  ),
  stageControl(
    {
      ...inTransit,
      topic: 'authn-authz',
      severity: 'low',
      id: 'apigateway-stage-client-certificate',
      title: 'Stages of REST APIs show a client certificate to what stands behind them',
      why: 'Without a certificate the backend cannot tell the API from anybody else who finds its address and goes around the authorizers.',
      remedy: 'Set ClientCertificateId to an AWS::ApiGateway::ClientCertificate.',
      passing: { Certificate: { Type: 'AWS::ApiGateway::ClientCertificate' }, ...example({ ClientCertificateId: { Ref: 'Certificate' } }) },
      failing: example(),
    },
    'ClientCertificateId',
    present,
  ),
  methodSettingControl(
    {
      ...hygiene,
      id: 'apigateway-stage-throttling',
      title: 'Stages of REST APIs limit the rate of requests',
      why: 'Without a limit of its own the stage may use up the rate of the whole account, and a guess of passwords runs as fast as the network.',
      remedy: 'Set ThrottlingRateLimit in MethodSettings for all methods.',
      passing: forAll({ ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 }),
      failing: example(),
    },
    'ThrottlingRateLimit',
    positive,
  ),
  firewall,
]
