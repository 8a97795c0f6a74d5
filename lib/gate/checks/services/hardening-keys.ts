import { coversAction, coversService } from '../../access/actions.ts'
import type { Statement } from '../../access/statement.ts'
import { type ExampleResources, fail, pass, type ResourceControl } from '../control.ts'
import { judgeStatements, policyTypes } from './hardening-policy-places.ts'
import { privilege } from './iam-safeguards.ts'
import { availability } from './safeguards.ts'

const root = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }
const allow = (Action: unknown, more: object = {}) => ({ Effect: 'Allow', Principal: root, Action, Resource: '*', ...more })
const key = (...Statement: readonly unknown[]): ExampleResources => ({
  Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true, KeyPolicy: { Version: '2012-10-17', Statement } } },
})
const administration = allow(['kms:Describe*', 'kms:Put*', 'kms:ScheduleKeyDeletion'])
const throughStores = { Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' } } }

/** Whether the account as such is meant, so that its IAM policies decide. */
const isAccount = ({ principals }: Statement): boolean =>
  principals !== undefined &&
  !principals.any &&
  principals.services.length + principals.references.length + principals.federated.length === 0 &&
  principals.aws.length > 0 &&
  principals.aws.every((who) => /:root$|^\d{12}$|^⟨AWS::AccountId⟩$/.test(who))

const actionsListed: ResourceControl = {
  ...privilege,
  severity: 'medium',
  id: 'resource-policy-lists-actions',
  title: 'Statements of resource policies that are narrowed list their actions',
  why: 'Whoever may do everything within a condition may also change the policy, and with it the condition.',
  remedy: 'List the actions that are needed, such as kms:Decrypt and kms:GenerateDataKey, in place of kms:*.',
  types: policyTypes('resource'),
  judge: judgeStatements(['resource'], (statement) => {
    const { effect, actions, conditions } = statement
    // Without a condition the default of KMS looks like that, and other controls speak of it.
    const whole =
      effect === 'Allow' && conditions.length > 0 && actions.kind === 'listed' && actions.words.some((word) => /^([\w-]+:)?\*$/.test(word))
    return whole ? 'It allows every action of the service.' : undefined
  }),
  passing: key(administration, allow(['kms:Decrypt', 'kms:GenerateDataKey*'], throughStores)),
  failing: key(administration, allow('kms:*', throughStores)),
}

const uses = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:Encrypt', 'kms:CreateGrant']
const narrowing =
  /^(kms:(viaservice|encryptioncontext.*|resourcealiases|requestalias|granteeprincipal|grantisforawsresource)|aws:(principalarn|sourcearn|sourcevpce|principaltag\/.*|userid|principalorgpaths|calledvia.*))$/

const useNarrowed: ResourceControl = {
  ...privilege,
  severity: 'low',
  id: 'kms-key-policy-use-narrowed',
  title: 'Key policies say through which service, by whom or for which data the account uses a key',
  why: 'A statement that lists decryption and leaves it to the account lets any administrator of IAM policies read all data under the key.',
  remedy: 'Add a condition on kms:ViaService, kms:EncryptionContext or aws:PrincipalArn, or name the roles as Principal.',
  types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  judge: judgeStatements(['resource'], (statement) =>
    statement.effect === 'Allow' &&
    isAccount(statement) &&
    !coversService(statement.actions, 'kms') &&
    uses.some((action) => coversAction(statement.actions, action)) &&
    !statement.conditions.some(({ key: name }) => narrowing.test(name))
      ? 'Everybody in the account whom an IAM policy lets may use the key, for anything.'
      : undefined,
  ),
  passing: key(administration, allow(['kms:Decrypt', 'kms:GenerateDataKey*'], throughStores)),
  failing: key(administration, allow(['kms:Decrypt', 'kms:GenerateDataKey*'])),
}

const keptOnReplacement: ResourceControl = {
  ...availability,
  severity: 'low',
  id: 'kms-key-kept-on-replacement',
  title: 'KMS keys that an update replaces are kept',
  why: 'A change that makes CloudFormation build a new key schedules the old one for deletion, and with it all data that only it opens.',
  remedy: 'Set UpdateReplacePolicy to Retain.',
  types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  judge: (resource) => {
    const policy = resource.attribute('UpdateReplacePolicy')
    return policy === undefined || policy === 'Delete' ? fail('UpdateReplacePolicy', policy) : pass('UpdateReplacePolicy', policy)
  },
  passing: { Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true }, UpdateReplacePolicy: 'Retain' } },
  failing: { Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } } },
}

/** Controls over key policies beyond who administers, and over what happens to keys. */
export const hardeningKeyControls: readonly ResourceControl[] = [actionsListed, useNarrowed, keptOnReplacement]
