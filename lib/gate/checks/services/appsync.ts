import { Unknown } from '../../template/value.ts'
import { fail, pass, type ResourceControl } from '../control.ts'
import { isNoneOf, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { isNotScheme } from './holds-none.ts'
import { atRest, audit, authentication, hygiene, inTransit, monitoring, privateNetwork } from './safeguards.ts'
import { behindWebAcl } from './web-acl.ts'

const type = 'AWS::AppSync::GraphQLApi'
const api = { Name: 'records', AuthenticationType: 'AWS_IAM' }
const role = 'arn:aws:iam::111122223333:role/appsync-logs'
const logged = (FieldLogLevel: string, more: Readonly<Record<string, unknown>> = {}) => ({
  ...api,
  LogConfig: { CloudWatchLogsRoleArn: role, FieldLogLevel, ...more },
})
const cache = { ApiId: 'abcdefghijklmnopqrstuvwxyz', Type: 'SMALL', ApiCachingBehavior: 'FULL_REQUEST_CACHING', Ttl: 60 }
const modes = (AuthType: string) => ({
  Name: 'events',
  EventConfig: {
    AuthProviders: [{ AuthType }],
    ConnectionAuthModes: [{ AuthType }],
    DefaultPublishAuthModes: [{ AuthType }],
    DefaultSubscribeAuthModes: [{ AuthType }],
  },
})
const source = (Endpoint: string) => ({ ApiId: 'abcdefghijklmnopqrstuvwxyz', Name: 'records', Type: 'HTTP', HttpConfig: { Endpoint } })

const noKeys = {
  ...authentication,
  why: 'An API key stands in the code of every client and tells nobody apart: who has it reads all that the API gives out.',
} as const

const settings = propertyControls([
  {
    ...noKeys,
    id: 'appsync-graphql-api-no-api-key',
    title: 'GraphQL APIs do not let callers in by an API key',
    remedy: 'Set AuthenticationType to AWS_IAM, AMAZON_COGNITO_USER_POOLS, OPENID_CONNECT or AWS_LAMBDA.',
    type,
    path: 'AuthenticationType',
    expect: isNoneOf('API_KEY'),
    absent: 'fails',
    passing: api,
    failing: { Name: 'records', AuthenticationType: 'API_KEY' },
  },
  {
    ...noKeys,
    severity: 'medium',
    id: 'appsync-graphql-api-no-additional-api-key',
    title: 'GraphQL APIs do not let callers in by an API key beside other ways',
    remedy: 'Take the provider with API_KEY out of AdditionalAuthenticationProviders.',
    type,
    path: 'AdditionalAuthenticationProviders.*.AuthenticationType',
    expect: isNoneOf('API_KEY'),
    absent: 'passes',
    passing: { ...api, AdditionalAuthenticationProviders: [{ AuthenticationType: 'AWS_IAM' }] },
    failing: { ...api, AdditionalAuthenticationProviders: [{ AuthenticationType: 'API_KEY' }] },
  },
  {
    ...noKeys,
    id: 'appsync-event-api-no-api-key',
    title: 'Event APIs of AppSync do not let callers in by an API key',
    remedy: 'Take API_KEY out of EventConfig.AuthProviders.',
    type: 'AWS::AppSync::Api',
    path: 'EventConfig.AuthProviders.*.AuthType',
    expect: isNoneOf('API_KEY'),
    absent: 'does not apply',
    passing: modes('AWS_IAM'),
    failing: modes('API_KEY'),
  },
  {
    ...audit,
    severity: 'medium',
    id: 'appsync-graphql-api-field-logging',
    title: 'GraphQL APIs log the fields that are asked for',
    why: 'Without field logs nobody can tell which parts of a record a query took, or where a resolver refused one.',
    remedy: 'Set LogConfig.FieldLogLevel to ERROR or ALL, with a CloudWatchLogsRoleArn.',
    type,
    path: 'LogConfig.FieldLogLevel',
    expect: isOneOf('ALL', 'ERROR', 'INFO', 'DEBUG'),
    absent: 'fails',
    passing: logged('ERROR'),
    failing: logged('NONE'),
  },
  {
    ...audit,
    severity: 'medium',
    citations: ['164.312(a)(1)', '164.502(b)'],
    id: 'appsync-graphql-api-no-contents-in-log',
    title: 'GraphQL APIs keep the contents of requests out of the log',
    why: 'Verbose content is the headers and the values that resolvers took and gave: patient data then lies where developers and operators read it.',
    remedy: 'Set LogConfig.ExcludeVerboseContent to true.',
    type,
    path: 'LogConfig.ExcludeVerboseContent',
    expect: isOn,
    absent: 'fails',
    when: { path: 'LogConfig.FieldLogLevel', expect: isOneOf('ALL', 'INFO', 'DEBUG') },
    passing: logged('ALL', { ExcludeVerboseContent: true }),
    failing: logged('ALL', { ExcludeVerboseContent: false }),
  },
  {
    ...monitoring,
    id: 'appsync-event-api-logging',
    title: 'Event APIs of AppSync write logs',
    why: 'Without logs nobody can tell who connected and what was refused.',
    remedy: 'Set EventConfig.LogConfig with a LogLevel other than NONE.',
    type: 'AWS::AppSync::Api',
    path: 'EventConfig.LogConfig.LogLevel',
    expect: isOneOf('ERROR', 'ALL', 'INFO', 'DEBUG'),
    absent: 'fails',
    passing: {
      Name: 'events',
      EventConfig: { ...modes('AWS_IAM').EventConfig, LogConfig: { CloudWatchLogsRoleArn: role, LogLevel: 'ERROR' } },
    },
    failing: modes('AWS_IAM'),
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'appsync-graphql-api-tracing',
    title: 'GraphQL APIs are traced with X-Ray',
    why: 'Without traces nobody can follow a query to the stores behind it.',
    remedy: 'Set XrayEnabled to true.',
    type,
    path: 'XrayEnabled',
    expect: isOn,
    absent: 'fails',
    passing: { ...api, XrayEnabled: true },
    failing: api,
  },
  {
    ...hygiene,
    id: 'appsync-graphql-api-introspection-off',
    title: 'GraphQL APIs do not describe themselves to callers',
    why: 'Introspection gives an attacker the whole schema: every type, field and mutation to try.',
    remedy: 'Set IntrospectionConfig to DISABLED.',
    type,
    path: 'IntrospectionConfig',
    expect: isOneOf('DISABLED'),
    absent: 'fails',
    passing: { ...api, IntrospectionConfig: 'DISABLED' },
    failing: api,
  },
  {
    ...hygiene,
    id: 'appsync-graphql-api-query-depth-limit',
    title: 'GraphQL APIs limit how deep a query nests',
    why: 'One deeply nested query can read a whole database, or keep it busy until nobody else is served.',
    remedy: 'Set QueryDepthLimit to a number from 1 to 75.',
    type,
    path: 'QueryDepthLimit',
    expect: (value) => (typeof value === 'object' ? undefined : Number(value) > 0),
    absent: 'fails',
    passing: { ...api, QueryDepthLimit: 10 },
    failing: api,
  },
  {
    ...privateNetwork,
    severity: 'low',
    id: 'appsync-graphql-api-private',
    title: 'GraphQL APIs are reached from a VPC only',
    why: 'A global API stands on the internet: everybody may knock, and only its authorization decides. Where callers are systems of your own, a private one keeps all others away.',
    remedy: 'Set Visibility to PRIVATE.',
    type,
    path: 'Visibility',
    expect: isOneOf('PRIVATE'),
    absent: 'fails',
    passing: { ...api, Visibility: 'PRIVATE' },
    failing: api,
  },
  {
    ...atRest,
    id: 'appsync-cache-encrypted-at-rest',
    title: 'Caches of GraphQL APIs are encrypted at rest',
    why: 'The cache holds answers, and with them patient data, on disks. It cannot be encrypted later.',
    remedy: 'Set AtRestEncryptionEnabled to true.',
    type: 'AWS::AppSync::ApiCache',
    path: 'AtRestEncryptionEnabled',
    expect: isOn,
    absent: 'fails',
    passing: { ...cache, AtRestEncryptionEnabled: true },
    failing: cache,
  },
  {
    ...inTransit,
    id: 'appsync-cache-encrypted-in-transit',
    title: 'Caches of GraphQL APIs are encrypted in transit',
    why: 'Answers with patient data pass between AppSync and its cache in clear unless the cache says otherwise. It cannot be changed later.',
    remedy: 'Set TransitEncryptionEnabled to true.',
    type: 'AWS::AppSync::ApiCache',
    path: 'TransitEncryptionEnabled',
    expect: isOn,
    absent: 'fails',
    passing: { ...cache, TransitEncryptionEnabled: true },
    failing: cache,
  },
  {
    ...inTransit,
    id: 'appsync-http-source-encrypted',
    title: 'GraphQL APIs call HTTP data sources over TLS',
    why: 'A data source at an http address gets queries and gives records in clear.',
    remedy: 'Write an address that begins with https:// in HttpConfig.Endpoint.',
    type: 'AWS::AppSync::DataSource',
    path: 'HttpConfig.Endpoint',
    expect: isNotScheme('http://'),
    absent: 'does not apply',
    passing: source('https://records.example.com'),
    failing: source('http://records.example.com'),
  },
  {
    ...authentication,
    severity: 'medium',
    id: 'appsync-user-pool-denies-by-default',
    title: 'GraphQL APIs with a user pool refuse what no directive allows',
    why: 'With ALLOW each signed-in user may ask for every field that carries no directive, new ones included.',
    remedy: 'Set UserPoolConfig.DefaultAction to DENY, and allow fields by group in the schema.',
    type,
    path: 'UserPoolConfig.DefaultAction',
    expect: isOneOf('DENY'),
    absent: 'does not apply',
    when: { path: 'AuthenticationType', expect: isOneOf('AMAZON_COGNITO_USER_POOLS') },
    passing: {
      Name: 'records',
      AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
      UserPoolConfig: { UserPoolId: 'us-east-1_example', DefaultAction: 'DENY' },
    },
    failing: {
      Name: 'records',
      AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
      UserPoolConfig: { UserPoolId: 'us-east-1_example', DefaultAction: 'ALLOW' },
    },
  },
])

const firewall = behindWebAcl({
  id: 'appsync-graphql-api-waf',
  noun: 'GraphQL APIs',
  type,
  properties: api,
  arn: 'Arn',
  why: 'Without a firewall every probe, every overlong query and every flood reaches the resolvers.',
})

const apiKey: ResourceControl = {
  ...authentication,
  severity: 'medium',
  topic: 'key-rotation',
  citations: ['164.308(a)(5)(ii)(D)', '164.312(d)'],
  id: 'appsync-api-key-expiry-written',
  title: 'API keys of AppSync have a written day on which they end',
  why: 'A key that nobody plans to replace is used until it fails, and then made to last as long as can be.',
  remedy: 'Set Expires.',
  types: ['AWS::AppSync::ApiKey'],
  judge: (resource) => {
    const value = resource.get('Expires')
    if (value instanceof Unknown) return pass('Expires', value)
    return value === undefined ? fail('Expires', undefined) : pass('Expires', value)
  },
  passing: { Key: { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId: 'abcdefghijklmnopqrstuvwxyz', Expires: 1798761600 } } },
  failing: { Key: { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId: 'abcdefghijklmnopqrstuvwxyz' } } },
}

/** Controls on GraphQL and event APIs of AppSync. */
export const appSyncControls: readonly ResourceControl[] = [...settings, firewall, apiKey]
