import { BackupClient, DescribeGlobalSettingsCommand, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup'
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolDomainCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { ConfigServiceClient, DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service'
import {
  DescribeAvailabilityZonesCommand,
  DescribeManagedPrefixListsCommand,
  DescribeRegionsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeVpcsCommand,
  EC2Client,
  GetEbsEncryptionByDefaultCommand,
  GetInstanceMetadataDefaultsCommand,
} from '@aws-sdk/client-ec2'
import { GetDetectorCommand, GuardDutyClient, ListDetectorsCommand } from '@aws-sdk/client-guardduty'
import {
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetLoginProfileCommand,
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedRolePoliciesCommand,
  ListMFADevicesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam'
import { BatchGetAccountStatusCommand, Inspector2Client } from '@aws-sdk/client-inspector2'
import { GetMacieSessionCommand, Macie2Client } from '@aws-sdk/client-macie2'
import {
  DescribeAccountAttributesCommand,
  DescribeConfigurationSetsCommand,
  DescribePhoneNumbersCommand,
  DescribePoolsCommand,
  DescribeSpendLimitsCommand,
  GetProtectConfigurationCountryRuleSetCommand,
  ListPoolOriginationIdentitiesCommand,
  PinpointSMSVoiceV2Client,
} from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { DescribeHubCommand, ListTagsForResourceCommand, SecurityHubClient } from '@aws-sdk/client-securityhub'
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas'
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns'
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { trustedBesides } from '../../lib/prepare/aws/bootstrap-facts.ts'
import { openReader, type Reader } from '../../lib/prepare/reader.ts'
import { account } from './perfect.ts'

const region = 'us-east-1'
const sts = mockClient(STSClient)
const iam = mockClient(IAMClient)
const ec2 = mockClient(EC2Client)
const ssm = mockClient(SSMClient)
const backup = mockClient(BackupClient)
const guardDuty = mockClient(GuardDutyClient)
const securityHub = mockClient(SecurityHubClient)
const recorders = mockClient(ConfigServiceClient)
const macie = mockClient(Macie2Client)
const inspector = mockClient(Inspector2Client)
const quotas = mockClient(ServiceQuotasClient)
const sns = mockClient(SNSClient)
const messaging = mockClient(PinpointSMSVoiceV2Client)
const cognito = mockClient(CognitoIdentityProviderClient)
// Files share a process: what one mocks, it gives back.
afterAll(() => {
  sts.restore()
  iam.restore()
  ec2.restore()
  ssm.restore()
  backup.restore()
  guardDuty.restore()
  securityHub.restore()
  recorders.restore()
  macie.restore()
  inspector.restore()
  quotas.restore()
  sns.restore()
  messaging.restore()
  cognito.restore()
})
const mocks = [messaging, cognito, sts, iam, ec2, ssm, backup, guardDuty, securityHub, recorders, macie, inspector, quotas, sns]

const named = (name: string, message = 'no') => Object.assign(new Error(message), { name })

beforeEach(() => {
  sts.on(GetCallerIdentityCommand).resolves({ Account: account })
})
afterEach(() => {
  for (const mock of mocks) mock.reset()
})

async function opened(): Promise<Reader> {
  const reader = await openReader(region)
  if (reader.account === undefined) throw new Error(reader.because)
  return reader
}

describe('without credentials that work', () => {
  test.each([
    ['none are found', named('CredentialsProviderError'), 'No AWS credentials were found.'],
    ['they have expired', named('ExpiredTokenException'), 'The AWS credentials have expired; sign in again.'],
    [
      'there is no network',
      Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }),
      'AWS could not be asked whose credentials these are (ENOTFOUND).',
    ],
    [
      'they are refused',
      named('InvalidClientTokenId', 'key AKIASECRET'),
      'AWS could not be asked whose credentials these are (InvalidClientTokenId).',
    ],
  ])('%s, and nothing is read', async (_says, error, because) => {
    sts.on(GetCallerIdentityCommand).rejects(error)
    expect(await openReader(region)).toEqual({ because })
  })

  test('the metadata service of an instance is not waited for', async () => {
    await openReader(region)
    expect(process.env.AWS_EC2_METADATA_DISABLED).toBe('true')
  })
})

describe('identities', () => {
  test('the root user, whose password counts as there when the summary does not say', async () => {
    iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 1 } })
    expect(await (await opened()).rootUser()).toEqual({ hasMfa: true, hasPassword: true, accessKeys: 1, certificates: 0 })
  })

  test('the password policy, absent by error', async () => {
    iam.on(GetAccountPasswordPolicyCommand).rejects(named('NoSuchEntityException'))
    expect(await (await opened()).passwordPolicy()).toBeUndefined()
  })

  test('the password policy, with passwords that never expire', async () => {
    iam.on(GetAccountPasswordPolicyCommand).resolves({
      PasswordPolicy: { MinimumPasswordLength: 8, RequireNumbers: true, ExpirePasswords: false, MaxPasswordAge: 0 },
    })
    const expected = { minimumLength: 8, allCharacterTypes: false, maximumAge: undefined, remembered: 0 }
    expect(await (await opened()).passwordPolicy()).toEqual(expected)
  })

  test('a user with devices, keys and no password', async () => {
    iam.on(GetUserCommand, { UserName: 'first' }).resolves({})
    iam.on(GetLoginProfileCommand).rejects(named('NoSuchEntity'))
    iam.on(ListMFADevicesCommand).resolves({ MFADevices: [{ UserName: 'first', SerialNumber: 'GAHT1', EnableDate: new Date(0) }] })
    iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [{ Status: 'Inactive' }] })
    expect(await (await opened()).user('first')).toEqual({ hasPassword: false, mfaSerials: ['GAHT1'], accessKeys: 1 })
  })

  test('a user, a role and a provider that do not exist', async () => {
    iam.onAnyCommand().rejects(named('NoSuchEntityException'))
    const reader = await opened()
    expect(await reader.user('first')).toBeUndefined()
    expect(await reader.roleExists('custodian')).toBe(false)
    expect(await reader.oidcProviderTags('host')).toBeUndefined()
  })

  test('a provider of this account, with its tags', async () => {
    const arn = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`
    iam.on(GetOpenIDConnectProviderCommand, { OpenIDConnectProviderArn: arn }).resolves({ Tags: [{ Key: 'a', Value: 'b' }] })
    expect(await (await opened()).oidcProviderTags('token.actions.githubusercontent.com')).toEqual({ a: 'b' })
  })

  test('the boundary of a role, absent where the role or its boundary is', async () => {
    const role = { Path: '/', CreateDate: new Date(0), RoleName: 'r', RoleId: 'id', Arn: 'arn' }
    iam
      .on(GetRoleCommand, { RoleName: 'bounded' })
      .resolves({ Role: { ...role, PermissionsBoundary: { PermissionsBoundaryArn: 'boundary' } } })
    iam.on(GetRoleCommand, { RoleName: 'unbounded' }).resolves({ Role: role })
    iam.on(GetRoleCommand, { RoleName: 'absent' }).rejects(named('NoSuchEntityException'))
    const reader = await opened()
    const found = await Promise.all(['bounded', 'unbounded', 'absent'].map((name) => reader.roleBoundary(name)))
    expect(found).toEqual(['boundary', undefined, undefined])
  })

  test('roles of Identity Center, over several pages', async () => {
    const role = { Path: '/', CreateDate: new Date(0), RoleId: 'id', Arn: 'arn' }
    iam
      .on(ListRolesCommand)
      .resolvesOnce({ Roles: [{ ...role, RoleName: 'one' }], IsTruncated: true, Marker: 'm' })
      .resolves({ Roles: [{ ...role, RoleName: 'two' }] })
    expect(await (await opened()).identityCenterRoles()).toEqual(['one', 'two'])
  })

  test('a refusal is passed on, not taken for absence', async () => {
    iam.on(GetRoleCommand).rejects(named('AccessDenied'))
    await expect((await opened()).roleExists('custodian')).rejects.toThrow('no')
  })
})

describe('bootstraps', () => {
  test('none where the version is not kept', async () => {
    ssm.on(GetParameterCommand).rejects(named('ParameterNotFound'))
    expect(await (await opened()).bootstrap(region, 'shwork')).toBeUndefined()
  })

  test('version, policies and trust of one qualifier', async () => {
    const trust = {
      Statement: [{ Effect: 'Allow', Principal: { AWS: [`arn:aws:iam::${account}:root`, 'arn:aws:iam::271828182845:root'] } }],
    }
    const AssumeRolePolicyDocument = encodeURIComponent(JSON.stringify(trust))
    const [Path, CreateDate] = ['/', new Date(0)]
    ssm.on(GetParameterCommand, { Name: '/cdk-bootstrap/shwork/version' }).resolves({ Parameter: { Value: '33' } })
    iam.on(ListAttachedRolePoliciesCommand, { RoleName: `cdk-shwork-cfn-exec-role-${account}-us-east-1` }).resolves({
      AttachedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
    })
    iam.on(GetRoleCommand, { RoleName: `cdk-shwork-deploy-role-${account}-us-east-1` }).resolves({
      Role: { Path, CreateDate, RoleName: 'deploy', RoleId: 'id', Arn: 'arn', AssumeRolePolicyDocument },
    })
    expect(await (await opened()).bootstrap(region, 'shwork')).toEqual({
      version: 33,
      executionPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      trusted: ['271828182845'],
    })
  })

  test.each([
    ['this account alone', { Statement: { Effect: 'Allow', Principal: { AWS: account } } }, []],
    ['a service', { Statement: [{ Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' } }] }, []],
    ['everybody', { Statement: [{ Effect: 'Allow', Principal: '*' }] }, ['*']],
    ['nobody, by denial', { Statement: [{ Effect: 'Deny', Principal: { AWS: '271828182845' } }] }, []],
  ])('trust of %s', (_says, policy, trusted) => {
    expect(trustedBesides(account, encodeURIComponent(JSON.stringify(policy)))).toEqual(trusted)
  })
})

describe('network', () => {
  test('Regions, zones and prefix lists by name', async () => {
    ec2.on(DescribeRegionsCommand).resolves({ Regions: [{ OptInStatus: 'opted-in' }] })
    ec2.on(DescribeAvailabilityZonesCommand).resolves({
      AvailabilityZones: [
        { ZoneName: 'us-east-1a', State: 'available' },
        { ZoneName: 'us-east-1b', State: 'impaired' },
      ],
    })
    const Filters = [{ Name: 'prefix-list-name', Values: ['com.amazonaws.us-east-1.s3'] }]
    ec2.on(DescribeManagedPrefixListsCommand, { Filters }).resolves({ PrefixLists: [{ PrefixListId: 'pl-63a5400a' }] })
    const reader = await opened()
    expect(await reader.regionState(region)).toBe('opted-in')
    expect(await reader.availabilityZones(region)).toEqual(['us-east-1a'])
    expect(await reader.prefixList(region, 's3')).toBe('pl-63a5400a')
  })

  test('endpoint services that the Region has', async () => {
    ec2.on(DescribeVpcEndpointServicesCommand).resolves({
      ServiceDetails: [
        { ServiceName: 'com.amazonaws.us-east-1.kms', VpcEndpointPolicySupported: true, AvailabilityZones: ['us-east-1a'] },
        { ServiceName: 'com.amazonaws.us-east-1.sts', VpcEndpointPolicySupported: false },
      ],
    })
    expect(await (await opened()).endpointServices(region, ['kms', 'sts', 'sns'])).toEqual([
      { name: 'com.amazonaws.us-east-1.kms', takesPolicy: true, zones: ['us-east-1a'] },
      { name: 'com.amazonaws.us-east-1.sts', takesPolicy: false, zones: [] },
    ])
    const [call] = ec2.commandCalls(DescribeVpcEndpointServicesCommand)
    expect(call?.args[0].input.Filters).toEqual([
      { Name: 'service-name', Values: ['kms', 'sts', 'sns'] },
      { Name: 'service-type', Values: ['Interface'] },
    ])
  })

  test('settings that nobody has made', async () => {
    ec2.on(GetEbsEncryptionByDefaultCommand).resolves({ EbsEncryptionByDefault: false })
    ec2.on(GetInstanceMetadataDefaultsCommand).resolves({})
    ec2.on(DescribeVpcBlockPublicAccessOptionsCommand).resolves({})
    ec2.on(DescribeVpcsCommand).resolves({ Vpcs: [] })
    const reader = await opened()
    expect(await reader.volumesAreEncrypted(region)).toBe(false)
    expect(await reader.metadataTokens(region)).toBeUndefined()
    expect(await reader.blockPublicAccess(region)).toEqual({ mode: 'off', managedBy: 'account' })
    expect(await reader.vpcExists(region, 'tag', 'value')).toBe(false)
  })
})

describe('detective services', () => {
  test('none is on', async () => {
    guardDuty.on(ListDetectorsCommand).resolves({ DetectorIds: [] })
    securityHub.on(DescribeHubCommand).rejects(named('InvalidAccessException'))
    recorders.on(DescribeConfigurationRecordersCommand).resolves({})
    macie.on(GetMacieSessionCommand).rejects(named('AccessDeniedException', 'Macie is not enabled.'))
    inspector.on(BatchGetAccountStatusCommand).resolves({ accounts: [] })
    const reader = await opened()
    expect(await reader.guardDutyTags(region)).toBeUndefined()
    expect(await reader.securityHubTags(region)).toBeUndefined()
    expect(await reader.configRecorders(region)).toEqual([])
    expect(await reader.macieIsEnabled(region)).toBe(false)
    expect(await reader.inspector(region)).toEqual({ lambda: 'DISABLED', lambdaCode: 'DISABLED' })
  })

  test('all are on, with their tags and names', async () => {
    guardDuty.on(ListDetectorsCommand).resolves({ DetectorIds: ['d1'] })
    guardDuty.on(GetDetectorCommand, { DetectorId: 'd1' }).resolves({ Tags: { team: 'platform' } })
    securityHub.on(DescribeHubCommand).resolves({ HubArn: 'hub' })
    securityHub.on(ListTagsForResourceCommand, { ResourceArn: 'hub' }).resolves({ Tags: { team: 'audit' } })
    recorders.on(DescribeConfigurationRecordersCommand).resolves({ ConfigurationRecorders: [{ name: 'default' }] })
    macie.on(GetMacieSessionCommand).resolves({})
    const reader = await opened()
    expect(await reader.guardDutyTags(region)).toEqual({ team: 'platform' })
    expect(await reader.securityHubTags(region)).toEqual({ team: 'audit' })
    expect(await reader.configRecorders(region)).toEqual(['default'])
    expect(await reader.macieIsEnabled(region)).toBe(true)
  })

  test('a denied look at Macie is not taken for its absence', async () => {
    macie.on(GetMacieSessionCommand).rejects(named('AccessDeniedException', 'User: x is not authorized to perform: macie2:GetMacieSession'))
    await expect((await opened()).macieIsEnabled(region)).rejects.toThrow('not authorized')
  })
})

describe('quotas, backups and alerts', () => {
  test('a quota and the settings of AWS Backup', async () => {
    quotas.on(GetServiceQuotaCommand, { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384' }).resolves({ Quota: { Value: 10 } })
    backup.on(DescribeRegionSettingsCommand).resolves({ ResourceTypeOptInPreference: { S3: true } })
    backup.on(DescribeGlobalSettingsCommand).resolves({ GlobalSettings: { isCrossAccountBackupEnabled: 'false' } })
    const reader = await opened()
    expect(await reader.quota(region, 'lambda', 'L-B99A9384')).toBe(10)
    expect(await reader.backupSettings(region)).toEqual({ optedIn: { S3: true }, managed: {} })
    expect(await reader.organizationBackupSettings(region)).toEqual({ isCrossAccountBackupEnabled: 'false' })
  })

  test('a subscription counts when it is confirmed', async () => {
    sns.on(ListSubscriptionsByTopicCommand).resolves({
      Subscriptions: [
        { Endpoint: 'a@on-call.health', SubscriptionArn: 'arn:aws:sns:us-east-1:314159265358:alerts:1' },
        { Endpoint: 'b@on-call.health', SubscriptionArn: 'PendingConfirmation' },
      ],
    })
    expect(await (await opened()).confirmedAddresses(region, 'topic')).toEqual(['a@on-call.health'])
  })

  test('a topic that does not exist has no list at all', async () => {
    sns.on(ListSubscriptionsByTopicCommand).rejects(named('NotFoundException'))
    expect(await (await opened()).confirmedAddresses(region, 'topic')).toBeUndefined()
  })
})

describe('messages', () => {
  const common = {
    TwoWayEnabled: false,
    SelfManagedOptOutsEnabled: false,
    OptOutListName: 'Default',
    DeletionProtectionEnabled: true,
    CreatedTimestamp: new Date(0),
  }

  test('a number, and one that is not of this account', async () => {
    const number = {
      ...common,
      PhoneNumberArn: 'arn',
      PhoneNumber: '+12025550123',
      Status: 'ACTIVE',
      IsoCountryCode: 'US',
      MessageType: 'TRANSACTIONAL',
      NumberCapabilities: ['SMS', 'VOICE'],
      NumberType: 'TOLL_FREE',
      MonthlyLeasingPrice: '2',
    } as const
    messaging.on(DescribePhoneNumbersCommand).rejects(named('ResourceNotFoundException'))
    messaging
      .on(DescribePhoneNumbersCommand, { PhoneNumberIds: ['phone-1'] })
      .resolves({ PhoneNumbers: [{ ...number, NumberCapabilities: [...number.NumberCapabilities] }] })
    const reader = await opened()
    expect(await reader.originationIdentity(region, 'phone-1')).toEqual({
      status: 'ACTIVE',
      messageType: 'TRANSACTIONAL',
      numbers: [{ country: 'US', capabilities: ['SMS', 'VOICE'] }],
    })
    expect(await reader.originationIdentity(region, 'phone-2')).toBeUndefined()
  })

  test('a pool with its numbers, over several pages', async () => {
    const pool = {
      ...common,
      PoolArn: 'arn',
      PoolId: 'pool-1',
      Status: 'CREATING',
      MessageType: 'PROMOTIONAL',
      SharedRoutesEnabled: false,
    } as const
    const identity = { OriginationIdentityArn: 'arn', OriginationIdentity: 'phone-1', IsoCountryCode: 'US' }
    messaging.on(DescribePoolsCommand, { PoolIds: ['pool-1'] }).resolves({ Pools: [pool] })
    messaging
      .on(ListPoolOriginationIdentitiesCommand)
      .resolvesOnce({ OriginationIdentities: [{ ...identity, NumberCapabilities: ['SMS'] }], NextToken: 'more' })
      .resolves({ OriginationIdentities: [{ ...identity, NumberCapabilities: ['VOICE'] }] })
    expect(await (await opened()).originationIdentity(region, 'pool-1')).toEqual({
      status: 'CREATING',
      messageType: 'PROMOTIONAL',
      numbers: [
        { country: 'US', capabilities: ['SMS'] },
        { country: 'US', capabilities: ['VOICE'] },
      ],
    })
  })

  test('a pool that is gone', async () => {
    messaging.on(DescribePoolsCommand).resolves({ Pools: [] })
    expect(await (await opened()).originationIdentity(region, 'pool-1')).toBeUndefined()
  })

  test('the tier and the limits of the account, a limit that is not told being none', async () => {
    messaging.on(DescribeAccountAttributesCommand).resolves({
      AccountAttributes: [
        { Name: 'DEFAULT_PROTECT_CONFIGURATION_ID', Value: 'protect-1' },
        { Name: 'ACCOUNT_TIER', Value: 'SANDBOX' },
      ],
    })
    messaging.on(DescribeSpendLimitsCommand).resolves({
      SpendLimits: [{ Name: 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT', EnforcedLimit: 50, MaxLimit: 100, Overridden: true }],
    })
    const reader = await opened()
    expect(await reader.messagingTier(region)).toBe('SANDBOX')
    expect(await reader.messagingSpending(region)).toEqual({ text: 50, voice: 0 })
  })

  test('countries that are not blocked, in order', async () => {
    const set = { ConfigurationSetArn: 'arn', ConfigurationSetName: 'set', EventDestinations: [], CreatedTimestamp: new Date(0) }
    messaging.on(DescribeConfigurationSetsCommand).resolves({ ConfigurationSets: [{ ...set, ProtectConfigurationId: 'protect-1' }] })
    messaging
      .on(GetProtectConfigurationCountryRuleSetCommand, { ProtectConfigurationId: 'protect-1', NumberCapability: 'VOICE' })
      .resolves({
        ProtectConfigurationArn: 'arn',
        ProtectConfigurationId: 'protect-1',
        NumberCapability: 'VOICE',
        CountryRuleSet: { US: { ProtectStatus: 'ALLOW' }, FR: { ProtectStatus: 'BLOCK' }, CA: { ProtectStatus: 'MONITOR' } },
      })
    expect(await (await opened()).countriesReached(region, 'set', 'VOICE')).toEqual(['CA', 'US'])
    messaging.on(DescribeConfigurationSetsCommand).resolves({ ConfigurationSets: [set] })
    expect(await (await opened()).countriesReached(region, 'set', 'VOICE')).toBeUndefined()
    messaging.on(DescribeConfigurationSetsCommand).rejects(named('ResourceNotFoundException'))
    expect(await (await opened()).countriesReached(region, 'set', 'VOICE')).toBeUndefined()
  })
})

describe('sign-in', () => {
  beforeEach(() => {
    cognito
      .on(ListUserPoolsCommand)
      .resolves({ UserPools: [{ Id: 'pool-2', Name: 'providers' }] })
      .on(ListUserPoolsCommand, { NextToken: undefined })
      .resolves({ UserPools: [{ Id: 'pool-1', Name: 'others' }], NextToken: 'more' })
  })

  test('the second factor of a pool, on a later page', async () => {
    cognito.on(GetUserPoolMfaConfigCommand, { UserPoolId: 'pool-2' }).resolves({ MfaConfiguration: 'OPTIONAL' })
    cognito.on(GetUserPoolMfaConfigCommand, { UserPoolId: 'pool-1' }).resolves({})
    const reader = await opened()
    expect(await reader.secondFactor(region, 'providers')).toBe('OPTIONAL')
    expect(await reader.secondFactor(region, 'others')).toBe('OFF')
    expect(await reader.secondFactor(region, 'absent')).toBeUndefined()
  })

  test('whether a pool has people, without a look at who they are', async () => {
    cognito.on(ListUsersCommand).resolves({ Users: [{ Username: 'somebody' }] })
    cognito.on(ListUsersCommand, { UserPoolId: 'pool-1' }).resolves({})
    const reader = await opened()
    expect(await reader.poolHasPeople(region, 'providers')).toBe(true)
    expect(await reader.poolHasPeople(region, 'others')).toBe(false)
    expect(await reader.poolHasPeople(region, 'absent')).toBeUndefined()
    expect(cognito.commandCalls(ListUsersCommand)[0]?.args[0].input).toEqual({ UserPoolId: 'pool-2', Limit: 1, AttributesToGet: [] })
  })

  test('whose a domain is: of an account, of nobody', async () => {
    cognito.on(DescribeUserPoolDomainCommand).resolves({ DomainDescription: {} })
    cognito.on(DescribeUserPoolDomainCommand, { Domain: 'ours' }).resolves({ DomainDescription: { AWSAccountId: account } })
    cognito.on(DescribeUserPoolDomainCommand, { Domain: 'gone' }).rejects(named('ResourceNotFoundException'))
    const reader = await opened()
    const holders = await Promise.all(['ours', 'free', 'gone'].map((domain) => reader.domainHolder(region, domain)))
    expect(holders).toEqual([account, undefined, undefined])
  })
})
