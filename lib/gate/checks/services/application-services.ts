import { joinControls } from '../across-types.ts'
import type { ResourceControl } from '../control.ts'
import { apiGatewayAccessControls } from './api-gateway-access.ts'
import { apiGatewayMethodControls } from './api-gateway-method.ts'
import { apiGatewayStageControls } from './api-gateway-stage.ts'
import { apiGatewayUsageControls } from './api-gateway-usage.ts'
import { apiGatewayV2Controls } from './api-gateway-v2.ts'
import { applicationJoins } from './application-joins.ts'
import { appSyncControls } from './appsync.ts'
import { cognitoClientControls } from './cognito-clients.ts'
import { cognitoUserPoolControls } from './cognito-user-pool.ts'
import { eventBridgeControls } from './eventbridge.ts'
import { iotControls } from './iot.ts'
import { lambdaFunctionControls } from './lambda-function.ts'
import { lambdaPermissionControls } from './lambda-permission.ts'
import { mailAndTextControls } from './mail-and-text.ts'
import { snsControls } from './sns.ts'
import { sqsControls } from './sqs.ts'
import { stepFunctionsControls } from './step-functions.ts'
import { webHostingControls } from './web-hosting.ts'

/** Controls on functions, APIs, sign-in, messages and events. */
export const applicationControls: readonly ResourceControl[] = joinControls(
  [
    ...lambdaFunctionControls,
    ...lambdaPermissionControls,
    ...apiGatewayStageControls,
    ...apiGatewayMethodControls,
    ...apiGatewayAccessControls,
    ...apiGatewayUsageControls,
    ...apiGatewayV2Controls,
    ...appSyncControls,
    ...cognitoUserPoolControls,
    ...cognitoClientControls,
    ...snsControls,
    ...sqsControls,
    ...eventBridgeControls,
    ...stepFunctionsControls,
    ...mailAndTextControls,
    ...iotControls,
    ...webHostingControls,
  ],
  applicationJoins,
)
