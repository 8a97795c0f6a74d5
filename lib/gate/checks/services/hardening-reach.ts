import { fieldsOf } from '../../access/arn.ts'
import { partyOf, partyOfAccount } from '../../access/party.ts'
import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { listOf } from '../../template/value.ts'
import type { ExampleResources, Outcome, ResourceControl } from '../control.ts'
import { fail, pass, undecided } from '../control.ts'
import { hygiene, notPublic, patched, privateNetwork } from './safeguards.ts'

const replicated = (Bucket: string, Account?: unknown): ExampleResources => ({
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      VersioningConfiguration: { Status: 'Enabled' },
      ReplicationConfiguration: {
        Role: 'arn:aws:iam::111122223333:role/copy',
        Rules: [{ Status: 'Enabled', Destination: { Bucket, ...(Account !== undefined && { Account }) } }],
      },
    },
  },
})

const copiesStay: ResourceControl = {
  ...notPublic,
  severity: 'high',
  id: 's3-bucket-replication-own-account',
  title: 'S3 buckets are copied to no other account',
  why: 'Replication carries every new object on by itself: one line in a template is a standing leak to whoever owns the other bucket.',
  remedy: 'Leave Destination.Account out, or accept this with the account and its owner as the reason.',
  types: ['AWS::S3::Bucket'],
  judge: (resource) =>
    resource.at('ReplicationConfiguration.Rules.*.Destination.Account').flatMap(({ path, value }) => {
      if (value === undefined) return []
      if (typeof value !== 'string' && typeof value !== 'number') return [undecided(path, 'the account is computed at deployment')]
      const party = partyOfAccount(String(value), resource.ownAccounts)
      if (party === 'unknown') return [undecided(path, 'the account is computed at deployment')]
      return [party === 'own' ? pass(path, value) : fail(path, value)]
    }),
  passing: replicated('arn:aws:s3:::copies', { Ref: 'AWS::AccountId' }),
  failing: replicated('arn:aws:s3:::copies', '999988887777'),
}

const code = { ZipFile: 'exports.handler = async () => {}' }
const layered = (arn: unknown): ExampleResources => ({
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: code, Handler: 'index.handler', Runtime: 'nodejs24.x', Role: 'arn:aws:iam::111122223333:role/app', Layers: [arn] },
  },
})

/**
 * Accounts of AWS that publish layers of its own: Lambda Insights, AppConfig, Parameters and Secrets, Powertools ("Available versions of the Lambda Insights
 * extension", "AWS Parameters and Secrets Lambda Extension ARNs", and the documentation of Powertools for AWS Lambda).
 */
const ofAws = new Set(['580247275435', '027255383542', '177933569100', '017000801446', '094274105915', '901920570463', '336392948345'])

const layersOwn: ResourceControl = {
  ...patched,
  id: 'lambda-function-layers-own-account',
  title: 'Lambda functions run no code of other accounts',
  why: 'A layer runs inside the function with its role and its data, and who owns its account decides what the next version does.',
  remedy: 'Publish the layer in your own account, and name that version in Layers.',
  types: ['AWS::Lambda::Function'],
  judge: (resource) =>
    listOf(resource.get('Layers')).flatMap((value, index) => {
      if (typeof value !== 'string') return []
      const account = fieldsOf(value)[4] ?? ''
      const foreign = !ofAws.has(account) && partyOf(account, resource.ownAccounts) === 'foreign'
      return [foreign ? fail(`Layers.${index}`, value) : pass(`Layers.${index}`, value)]
    }),
  passing: layered({ 'Fn::Sub': 'arn:aws:lambda:us-east-1:${AWS::AccountId}:layer:tools:1' }),
  failing: layered('arn:aws:lambda:us-east-1:999988887777:layer:tools:1'),
}

