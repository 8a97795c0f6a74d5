import { describe, expect, test } from 'vitest'
import type { EnvironmentConfig } from '../../lib/config/schema.ts'
import { workloadDeploymentPolicyArns } from '../../lib/environment/operators/permissions/workload-deployment.ts'
import { isExampleAccount } from '../../lib/prepare/checks/configuration.ts'
import { offline, prepare } from '../../lib/prepare/index.ts'
import type { Reader } from '../../lib/prepare/reader.ts'
import { exampleProduction } from '../config/example-environments.ts'
import { account, ownConfig, perfectIdentity, perfectReader, securityKey } from './perfect.ts'

interface Broken {
  readonly says: string
  readonly reader?: Partial<Reader>
  readonly config?: Partial<EnvironmentConfig>
  /** Check that notices, and the words it finds. */
  readonly id: string
  readonly because: RegExp
  /** Words of a step that mends it. */
  readonly step: RegExp
  readonly verdict?: 'unknown'
}

const user = { hasPassword: true, mfaSerials: ['ONE', 'TWO'].map((key) => securityKey('somebody', key)), accessKeys: 0 }
const bootstrapped = { version: 33, executionPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'], trusted: [] }
const first = (changes: Partial<typeof user>) => async (name: string) => (name === 'break-glass-first' ? { ...user, ...changes } : user)
const workloadPath = (changes: object) => async (_region: string, qualifier: string) => {
  const executionPolicies = workloadDeploymentPolicyArns(ownConfig())
  return qualifier === 'shwork' ? { ...bootstrapped, executionPolicies, ...changes } : bootstrapped
}

const broken: readonly Broken[] = [
  {
    says: 'an account of the breached environment is an example of the documentation',
    config: { breached: { accounts: ['123456789012'], identifiers: [] } },
    id: 'breached-identifiers',
    because: /123456789012/,
    step: /lib\/config\/environments\/sandbox\.ts/,
  },
  {
    says: 'nothing of the breached environment is named',
    config: { breached: { accounts: [], identifiers: [] } },
    id: 'breached-identifiers',
    because: /None is named/,
    step: /breached/,
    verdict: 'unknown',
  },
  {
    says: 'a contact reaches nobody',
    config: { contacts: { security: 'security@on-call.health', privacy: 'x@mail.example.com', operations: 'o@on-call.health' } },
    id: 'contacts',
    because: /privacy/,
    step: /contacts/,
  },
  {
    says: 'the repository is an example',
    config: { github: { repository: 'example/safe-harbor', environment: 'sandbox' } },
    id: 'repository',
    because: /example\/safe-harbor/,
    step: /github/,
  },
  {
    says: 'the root user has no MFA',
    reader: { rootUser: async () => ({ hasMfa: false, hasPassword: true, accessKeys: 0, certificates: 0 }) },
    id: 'root-user',
    because: /no MFA/,
    step: /FIDO2/,
  },
  {
    says: 'the root user has keys and certificates',
    reader: { rootUser: async () => ({ hasMfa: true, hasPassword: true, accessKeys: 1, certificates: 1 }) },
    id: 'root-user',
    because: /access keys, it has signing certificates/,
    step: /delete access keys/,
  },
  {
    says: 'there is no password policy',
    reader: { passwordPolicy: async () => undefined },
    id: 'password-policy',
    because: /no password policy/,
    step: /--minimum-password-length 14/,
  },
  {
    says: 'the password policy is weak in every way',
    reader: { passwordPolicy: async () => ({ minimumLength: 13, allCharacterTypes: false, maximumAge: undefined, remembered: 23 }) },
    id: 'password-policy',
    because: /13 characters.*every kind.*for ever.*23 earlier/,
    step: /update-account-password-policy/,
  },
  {
    says: 'passwords last too long',
    reader: { passwordPolicy: async () => ({ minimumLength: 14, allCharacterTypes: true, maximumAge: 91, remembered: 24 }) },
    id: 'password-policy',
    because: /last 91/,
    step: /--max-password-age 90/,
  },
  {
    says: 'the Region is not enabled',
    reader: { regionState: async () => 'not-opted-in' },
    id: 'region-enabled',
    because: /not-opted-in/,
    step: /enable-region --region-name us-east-1/,
  },
  {
    says: 'volumes are not encrypted',
    reader: { volumesAreEncrypted: async () => false },
    id: 'volume-encryption',
    because: /off/,
    step: /enable-ebs-encryption-by-default/,
  },
  {
    says: 'instances hand out credentials without a token',
    reader: { metadataTokens: async () => undefined },
    id: 'instance-metadata',
    because: /not decided/,
    step: /--http-tokens required/,
  },
  {
    says: 'buckets are not opted in to backups',
    reader: { backupSettings: async () => ({ optedIn: { DynamoDB: true, S3: false }, managed: { DynamoDB: true } }) },
    id: 'backup-settings',
    because: /S3 is not opted in/,
    step: /update-region-settings/,
  },
  {
    says: 'advanced features of DynamoDB backups are off',
    reader: { backupSettings: async () => ({ optedIn: { DynamoDB: true, S3: true }, managed: {} }) },
    id: 'backup-settings',
    because: /advanced features/,
    step: /--resource-type-management-preference DynamoDB=true/,
  },
  {
    says: 'an availability zone does not exist',
    reader: { availabilityZones: async () => ['us-east-1a', 'us-east-1f'] },
    id: 'availability-zones',
    because: /Not available: us-east-1b\. Available: us-east-1a, us-east-1f/,
    step: /network\.availabilityZones/,
  },
  {
    says: 'a prefix list is another one',
    reader: { prefixList: async (_region, service) => (service === 's3' ? 'pl-00000000' : 'pl-02cd2c6b') },
    id: 'prefix-list-s3',
    because: /pl-00000000/,
    step: /gatewayPrefixLists\.s3/,
  },
  {
    says: 'a Region has no endpoint for text and voice, and another takes no policy',
    reader: {
      endpointServices: async (_region, names) =>
        names
          .filter((name) => !name.includes('sms-voice'))
          .map((name) => ({ name, takesPolicy: !name.endsWith('.backup'), zones: ['us-east-1a', 'us-east-1b'] })),
    },
    id: 'interface-endpoints',
    because: /us-east-1\.backup takes no policy; com\.amazonaws\.us-east-1\.pinpoint-sms-voice-v2 does not exist\./,
    step: /network\.availabilityZones/,
  },
  {
    says: 'a zone lacks an endpoint',
    reader: {
      endpointServices: async (_region, names) =>
        names.map((name) => ({ name, takesPolicy: true, zones: name.endsWith('.sts') ? ['us-east-1a'] : ['us-east-1a', 'us-east-1b'] })),
    },
    id: 'interface-endpoints',
    because: /^Found: com\.amazonaws\.us-east-1\.sts is not in us-east-1b\.$/,
    step: /another Region/,
  },
  {
    says: 'people sign in at an example',
    config: { signIn: { host: 'on-call.example.org' } },
    id: 'sign-in-host',
    because: /on-call\.example\.org/,
    step: /signIn\.host/,
  },
  {
    says: 'the number is registered for text only, and not yet active',
    reader: {
      originationIdentity: async () => ({ ...perfectIdentity, status: 'PENDING', numbers: [{ country: 'US', capabilities: ['SMS'] }] }),
    },
    id: 'origination-identity-active',
    because: /it is PENDING; no number of US sends VOICE/,
    step: /Request originator/,
  },
  {
    says: 'the number belongs to another country and advertises',
    reader: {
      originationIdentity: async () => ({
        status: 'ACTIVE',
        messageType: 'PROMOTIONAL',
        numbers: [{ country: 'CA', capabilities: ['SMS', 'VOICE'] }],
      }),
    },
    id: 'origination-identity-active',
    because: /its messages are PROMOTIONAL; no number of US sends SMS; no number of US sends VOICE/,
    step: /message type transactional/,
  },
  {
    says: 'the number is not of this account',
    reader: { originationIdentity: async () => undefined },
    id: 'origination-identity-active',
    because: /no such number/,
    step: /telephone\.originationIdentity/,
  },
  {
    says: 'the tier of messages is not told',
    reader: { messagingTier: async () => undefined },
    id: 'messaging-tier',
    because: /nothing of it/,
    step: /production access/,
    verdict: 'unknown',
  },
  {
    says: 'somebody else has the domain of the answering line',
    reader: { domainHolder: async () => '161803398874' },
    id: 'line-domain',
    because: /Another account/,
    step: /another name/,
  },
  {
    says: 'a pool lets people in with a password alone',
    reader: { secondFactor: async (_region, pool) => (pool.endsWith('-patients') ? 'OPTIONAL' : 'ON') },
    id: 'second-factor',
    because: /Not required: patients OPTIONAL\./,
    step: /--mfa-configuration ON/,
  },
  {
    says: 'the pools are not made yet',
    reader: { secondFactor: async () => undefined },
    id: 'second-factor',
    because: /people stack makes it/,
    step: /set-user-pool-mfa-config/,
    verdict: 'unknown',
  },
  {
    says: 'there is no provider',
    reader: { poolHasPeople: async () => false },
    id: 'first-provider',
    because: /empty/,
    step: /admin-create-user .*Name=custom:practices,Value=k3v9q2mx7t4z/,
  },
  {
    says: 'there is no pool of providers',
    reader: { poolHasPeople: async () => undefined },
    id: 'first-provider',
    because: /people stack makes it/,
    step: /read -rs PASSWORD/,
    verdict: 'unknown',
  },
  {
    says: 'countries that nobody named are open',
    reader: { countriesReached: async (_region, _set, channel) => (channel === 'SMS' ? ['US'] : ['CA', 'US']) },
    id: 'messaging-countries',
    because: /^Found: VOICE reaches 1 other country; MMS reaches 2 other countries\.$/,
    step: /--number-capability MMS .* jq 'map_values\(\.ProtectStatus = "BLOCK"\)'\)" && aws .*--number-capability MMS/,
  },
  {
    says: 'the country itself is blocked',
    reader: { countriesReached: async () => [] },
    id: 'messaging-countries',
    because: /SMS does not reach US; VOICE does not reach US/,
    step: /\.US\.ProtectStatus = "ALLOW"/,
  },
  {
    says: 'nothing protects messages yet',
    reader: { countriesReached: async () => undefined },
    id: 'messaging-countries',
    because: /service stack makes it/,
    step: /update-protect-configuration-country-rule-set/,
    verdict: 'unknown',
  },
  {
    says: 'a new account may run ten functions',
    reader: { quota: async () => 10 },
    id: 'function-concurrency',
    because: /10 may run/,
    step: /--quota-code L-B99A9384/,
  },
  {
    says: 'Inspector does not scan code',
    reader: { inspector: async () => ({ lambda: 'ENABLED', lambdaCode: 'DISABLED' }) },
    id: 'inspector',
    because: /code: DISABLED/,
    step: /inspector2 enable/,
  },
  {
    says: 'the foundation path is not bootstrapped',
    reader: { bootstrap: async (region, qualifier) => (qualifier === 'shfound' ? undefined : workloadPath({})(region, qualifier)) },
    id: 'bootstrap-foundation',
    because: /not bootstrapped/,
    step: /npx cdk bootstrap aws:\/\/314159265358\/us-east-1 --qualifier shfound --toolkit-stack-name CDKToolkit-shfound /,
  },
  {
    says: 'the workload path may do everything',
    reader: { bootstrap: workloadPath({ executionPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] }) },
    id: 'bootstrap-workload',
    because: /AdministratorAccess/,
    step: /--cloudformation-execution-policies arn:aws:iam::314159265358:policy\/safe-harbor-sandbox-workload-deployment/,
  },
  {
    says: 'the workload path has one policy too many',
    reader: {
      bootstrap: workloadPath({
        executionPolicies: [...workloadDeploymentPolicyArns(ownConfig()), 'arn:aws:iam::aws:policy/IAMFullAccess'],
      }),
    },
    id: 'bootstrap-workload',
    because: /IAMFullAccess/,
    step: /npx cdk bootstrap/,
  },
  {
    says: 'another account may deploy',
    reader: { bootstrap: workloadPath({ trusted: ['271828182845'] }) },
    id: 'bootstrap-workload',
    because: /271828182845/,
    step: /--untrust 271828182845$/,
  },
  {
    says: 'anybody may deploy',
    reader: { bootstrap: workloadPath({ trusted: ['*'] }) },
    id: 'bootstrap-workload',
    because: /\*/,
    step: /npx cdk bootstrap/,
  },
  {
    says: 'the bootstrap is too old',
    reader: { bootstrap: workloadPath({ version: 5 }) },
    id: 'bootstrap-workload',
    because: /Version 5 is older than 6/,
    step: /npx cdk bootstrap/,
  },
  {
    says: 'the operators stack is not deployed',
    reader: { roleExists: async () => false },
    id: 'operators-deployed',
    because: /safe-harbor-sandbox-custodian does not exist/,
    step: /npx cdk deploy operators --exclusively --context environment=sandbox/,
  },
  {
    says: 'the workload path lacks a policy',
    reader: { bootstrap: workloadPath({ executionPolicies: workloadDeploymentPolicyArns(ownConfig()).slice(1) }) },
    id: 'bootstrap-workload',
    because: /CloudFormation's role has/,
    step: /--cloudformation-execution-policies \S+-stores /,
  },
  {
    says: 'the role that deploys has no boundary',
    reader: {
      roleBoundary: async (role) =>
        role.includes('publishing') ? `arn:aws:iam::${account}:policy/safe-harbor-sandbox-workload-deployer-boundary` : undefined,
    },
    id: 'deployers-bounded',
    because: /boundary: cdk-shwork-deploy-role-314159265358-us-east-1\./,
    step: /put-role-permissions-boundary --role-name cdk-shwork-deploy-role-314159265358-us-east-1 --permissions-boundary arn:/,
  },
  {
    says: 'nobody is assigned a permission set',
    reader: { identityCenterRoles: async () => ['AWSReservedSSO_SafeHarborCustodian_0123456789abcdef', 'AWSReservedSSO_Administrator_1'] },
    id: 'permission-sets',
    because: /Not assigned here: SafeHarborResponder, /,
    step: /SafeHarborReviewer, which may sts:AssumeRole safe-harbor-sandbox-reviewer/,
  },
  {
    says: 'the role of AWS Config was left behind by a recorder that is gone',
    reader: { configRecorders: async () => [] },
    id: 'config-role',
    because: /no recorder here uses it/,
    step: /delete-service-linked-role --role-name AWSServiceRoleForConfig/,
  },
  {
    says: 'a break-glass user has an authenticator app only',
    reader: { user: first({ mfaSerials: [`arn:aws:iam::${account}:mfa/break-glass-first`] }) },
    id: 'break-glass-first',
    because: /no FIDO2 key, an MFA device of another kind/,
    step: /Passkey or security key/,
  },
  {
    says: 'a break-glass user has one key, and would be locked out without it',
    reader: { user: first({ mfaSerials: [securityKey('break-glass-first', 'ONE')] }) },
    id: 'break-glass-first',
    because: /one FIDO2 key only/,
    step: /for each of two keys/,
  },
  {
    says: 'a break-glass user has a token besides',
    reader: { user: first({ mfaSerials: [...user.mfaSerials, 'GAHT12345678'] }) },
    id: 'break-glass-first',
    because: /has an MFA device of another kind\./,
    step: /keep the FIDO2 keys/,
  },
  {
    says: 'a break-glass user has access keys and no password',
    reader: { user: first({ hasPassword: false, accessKeys: 1 }) },
    id: 'break-glass-first',
    because: /no password, access keys/,
    step: /delete-access-key --user-name break-glass-first/,
  },
  {
    says: 'a break-glass user is not made yet',
    reader: { user: async (name) => (name === 'break-glass-second' ? undefined : user) },
    id: 'break-glass-second',
    because: /operators stack makes it/,
    step: /create-login-profile --user-name break-glass-second/,
    verdict: 'unknown',
  },
  {
    says: 'nobody confirmed the subscription',
    reader: { confirmedAddresses: async () => [] },
    id: 'alerts-subscription',
    because: /No confirmed/,
    step: /sns subscribe --topic-arn arn:aws:sns:us-east-1:314159265358:safe-harbor-sandbox-alerts/,
  },
]

