import type { Claim } from './claim.ts'
import { leastFunctionClaims } from './least-function-claims.ts'
import { firewallClaims } from './people/firewall-claims.ts'
import { sessionClaims } from './people/session-claims.ts'
import { signInClaims } from './people/sign-in-claims.ts'
import { expectCounts } from './resources.ts'

const resources = {
  'AWS::Cognito::UserPool': 3,
  'AWS::Cognito::UserPoolRiskConfigurationAttachment': 3,
  'AWS::Cognito::UserPoolClient': 3,
  'AWS::Cognito::UserPoolResourceServer': 1,
  'AWS::Cognito::UserPoolDomain': 1,
  'AWS::Cognito::LogDeliveryConfiguration': 2,
  'AWS::IAM::OIDCProvider': 2,
  'AWS::IAM::Role': 3,
  'AWS::IAM::ManagedPolicy': 5,
  'AWS::Lambda::Function': 1,
  'AWS::Lambda::Permission': 2,
  'AWS::EC2::SecurityGroup': 1,
  'AWS::SQS::Queue': 1,
  'AWS::SQS::QueuePolicy': 1,
  'AWS::Logs::LogGroup': 3,
  'AWS::Logs::MetricFilter': 1,
  'AWS::CloudWatch::Alarm': 4,
  'AWS::WAFv2::WebACL': 1,
  'AWS::WAFv2::WebACLAssociation': 3,
  'AWS::WAFv2::LoggingConfiguration': 1,
}

const own: readonly Omit<Claim, 'stack'>[] = [
  { says: 'holds exactly these resources', check: (template) => expectCounts(template, resources) },
  ...signInClaims,
  ...sessionClaims,
  ...firewallClaims,
]

/** What the stack `people` must say. */
export const peopleClaims: readonly Claim[] = [
  ...own.map((claim) => ({ ...claim, stack: 'people' })),
  ...leastFunctionClaims({
    stack: 'people',
    what: 'token',
    qualifier: 'shfound',
    description: 'puts practice, person and patient of whoever signs in into their token, from what administrators wrote.',
    may: 'look nothing up: it reads what Cognito hands it',
    permissions: () => [{ Sid: 'LooksNothingUp', Effect: 'Deny', Action: ['cognito-idp:*', 'dynamodb:*', 's3:*', 'sts:*'], Resource: '*' }],
    variables: () => ({}),
    concurrency: 10,
    timeout: 5,
    undelivered: () => [],
  }),
]
