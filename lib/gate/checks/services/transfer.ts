import { isList, listOf, Unknown } from '../../template/value.ts'
import { fail, pass, type ResourceControl, undecided } from '../control.ts'
import { isGiven, isNoneOf, isOneOf, matches } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { audit, authentication, hygiene, inTransit, privateNetwork } from './safeguards.ts'

const server = 'AWS::Transfer::Server'
const connector = 'AWS::Transfer::Connector'
const as2 = (part: Readonly<Record<string, unknown>>) => ({
  AccessRole: 'arn:aws:iam::111122223333:role/as2',
  Url: 'https://partner.example/as2',
  As2Config: {
    LocalProfileId: 'p-01234567890abcdef',
    PartnerProfileId: 'p-11234567890abcdef',
    Compression: 'DISABLED',
    EncryptionAlgorithm: 'AES256_CBC',
    SigningAlgorithm: 'SHA256',
    MdnSigningAlgorithm: 'SHA256',
    MdnResponse: 'SYNC',
    ...part,
  },
})
const sftp = (SftpConfig: Readonly<Record<string, unknown>>) => ({
  AccessRole: 'arn:aws:iam::111122223333:role/sftp',
  Url: 'sftp://partner.example',
  SftpConfig,
})
const inVpc = (part: Readonly<Record<string, unknown>> = {}) => ({
  EndpointType: 'VPC',
  EndpointDetails: { VpcId: 'vpc-0123456789abcdef0', SubnetIds: ['subnet-0123456789abcdef0'], ...part },
})
const user = (part: Readonly<Record<string, unknown>>) => ({
  Role: 'arn:aws:iam::111122223333:role/partner',
  ServerId: 's-01234567890abcdef',
  UserName: 'partner',
  ...part,
})
const isAs2 = { path: 'As2Config', expect: isGiven } as const

