import { CfnAuthorizer, CfnMethod, CfnModel, CfnRequestValidator, type CfnRestApi } from 'aws-cdk-lib/aws-apigateway'
import { CfnPermission } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { requestModels } from '../../../../lambda/service/api/json-schemas.ts'
import { type Caller, pathParameters, type Route, type RouteId, routes } from '../../../../lambda/service/api/routes.ts'
import { lineScope } from '../../../../lambda/service/intake/env.ts'
import { nameOf } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { LeastFunction } from '../../constructs/least-function.ts'
import { Resources } from './resources.ts'

/** ARNs of the user pools that tokens come from. */
export type Pools = Readonly<Record<'providers' | 'patients' | 'line', string>>

/** What the methods need. */
export interface MethodsProps {
  readonly config: EnvironmentConfig
  readonly api: CfnRestApi
  readonly pools: Pools
  readonly functions: Readonly<Record<Route['function'], LeastFunction>>
  /** Name of the stage that may invoke the functions. */
  readonly stageName: string
}

/** Milliseconds that a caller waits; the functions stop before. */
const patience = 20_000

/** Every method of the API: who may call it, what it must carry, and the one function that answers it. */
export class Methods extends Construct {
  /** Everything that a deployment has to wait for. */
  readonly all: readonly CfnMethod[]

  constructor(scope: Construct, id: string, props: MethodsProps) {
    super(scope, id)
    const resources = new Resources(this, 'Paths', props.api)
    const authorizers = authorizersOf(this, props)
    const validator = new CfnRequestValidator(this, 'Validator', {
      restApiId: props.api.ref,
      name: 'body-and-parameters',
      validateRequestBody: true,
      validateRequestParameters: true,
    })
    this.all = (Object.entries(routes) as [RouteId, Route][]).map(([routeId, route]) => {
      invocable(this, routeId, route, props)
      return new CfnMethod(this, routeId, {
        restApiId: props.api.ref,
        resourceId: resources.idOf(route.path),
        httpMethod: route.method,
        operationName: routeId,
        authorizationType: 'COGNITO_USER_POOLS',
        authorizerId: authorizers[route.caller].ref,
        // Without scopes API Gateway takes an identity token; with them, an access token that has one of them.
        ...(route.caller === 'line' && { authorizationScopes: [lineScope] }),
        apiKeyRequired: false,
        requestValidatorId: validator.ref,
        requestParameters: parametersOf(route),
        ...modelOf(this, routeId, props.api),
        integration: {
          type: 'AWS_PROXY',
          integrationHttpMethod: 'POST',
          uri: `arn:aws:apigateway:${props.config.regions.primary}:lambda:path/2015-03-31/functions/${props.functions[route.function].function.functionArn}/invocations`,
          passthroughBehavior: 'NEVER',
          timeoutInMillis: patience,
        },
      })
    })
  }
}

function authorizersOf(scope: Construct, { config, api, pools }: MethodsProps): Record<Caller, CfnAuthorizer> {
  const authorizer = (who: Caller, poolArn: string) =>
    new CfnAuthorizer(scope, `${who}-authorizer`, {
      restApiId: api.ref,
      name: nameOf(config, who),
      type: 'COGNITO_USER_POOLS',
      identitySource: 'method.request.header.Authorization',
      providerArns: [poolArn],
      // A token is judged every time it comes.
      authorizerResultTtlInSeconds: 0,
    })
  return {
    line: authorizer('line', pools.line),
    patient: authorizer('patient', pools.patients),
    provider: authorizer('provider', pools.providers),
  }
}

function parametersOf(route: Route): Record<string, boolean> {
  const required = [
    ...pathParameters(route).map((name) => `path.${name}`),
    ...Object.keys(route.query ?? {}).map((name) => `querystring.${name}`),
    ...(route.writes ? ['header.Idempotency-Key'] : []),
  ]
  return Object.fromEntries(required.map((parameter) => [`method.request.${parameter}`, true]))
}

function modelOf(scope: Construct, routeId: RouteId, api: CfnRestApi): { requestModels?: Record<string, string> } {
  const schema = requestModels[routeId]
  if (schema === undefined) return {}
  const model = new CfnModel(scope, `${routeId}-body`, {
    restApiId: api.ref,
    name: routeId,
    contentType: 'application/json',
    description: `Body of ${routeId}.`,
    schema,
  })
  return { requestModels: { 'application/json': model.ref } }
}

// This API, this stage, this method and this path may invoke the function, and nothing else may; the ARN names the account.
const invocable = (scope: Construct, routeId: RouteId, route: Route, { config, api, functions, stageName }: MethodsProps): CfnPermission =>
  new CfnPermission(scope, `${routeId}-permission`, {
    functionName: functions[route.function].function.functionArn,
    action: 'lambda:InvokeFunction',
    principal: 'apigateway.amazonaws.com',
    sourceArn: `arn:aws:execute-api:${config.regions.primary}:${config.accounts.workload}:${api.ref}/${stageName}/${route.method}${route.path.replaceAll(/\{[a-z]+\}/g, '*')}`,
  })
