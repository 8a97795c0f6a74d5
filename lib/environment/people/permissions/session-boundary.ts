import type { Permission } from '../../constructs/least-policy.ts'

/** Endpoints of the network that a session's requests come through. */
export interface SessionEndpoints {
  readonly dynamodb: string
  readonly kms: string
}

/**
 * The most a session of a signed-in person may ever do: items of tables and two keys, from inside the network, with a practice to its name. What DynamoDB asks of
 * a key for the session comes from DynamoDB and not through an endpoint.
 */
export const sessionBoundaryPermissions = ({ dynamodb, kms }: SessionEndpoints): readonly Permission[] => [
  {
    sid: 'AtMostWhatSessionsAreFor',
    actions: [
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'kms:Decrypt',
      'kms:Encrypt',
      'kms:GenerateDataKey',
    ],
    resources: [{ matching: '*', because: 'A boundary grants nothing: which resource is meant stands in the policy of each role.' }],
  },
  {
    sid: 'NothingFromOutsideTheNetwork',
    effect: 'Deny',
    actions: ['dynamodb:*', 'kms:*'],
    resources: ['*'],
    conditions: { StringNotEquals: { 'aws:SourceVpce': [dynamodb, kms] }, BoolIfExists: { 'aws:ViaAWSService': 'false' } },
  },
  {
    sid: 'NothingWithoutAPractice',
    effect: 'Deny',
    actions: ['dynamodb:*', 'kms:*'],
    resources: ['*'],
    conditions: { Null: { 'aws:PrincipalTag/practice': 'true' } },
  },
]