const rows = propertyControls([
  {
    ...inTransit,
    id: 'transfer-server-no-ftp',
    title: 'Transfer servers do not speak FTP without TLS',
    why: 'FTP sends user names, passwords and files over the network in clear.',
    remedy: 'Use SFTP or FTPS in Protocols.',
    type: server,
    path: 'Protocols.*',
    expect: isNoneOf('FTP'),
    absent: 'passes',
    passing: { Protocols: ['SFTP'] },
    failing: { ...inVpc(), Protocols: ['FTP'], IdentityProviderType: 'AWS_LAMBDA' },
  },
  {
    ...privateNetwork,
    id: 'transfer-server-in-vpc',
    title: 'Transfer servers have their endpoint in a VPC',
    why: 'A public endpoint takes logins from every address on the internet, and no security group can narrow it.',
    remedy: 'Set EndpointType to VPC, with EndpointDetails.',
    type: server,
    path: 'EndpointType',
    expect: isNoneOf('PUBLIC'),
    absent: 'fails',
    passing: inVpc(),
    failing: {},
  },
  {
    ...privateNetwork,
    id: 'transfer-server-internal',
    title: 'Transfer servers in a VPC have no public address',
    why: 'With an Elastic IP address the whole internet reaches the login unless a security group names the partners.',
    remedy: 'Leave out EndpointDetails.AddressAllocationIds.',
    type: server,
    path: 'EndpointDetails.AddressAllocationIds',
    expect: (value) => isList(value) && value.length === 0,
    absent: 'passes',
    when: { path: 'EndpointType', expect: isOneOf('VPC') },
    passing: inVpc(),
    failing: inVpc({ AddressAllocationIds: ['eipalloc-0123456789abcdef0'] }),
  },
  {
    ...inTransit,
    severity: 'medium',
    id: 'transfer-server-security-policy',
    title: 'Transfer servers use a security policy of 2022 or later',
    why: 'CloudFormation gives a server without one the policy of 2018, with SHA-1 and key exchanges that are no longer safe.',
    remedy: 'Set SecurityPolicyName to a recent policy, such as TransferSecurityPolicy-2024-01.',
    type: server,
    path: 'SecurityPolicyName',
    expect: matches(/-20(2[2-9]|[3-9]\d)-\d\d$/),
    absent: 'fails',
    passing: { SecurityPolicyName: 'TransferSecurityPolicy-2024-01' },
    failing: { SecurityPolicyName: 'TransferSecurityPolicy-2018-11' },
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'transfer-server-public-key-login',
    title: 'Transfer servers do not let users in by password alone',
    why: 'Passwords of SFTP accounts are guessed day and night, and reused ones are found in leaks.',
    remedy: 'Set IdentityProviderDetails.SftpAuthenticationMethods to PUBLIC_KEY or PUBLIC_KEY_AND_PASSWORD.',
    type: server,
    path: 'IdentityProviderDetails.SftpAuthenticationMethods',
    expect: isOneOf('PUBLIC_KEY', 'PUBLIC_KEY_AND_PASSWORD'),
    absent: 'fails',
    when: { path: 'IdentityProviderType', expect: isOneOf('API_GATEWAY', 'AWS_LAMBDA') },
    passing: identified({ SftpAuthenticationMethods: 'PUBLIC_KEY' }),
    failing: identified({}),
  },
  {
    ...inTransit,
    severity: 'low',
    id: 'transfer-server-tls-session-resumption',
    title: 'Transfer servers with FTPS take data only in the session that logged in',
    why: 'Otherwise somebody else can open the data connection of a running FTPS session and take or plant the file.',
    remedy: 'Set ProtocolDetails.TlsSessionResumptionMode to ENFORCED, or leave it out.',
    type: server,
    path: 'ProtocolDetails.TlsSessionResumptionMode',
    expect: isOneOf('ENFORCED'),
    absent: 'passes',
    passing: { ProtocolDetails: { TlsSessionResumptionMode: 'ENFORCED' } },
    failing: { ProtocolDetails: { TlsSessionResumptionMode: 'DISABLED' } },
  },
  {
    ...audit,
    severity: 'medium',
    id: 'transfer-connector-logging',
    title: 'Transfer connectors write a log',
    why: 'Without it nobody can say which files went to which partner.',
    remedy: 'Set LoggingRole.',
    type: connector,
    path: 'LoggingRole',
    expect: isGiven,
    absent: 'fails',
    passing: { ...as2({}), LoggingRole: 'arn:aws:iam::111122223333:role/transfer-log' },
    failing: as2({}),
  },
  {
    ...inTransit,
    id: 'transfer-connector-as2-encryption',
    title: 'AS2 connectors encrypt what they send',
    why: 'Between the gateways of both partners the message lies open otherwise, on every system that passes it on.',
    remedy: 'Set As2Config.EncryptionAlgorithm to AES256_CBC.',
    type: connector,
    path: 'As2Config.EncryptionAlgorithm',
    expect: isNoneOf('NONE', 'DES_EDE3_CBC'),
    absent: 'fails',
    when: isAs2,
    passing: as2({}),
    failing: as2({ EncryptionAlgorithm: 'NONE' }),
  },
  {
    ...inTransit,
    severity: 'medium',
    id: 'transfer-connector-as2-signing',
    title: 'AS2 connectors sign what they send with a strong hash',
    why: 'Without a signature the partner cannot tell whether a claim or a referral was altered or invented.',
    remedy: 'Set As2Config.SigningAlgorithm to SHA256 or stronger.',
    type: connector,
    path: 'As2Config.SigningAlgorithm',
    expect: isNoneOf('NONE', 'SHA1'),
    absent: 'fails',
    when: isAs2,
    passing: as2({}),
    failing: as2({ SigningAlgorithm: 'NONE' }),
  },
  {
    ...inTransit,
    severity: 'medium',
    id: 'transfer-connector-https',
    title: 'AS2 connectors send over HTTPS',
    why: 'Over HTTP the names of both partners and of the files are in clear, and anyone on the way can hold messages back.',
    remedy: 'Write https:// in Url.',
    type: connector,
    path: 'Url',
    expect: matches(/^https:\/\//i),
    absent: 'does not apply',
    when: isAs2,
    passing: as2({}),
    failing: { ...as2({}), Url: 'http://partner.example/as2' },
  },
  {
    ...authentication,
    id: 'transfer-connector-trusted-host-keys',
    title: 'SFTP connectors know the host keys of the partner',
    why: 'Without a known key the connector hands its login and its files to whoever answers in the place of the partner.',
    remedy: 'Set SftpConfig.TrustedHostKeys.',
    type: connector,
    path: 'SftpConfig.TrustedHostKeys',
    expect: isGiven,
    absent: 'fails',
    when: { path: 'SftpConfig', expect: isGiven },
    passing: sftp({ UserSecretId: 'partner', TrustedHostKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEXAMPLE'] }),
    failing: sftp({ UserSecretId: 'partner' }),
  },
  {
    ...inTransit,
    severity: 'medium',
    id: 'transfer-agreement-signed-messages',
    title: 'AS2 agreements refuse messages without a signature',
    why: 'Anyone who knows the two names of the partners can otherwise send in files that look like theirs.',
    remedy: 'Set EnforceMessageSigning to ENABLED.',
    type: 'AWS::Transfer::Agreement',
    path: 'EnforceMessageSigning',
    expect: isOneOf('ENABLED'),
    absent: 'passes',
    passing: agreement('ENABLED'),
    failing: agreement('DISABLED'),
  },
  {
    ...hygiene,
    topic: 'iam-privilege',
    severity: 'medium',
    citations: ['164.312(a)(1)'],
    id: 'transfer-user-home-directory',
    title: 'Users of Transfer servers see their own directory only',
    why: 'With the type PATH a user walks up to the bucket and reads whatever the role may read, such as the files of other partners.',
    remedy: 'Set HomeDirectoryType to LOGICAL, with HomeDirectoryMappings.',
    type: 'AWS::Transfer::User',
    path: 'HomeDirectoryType',
    expect: isOneOf('LOGICAL'),
    absent: 'fails',
    passing: user({ HomeDirectoryType: 'LOGICAL', HomeDirectoryMappings: [{ Entry: '/', Target: '/intake/partner' }] }),
    failing: user({ HomeDirectory: '/intake' }),
  },
  {
    ...privateNetwork,
    severity: 'low',
    id: 'transfer-web-app-in-vpc',
    title: 'Transfer web apps have their endpoint in a VPC',
    why: 'A public web app shows its login to every address on the internet.',
    remedy: 'Set EndpointDetails.Vpc.',
    type: 'AWS::Transfer::WebApp',
    path: 'EndpointDetails.Vpc',
    expect: isGiven,
    absent: 'fails',
    passing: webApp({ EndpointDetails: { Vpc: { VpcId: 'vpc-0123456789abcdef0', SubnetIds: ['subnet-0123456789abcdef0'] } } }),
    failing: webApp({}),
  },
])

function identified(part: Readonly<Record<string, unknown>>) {
  return {
    IdentityProviderType: 'AWS_LAMBDA',
    IdentityProviderDetails: { Function: 'arn:aws:lambda:us-east-1:111122223333:function:login', ...part },
  }
}

function agreement(EnforceMessageSigning: string) {
  const profiles = { LocalProfileId: 'p-01234567890abcdef', PartnerProfileId: 'p-11234567890abcdef' }
  return {
    ServerId: 's-01234567890abcdef',
    AccessRole: 'arn:aws:iam::111122223333:role/as2',
    BaseDirectory: '/intake/as2',
    ...profiles,
    EnforceMessageSigning,
  }
}

function webApp(part: Readonly<Record<string, unknown>>) {
  const identity = { InstanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef', Role: 'arn:aws:iam::111122223333:role/web-app' }
  return { IdentityProviderDetails: identity, ...part }
}

const logged: ResourceControl = {
  ...audit,
  severity: 'medium',
  id: 'transfer-server-logging',
  title: 'Transfer servers log logins and transfers',
  why: 'Without it nobody can say who fetched which file, or that passwords are being guessed.',
  remedy: 'Set StructuredLogDestinations to a log group, or LoggingRole.',
  types: [server],
  judge: (resource) => {
    const [destinations, role] = [resource.get('StructuredLogDestinations'), resource.get('LoggingRole')]
    if (destinations instanceof Unknown || role instanceof Unknown)
      return role instanceof Unknown ? pass('LoggingRole', role) : undecided('StructuredLogDestinations', 'it is computed at deployment')
    if (listOf(destinations).length > 0) return pass('StructuredLogDestinations', destinations)
    return role === undefined || role === '' ? fail('StructuredLogDestinations', destinations) : pass('LoggingRole', role)
  },
  passing: {
    Server: { Type: server, Properties: { StructuredLogDestinations: ['arn:aws:logs:us-east-1:111122223333:log-group:transfer:*'] } },
  },
  failing: { Server: { Type: server, Properties: {} } },
}

/** Controls on servers, connectors and users of AWS Transfer Family. */
export const transferControls: readonly ResourceControl[] = [...rows, logged]