const permission = (more: object): ExampleResources => ({
  Permission: {
    Type: 'AWS::Lambda::Permission',
    Properties: { FunctionName: 'records', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', ...more },
  },
})
const source = { SourceArn: 'arn:aws:s3:::uploads', SourceAccount: '111122223333' }

const callersNamed: ResourceControl = {
  ...notPublic,
  severity: 'medium',
  id: 'lambda-permission-names-principal',
  title: 'Permissions of Lambda functions name who may call, and leave that to no source',
  why: 'With everybody as principal the source is all that stands between the function and the world; when it is lost or mistyped, nothing does.',
  remedy: 'Name the service or the account in Principal.',
  types: ['AWS::Lambda::Permission'],
  judge: (resource) => {
    const principal = resource.get('Principal')
    if (resource.get('PrincipalOrgID') !== undefined || typeof principal !== 'string') return undefined
    return principal === '*' ? fail('Principal', principal) : pass('Principal', principal)
  },
  passing: permission(source),
  failing: permission({ ...source, Principal: '*' }),
}

const sourceNamed: ResourceControl = {
  ...hygiene,
  id: 'lambda-permission-source-named',
  title: 'Permissions of Lambda functions for services of AWS name the very source',
  why: 'With the account alone, every bucket, rule and API of it may call the function, also one that somebody adds to feed it input of their own.',
  remedy: 'Set SourceArn to the ARN of what calls.',
  types: ['AWS::Lambda::Permission'],
  judge: (resource) => {
    const principal = resource.get('Principal')
    if (typeof principal !== 'string' || !/\.amazonaws\.com(\.cn)?$/.test(principal)) return undefined
    const arn = resource.get('SourceArn')
    return arn === undefined ? fail('SourceArn', undefined) : pass('SourceArn', arn)
  },
  passing: permission(source),
  failing: permission({ SourceAccount: '111122223333' }),
}

const vpc: ExampleResources = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } }

const guardedBy =
  (type: string, path: string) =>
  (resource: Resource, deployment: Deployment): Outcome => {
    const { certain, possible } = deployment.referring(resource, type, path)
    if (certain[0] !== undefined) return pass(type, certain[0].logicalId)
    return possible[0] === undefined ? fail(type, undefined) : undecided(type, `${possible[0].logicalId} may be about it`)
  }

const dnsFirewall: ResourceControl = {
  ...privateNetwork,
  severity: 'low',
  id: 'vpc-dns-firewall',
  title: 'Each VPC has a DNS firewall',
  why: 'The resolver of a VPC answers for every name in the world, also without any route out: data leaves in the names that are asked for.',
  remedy: 'Add an AWS::Route53Resolver::FirewallRuleGroupAssociation whose VpcId is the VPC.',
  types: ['AWS::EC2::VPC'],
  judge: guardedBy('AWS::Route53Resolver::FirewallRuleGroupAssociation', 'VpcId'),
  passing: {
    ...vpc,
    Firewall: {
      Type: 'AWS::Route53Resolver::FirewallRuleGroupAssociation',
      Properties: { FirewallRuleGroupId: 'rslvr-frg-1', Priority: 101, VpcId: { Ref: 'Vpc' }, MutationProtection: 'ENABLED' },
    },
  },
  failing: vpc,
}

const dnssec: ResourceControl = {
  ...privateNetwork,
  severity: 'low',
  id: 'vpc-dnssec-validation',
  title: 'Each VPC refuses forged answers of DNS',
  why: 'A forged answer sends a client with its credentials to a machine of the attacker.',
  remedy: 'Add an AWS::Route53Resolver::ResolverDNSSECConfig whose ResourceId is the VPC.',
  types: ['AWS::EC2::VPC'],
  judge: guardedBy('AWS::Route53Resolver::ResolverDNSSECConfig', 'ResourceId'),
  passing: { ...vpc, Validation: { Type: 'AWS::Route53Resolver::ResolverDNSSECConfig', Properties: { ResourceId: { Ref: 'Vpc' } } } },
  failing: vpc,
}

/** Controls over who gets copies, whose code runs, who calls, and what leaves by DNS. */
export const hardeningReachControls: readonly ResourceControl[] = [copiesStay, layersOwn, callersNamed, sourceNamed, dnsFirewall, dnssec]
