import { CfnClientCertificate, CfnStage } from 'aws-cdk-lib/aws-apigateway'
import type { Construct } from 'constructs'
import { type Route, routes } from '../../../../lambda/service/api/routes.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import { accessLogFormat } from './access-log.ts'

/** What the stage needs. */
export interface StageProps {
  readonly config: EnvironmentConfig
  readonly apiId: string
  readonly deploymentId: string
  readonly stageName: string
  /** Name of the log group of accesses. */
  readonly accessLogGroupName: string
}

/** Requests in a second that last, and that may come at once: of one method, and of the whole API. */
const throttles = { method: { rate: 20, burst: 40 }, all: { rate: 100, burst: 200 } } as const

/** The one stage of the API: logged, traced, throttled and never cached, as a cache would hold patient data. */
export function stageOf(scope: Construct, { config, apiId, deploymentId, stageName, accessLogGroupName }: StageProps): CfnStage {
  const certificate = new CfnClientCertificate(scope, 'Certificate', { description: 'Shown to backends that ask for one.' })
  return new CfnStage(scope, 'Stage', {
    restApiId: apiId,
    deploymentId,
    stageName,
    description: 'The on-call line.',
    cacheClusterEnabled: false,
    clientCertificateId: certificate.ref,
    tracingEnabled: true,
    accessLogSetting: {
      destinationArn: `arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:log-group:${accessLogGroupName}`,
      format: accessLogFormat,
    },
    methodSettings: [
      {
        ...settings,
        httpMethod: '*',
        resourcePath: '/*',
        throttlingRateLimit: throttles.all.rate,
        throttlingBurstLimit: throttles.all.burst,
      },
      ...Object.values(routes).map(({ method, path }: Route) => ({
        ...settings,
        httpMethod: method,
        // A slash and then the whole path, its own first slash too, with each slash written as ~1 (AWS CloudFormation Template Reference,
        // AWS::ApiGateway::Stage MethodSetting).
        resourcePath: `/${path.replaceAll('/', '~1')}`,
        throttlingRateLimit: throttles.method.rate,
        throttlingBurstLimit: throttles.method.burst,
      })),
    ],
  })
}

// Errors only, and never what was sent: with data trace the log would hold bodies (API Gateway Developer Guide, "Set up CloudWatch logging for REST APIs").
const settings = { loggingLevel: 'ERROR', dataTraceEnabled: false, metricsEnabled: true, cachingEnabled: false } as const
