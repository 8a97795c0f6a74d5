import type { Claim } from './claim.ts'
import { expectCounts } from './resources.ts'
import { alarmClaims } from './service/alarms.ts'
import { apiClaims } from './service/api.ts'
import { clockClaims } from './service/clock.ts'
import { firewallClaims } from './service/firewall.ts'
import { functionClaims } from './service/functions.ts'
import { notificationClaims } from './service/notifications.ts'

const inventory: Claim = {
  stack: 'service',
  says: 'The service holds exactly the resources listed, and nothing else',
  check: (template, { adopted }) => {
    const own = adopted.includes('api-gateway-logging') ? 0 : 1
    expectCounts(template, {
      ...(own === 1 && { 'AWS::ApiGateway::Account': 1 }),
      'AWS::ApiGateway::Authorizer': 3,
      'AWS::ApiGateway::ClientCertificate': 1,
      'AWS::ApiGateway::Deployment': 1,
      'AWS::ApiGateway::GatewayResponse': 19,
      'AWS::ApiGateway::Method': 22,
      'AWS::ApiGateway::Model': 9,
      'AWS::ApiGateway::RequestValidator': 1,
      'AWS::ApiGateway::Resource': 23,
      'AWS::ApiGateway::RestApi': 1,
      'AWS::ApiGateway::Stage': 1,
      'AWS::CloudWatch::Alarm': 28,
      'AWS::EC2::SecurityGroup': 6,
      'AWS::IAM::ManagedPolicy': 14 + own,
      'AWS::IAM::Role': 8 + own,
      'AWS::Lambda::EventInvokeConfig': 3,
      'AWS::Lambda::EventSourceMapping': 1,
      'AWS::Lambda::Function': 6,
      'AWS::Lambda::Permission': 22,
      'AWS::Logs::LogGroup': 10,
      'AWS::Logs::MetricFilter': 16,
      'AWS::SMSVOICE::ConfigurationSet': 1,
      'AWS::SMSVOICE::ProtectConfiguration': 1,
      'AWS::SQS::Queue': 6,
      'AWS::SQS::QueuePolicy': 6,
      'AWS::Scheduler::Schedule': 3,
      'AWS::Scheduler::ScheduleGroup': 1,
      'AWS::WAFv2::IPSet': 2,
      'AWS::WAFv2::LoggingConfiguration': 1,
      'AWS::WAFv2::WebACL': 1,
      'AWS::WAFv2::WebACLAssociation': 1,
    })
  },
}

/** The on-call line: promise 1, no way in but the front door; promise 3, stolen function credentials read nobody. */
export const serviceClaims: readonly Claim[] = [
  inventory,
  ...functionClaims,
  ...apiClaims,
  ...firewallClaims,
  ...notificationClaims,
  ...clockClaims,
  ...alarmClaims,
]