const judged = async ({ reader, config }: { reader?: Partial<Reader> | undefined; config?: Partial<EnvironmentConfig> | undefined }) => {
  const { groups } = await prepare(ownConfig(config), perfectReader(reader))
  return groups.flatMap(({ checks }) => checks)
}

test('in a perfect account everything that can be read is ok', async () => {
  const checks = await judged({})
  const open = checks.filter(({ judgement }) => judgement.verdict !== 'ok')
  expect(open.map(({ id, judgement }) => [id, judgement.verdict])).toEqual([
    ['business-associate-agreement', 'unknown'],
    ['security-contact', 'unknown'],
    ['s3-public-access-block', 'unknown'],
    ['trail-room', 'unknown'],
    ['log-policy-room', 'unknown'],
    ['adopted-access-analyzer', 'unknown'],
    ['adopted-api-gateway-logging', 'unknown'],
    ['github-environment', 'unknown'],
    ['dns-firewall-fails-closed', 'unknown'],
    ['second-trail', 'unknown'],
    ['answering-line', 'unknown'],
  ])
})

describe('one thing is not as it must be, and that check alone says so', () => {
  const checksPerfect = judged({})
  test.each(broken)('$says', async ({ reader, config, id, because, step, verdict = 'mend' }) => {
    const before = new Map((await checksPerfect).map((check) => [check.id, check.judgement.verdict]))
    const changed = (await judged({ reader, config })).filter((check) => check.judgement.verdict !== before.get(check.id))
    expect(changed.map((check) => check.id)).toEqual([id])
    const [check] = changed
    expect(check?.judgement.verdict).toBe(verdict)
    expect(check?.judgement.because).toMatch(because)
    const steps = (check?.judgement.mend ?? check?.mend ?? []).map((one) => ('run' in one ? one.run : one.do))
    expect(steps.filter((text) => step.test(text))).not.toEqual([])
  })
})

