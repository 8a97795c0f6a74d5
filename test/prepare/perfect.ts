import { parseEnvironment } from '../../lib/config/load-environment.ts'
import type { EnvironmentConfig } from '../../lib/config/schema.ts'
import { workloadDeploymentPolicyArns } from '../../lib/environment/operators/permissions/workload-deployment.ts'
import { peopleRoles } from '../../lib/environment/operators/roles.ts'
import type { OriginationIdentity } from '../../lib/prepare/aws/messaging-facts.ts'
import type { Reader } from '../../lib/prepare/reader.ts'
import { exampleTrial } from '../config/example-environments.ts'

/** The account of the perfect environment. */
export const account = '314159265358'

/** The number that the perfect environment notifies from. */
export const originationIdentity = 'phone-0123456789abcdef0123456789abcdef'

/** A trial whose examples have all been replaced. */
export const ownConfig = (changes: Partial<EnvironmentConfig> = {}): EnvironmentConfig =>
  parseEnvironment(
    {
      ...exampleTrial,
      accounts: { workload: account, audit: account, recovery: account },
      contacts: { security: 'security@on-call.health', privacy: 'privacy@on-call.health', operations: 'operations@on-call.health' },
      signIn: { host: 'on-call.health' },
      telephone: { originationIdentity, country: 'US' },
      github: { repository: 'on-call/restored', environment: 'sandbox' },
      breached: { accounts: ['271828182845'], identifiers: ['vpc-0f00dfeed0f00dfee'] },
      ...changes,
    },
    'sandbox',
  )

/** Serial number of a FIDO2 key, as IAM tells it. */
export const securityKey = (user: string, key: string): string => `arn:aws:iam::${account}:u2f/user/${user}/${key}`

const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess'
const ours = { 'safe-harbor:environment': 'sandbox' }

/** A number that sends text and voice. */
export const perfectIdentity: OriginationIdentity = {
  status: 'ACTIVE',
  messageType: 'TRANSACTIONAL',
  numbers: [{ country: 'US', capabilities: ['SMS', 'VOICE'] }],
}

/** Reads an account in which everything is as it must be and the environment stands. Tests change one answer. */
export const perfectReader = (changes: Partial<Reader> = {}): Reader => ({
  account,
  rootUser: async () => ({ hasMfa: true, hasPassword: true, accessKeys: 0, certificates: 0 }),
  passwordPolicy: async () => ({ minimumLength: 14, allCharacterTypes: true, maximumAge: 90, remembered: 24 }),
  user: async (name) => ({ hasPassword: true, mfaSerials: ['ONE', 'TWO'].map((key) => securityKey(name, key)), accessKeys: 0 }),
  roleExists: async () => true,
  oidcProviderTags: async () => ours,
  bootstrap: async (_region, qualifier) => ({
    version: 33,
    executionPolicies: qualifier === 'shfound' ? [administrator] : workloadDeploymentPolicyArns(ownConfig()),
    trusted: [],
  }),
  roleBoundary: async () => `arn:aws:iam::${account}:policy/safe-harbor-sandbox-workload-deployer-boundary`,
  identityCenterRoles: async () => peopleRoles.map(({ permissionSet }) => `AWSReservedSSO_${permissionSet}_0123456789abcdef`),
  regionState: async () => 'opt-in-not-required',
  availabilityZones: async () => ['us-east-1a', 'us-east-1b', 'us-east-1c'],
  prefixList: async (_region, service) => (service === 's3' ? 'pl-63a5400a' : 'pl-02cd2c6b'),
  endpointServices: async (_region, names) =>
    names.map((name) => ({ name, takesPolicy: true, zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] })),
  volumesAreEncrypted: async () => true,
  metadataTokens: async () => 'required',
  blockPublicAccess: async () => ({ mode: 'block-bidirectional', managedBy: 'account' }),
  vpcExists: async () => true,
  confirmedAddresses: async () => ['security@on-call.health'],
  guardDutyTags: async () => ours,
  securityHubTags: async () => ours,
  configRecorders: async () => ['safe-harbor-sandbox-recorder'],
  macieIsEnabled: async () => true,
  inspector: async () => ({ lambda: 'ENABLED', lambdaCode: 'ENABLED' }),
  quota: async () => 1000,
  backupSettings: async () => ({ optedIn: { DynamoDB: true, S3: true }, managed: { DynamoDB: true } }),
  organizationBackupSettings: async () => ({ isCrossAccountBackupEnabled: 'true' }),
  originationIdentity: async () => perfectIdentity,
  messagingTier: async () => 'PRODUCTION',
  messagingSpending: async () => ({ text: 100, voice: 100 }),
  countriesReached: async (_region, _set, channel) => (channel === 'MMS' ? [] : ['US']),
  secondFactor: async () => 'ON',
  poolHasPeople: async () => true,
  domainHolder: async () => account,
  ...changes,
})
