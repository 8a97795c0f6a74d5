import { createHash } from 'node:crypto'
import { CfnDeployment, CfnRestApi, type CfnStage } from 'aws-cdk-lib/aws-apigateway'
import { Construct } from 'constructs'
import { requestModels } from '../../../../lambda/service/api/json-schemas.ts'
import { type Route, routes } from '../../../../lambda/service/api/routes.ts'
import { nameOf } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import { EncryptedLogGroup } from '../../constructs/encrypted-log-group.ts'
import type { LeastFunction } from '../../constructs/least-function.ts'
import { gatewayLogRole } from './log-role.ts'
import { Methods, type Pools } from './methods.ts'
import { gatewayRefusals, refusalsOf } from './refusals.ts'
import { stageOf } from './stage.ts'

/** What the API needs. */
export interface ApiProps {
  readonly config: EnvironmentConfig
  readonly pools: Pools
  readonly functions: Readonly<Record<Route['function'], LeastFunction>>
  readonly auditKeyArn: string
}

/** The front door: a regional REST API with TLS 1.2 and forward secrecy at least, whose every method asks for a token. */
export class Api extends Construct {
  readonly name: string
  readonly stageName: string
  readonly stageArn: string
  readonly stage: CfnStage

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id)
    const { config } = props
    this.name = nameOf(config, 'on-call')
    // The gateway names its log of errors after it, and the audit key knows the log groups of this environment by their names.
    this.stageName = config.name
    const api = this.restApi()
    const methods = new Methods(this, 'Methods', { ...props, api, stageName: this.stageName })
    const deployment = this.deployment(config, api, [...methods.all, ...refusalsOf(new Construct(this, 'Refusals'), api)])
    const accesses = new EncryptedLogGroup(this, 'Accesses', {
      config,
      what: 'api-access',
      auditKeyArn: props.auditKeyArn,
      dataClass: 'audit-trail',
    })
    this.stage = stageOf(this, {
      config,
      apiId: api.ref,
      deploymentId: deployment.ref,
      stageName: this.stageName,
      accessLogGroupName: accesses.logGroupName,
    })
    const errors = new EncryptedLogGroup(this, 'Errors', {
      config,
      what: 'api-errors',
      auditKeyArn: props.auditKeyArn,
      prescribedName: `API-Gateway-Execution-Logs_${api.ref}/${this.stageName}`,
    })
    for (const needed of [accesses.resource, errors.resource, ...this.logRole(config)]) this.stage.addResourceDependency(needed)
    this.stageArn = `arn:aws:apigateway:${config.regions.primary}::/restapis/${api.ref}/stages/${this.stageName}`
  }

  private restApi(): CfnRestApi {
    return new CfnRestApi(this, 'Api', {
      name: this.name,
      description: 'The on-call line: intake, providers and patients.',
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'dualstack' },
      // TLS 1.2 at least, forward secrecy, and a key exchange that later computers do not undo; a request must ask for the name it was sent to (API Gateway
      // Developer Guide, "Security policies for REST APIs").
      securityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      endpointAccessMode: 'STRICT',
    })
  }

  // A deployment is a picture of the API as it was then: another API needs another one, and so another id.
  private deployment(config: EnvironmentConfig, api: CfnRestApi, parts: readonly { readonly node: Construct['node'] }[]): CfnDeployment {
    const methods = Object.entries(routes as Readonly<Record<string, Route>>).map(([id, { query, body: _, ...route }]) => ({
      id,
      ...route,
      query: Object.keys(query ?? {}),
    }))
    const shown = JSON.stringify([config.name, methods, requestModels, gatewayRefusals])
    const deployment = new CfnDeployment(this, `Deployment${createHash('sha256').update(shown).digest('hex').slice(0, 12)}`, {
      restApiId: api.ref,
      description: 'The API as the routes say.',
    })
    for (const part of parts) deployment.node.addDependency(part as Construct)
    return deployment
  }

  private logRole(config: EnvironmentConfig) {
    return config.adopted.includes('api-gateway-logging') ? [] : [gatewayLogRole(this, config)]
  }
}