describe('a sandbox of messages and a limit of one dollar', () => {
  const reader: Partial<Reader> = { messagingTier: async () => 'SANDBOX', messagingSpending: async () => ({ text: 100, voice: 1 }) }
  const verdicts = async (purpose: EnvironmentConfig['purpose']) => {
    const config = { ...(purpose === 'production' ? exampleProduction : ownConfig()), accounts: ownConfig().accounts }
    const { groups } = await prepare(config, perfectReader(reader))
    const checks = groups.flatMap((group) => group.checks).filter(({ id }) => id.startsWith('messaging-'))
    return Object.fromEntries(checks.map(({ id, judgement }) => [id, judgement.verdict]))
  }

  test('are enough for a trial', async () => {
    expect(await verdicts('trial')).toMatchObject({ 'messaging-tier': 'ok', 'messaging-spending': 'ok' })
  })
  test('reach nobody in production', async () => {
    expect(await verdicts('production')).toMatchObject({ 'messaging-tier': 'mend', 'messaging-spending': 'mend' })
  })
})

test.each(['aws-trial', 'on-cognito', 'amazon'])('an environment called %s would be refused a domain', async (name) => {
  const { groups } = await prepare({ ...ownConfig(), name }, offline)
  const check = groups[0]?.checks.find(({ id }) => id === 'environment-name')
  expect(check?.judgement.verdict).toBe('mend')
})

