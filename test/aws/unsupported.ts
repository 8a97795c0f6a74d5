import type { Resource, Template } from './assembly.ts'

/**
 * Types of our templates that the emulator's CloudFormation does not know. They are left out of what is deployed to it, and of nothing else. The list must be
 * exact: a type too few fails the run, and so does one that the emulator has learnt or that no template of ours has any more.
 */
export const unknownTypes: readonly string[] = [
  'AWS::AccessAnalyzer::Analyzer',
  'AWS::ApiGateway::ClientCertificate',
  'AWS::Athena::NamedQuery',
  'AWS::Backup::BackupSelection',
  'AWS::Backup::LogicallyAirGappedBackupVault',
  'AWS::Backup::RestoreTestingPlan',
  'AWS::Backup::RestoreTestingSelection',
  'AWS::CloudTrail::Trail',
  'AWS::Cognito::LogDeliveryConfiguration',
  'AWS::Cognito::UserPoolRiskConfigurationAttachment',
  'AWS::Config::ConfigRule',
  'AWS::Config::ConfigurationRecorder',
  'AWS::Config::DeliveryChannel',
  'AWS::EC2::FlowLog',
  'AWS::EC2::VPCBlockPublicAccessOptions',
  'AWS::EC2::VPCEncryptionControl',
  'AWS::GuardDuty::Detector',
  'AWS::IAM::Group',
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::ServiceLinkedRole',
  'AWS::Macie::Session',
  'AWS::Route53Resolver::FirewallDomainList',
  'AWS::Route53Resolver::FirewallRuleGroup',
  'AWS::Route53Resolver::FirewallRuleGroupAssociation',
  'AWS::Route53Resolver::ResolverDNSSECConfig',
  'AWS::Route53Resolver::ResolverQueryLoggingConfig',
  'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation',
  'AWS::SMSVOICE::ConfigurationSet',
  'AWS::SMSVOICE::ProtectConfiguration',
  'AWS::SecurityHub::Hub',
  'AWS::SecurityHub::Standard',
  'AWS::WAFv2::IPSet',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::WAFv2::WebACLAssociation',
]

/** A resource of a type that the emulator knows, in a form that it refuses. */
export interface RefusedForm {
  readonly what: string
  readonly is: (resource: Resource) => boolean
}

/** Such resources, each left out by itself. */
export const refusedForms: readonly RefusedForm[] = [
  {
    what: 'AWS::CloudWatch::Alarm of several metrics',
    is: ({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && Properties?.['Metrics'] !== undefined,
  },
  {
    // It looks for the group, and groups are left out.
    what: 'AWS::IAM::User of a group',
    is: ({ Type, Properties }) => Type === 'AWS::IAM::User' && Properties?.['Groups'] !== undefined,
  },
]

/** The type or form because of which a resource is left out; undefined when it is deployed. */
export const reasonToLeaveOut = (resource: Resource): string | undefined =>
  unknownTypes.includes(resource.Type) ? resource.Type : refusedForms.find(({ is }) => is(resource))?.what

/** A template without what is not supported. References to what is gone become a plain word. */
export function supportedPart(template: Template): Template {
  const kept = Object.entries(template.Resources).filter(([, resource]) => reasonToLeaveOut(resource) === undefined)
  return within({ ...template, Resources: Object.fromEntries(kept) })
}

/** A template whose references and dependencies to resources that it does not have are replaced or left out. */
export function within(template: Template): Template {
  const there = new Set(Object.keys(template.Resources))
  const resources = Object.entries(template.Resources).map(([id, resource]) => [id, withoutDependencies(resource, there)] as const)
  const text = JSON.stringify({ ...template, Resources: Object.fromEntries(resources) })
  return JSON.parse(text, (_key, value: unknown) => (refersElsewhere(value, there) ? 'not-in-the-emulator' : value)) as Template
}

function withoutDependencies({ DependsOn = [], ...rest }: Resource, there: ReadonlySet<string>): Resource {
  const left = [DependsOn].flat().filter((id) => there.has(id))
  return left.length === 0 ? rest : { ...rest, DependsOn: left }
}

function refersElsewhere(value: unknown, there: ReadonlySet<string>): boolean {
  if (typeof value !== 'object' || value === null) return false
  if ('Ref' in value) return !String(value.Ref).startsWith('AWS::') && !there.has(String(value.Ref))
  if (!('Fn::GetAtt' in value)) return false
  const [id] = [value['Fn::GetAtt']].flat()
  return !there.has(String(id).split('.')[0] ?? '')
}