test('only the steps that are left are named for a break-glass user', async () => {
  const checks = await judged({ reader: { user: first({ accessKeys: 2 }) } })
  expect(checks.find(({ id }) => id === 'break-glass-first')?.judgement.mend).toHaveLength(1)
})

test('a root user without password needs no MFA', async () => {
  const checks = await judged({ reader: { rootUser: async () => ({ hasMfa: false, hasPassword: false, accessKeys: 0, certificates: 0 }) } })
  expect(checks.find(({ id }) => id === 'root-user')?.judgement.verdict).toBe('ok')
})

test.each(['111122223333', '444455556666', '777788889999', '999988887777', '123456789012', '210987654321', '012345678901', '000000000000'])(
  '%s is an example of the documentation',
  (id) => expect(isExampleAccount(id)).toBe(true),
)

test.each([account, '111122223334', '112233445566', '123456789013'])('%s may be an account', (id) =>
  expect(isExampleAccount(id)).toBe(false),
)

test('an environment with example accounts is to be mended, by duty', async () => {
  const { groups } = await prepare(exampleProduction, offline)
  const check = groups[0]?.checks.find(({ id }) => id === 'account-ids')
  expect(check?.judgement).toEqual({ verdict: 'mend', because: 'Examples still: workload, audit, recovery, management.' })
})
