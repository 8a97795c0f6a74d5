import type { Template } from 'aws-cdk-lib/assertions'
import { expect } from 'vitest'
import { nameOf } from '../../../../lib/config/names.ts'
import type { EnvironmentConfig } from '../../../../lib/config/schema.ts'
import { type Claim, resourcesOf } from '../claim.ts'
import { entryWith, expectKept, onlyOne, outputOf, resourceWith } from '../resources.ts'

const pools = ['providers', 'patients', 'line'] as const
/** One pool. */
export type PoolName = (typeof pools)[number]

/** Logical id of a pool. */
export const poolId = (template: Template, config: EnvironmentConfig, pool: PoolName): string =>
  entryWith(template, 'AWS::Cognito::UserPool', 'UserPoolName', nameOf(config, pool))[0]

/** Logical id of a pool's app client. */
export const clientId = (template: Template, config: EnvironmentConfig, pool: PoolName): string =>
  entryWith(template, 'AWS::Cognito::UserPoolClient', 'ClientName', nameOf(config, pool))[0]

/** Logical id of the token function. */
export const tokenFunctionId = (template: Template, config: EnvironmentConfig): string =>
  entryWith(template, 'AWS::Lambda::Function', 'FunctionName', nameOf(config, 'token'))[0]

const attribute = (Name: string, Mutable: boolean, MaxLength: string) => ({
  Name,
  Mutable,
  AttributeDataType: 'String',
  Required: false,
  StringAttributeConstraints: { MinLength: '8', MaxLength },
})
const schemas = {
  providers: [attribute('practices', true, '2000')],
  patients: [attribute('practice', false, '32'), attribute('patient', false, '32')],
  line: undefined,
} satisfies Record<PoolName, unknown>

function poolProperties(template: Template, config: EnvironmentConfig, pool: PoolName) {
  const withClaims = {
    LambdaConfig: {
      PreTokenGenerationConfig: { LambdaArn: { 'Fn::GetAtt': [tokenFunctionId(template, config), 'Arn'] }, LambdaVersion: 'V2_0' },
    },
    Schema: schemas[pool],
  }
  return {
    UserPoolName: nameOf(config, pool),
    UserPoolTier: 'PLUS',
    DeletionProtection: config.purpose === 'production' ? 'ACTIVE' : 'INACTIVE',
    KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn: outputOf(config, 'keys', 'PeopleKey') },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    UsernameConfiguration: { CaseSensitive: false },
    MfaConfiguration: 'ON',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    WebAuthnFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
    WebAuthnUserVerification: 'required',
    WebAuthnRelyingPartyID: config.signIn.host,
    Policies: {
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
      PasswordPolicy: {
        MinimumLength: 14,
        RequireLowercase: true,
        RequireUppercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
        PasswordHistorySize: 24,
        TemporaryPasswordValidityDays: 1,
      },
    },
    UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'ENFORCED' } },
    ...(pool !== 'line' && withClaims),
  }
}

const app = (template: Template, config: EnvironmentConfig, pool: PoolName, hours: number, reads: readonly string[]) => ({
  UserPoolId: { Ref: poolId(template, config, pool) },
  ClientName: nameOf(config, pool),
  GenerateSecret: false,
  ExplicitAuthFlows: ['ALLOW_USER_AUTH'],
  SupportedIdentityProviders: ['COGNITO'],
  AllowedOAuthFlowsUserPoolClient: false,
  PreventUserExistenceErrors: 'ENABLED',
  EnableTokenRevocation: true,
  AuthSessionValidity: 3,
  IdTokenValidity: 15,
  AccessTokenValidity: 15,
  RefreshTokenValidity: hours,
  TokenValidityUnits: { IdToken: 'minutes', AccessToken: 'minutes', RefreshToken: 'hours' },
  RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
  ReadAttributes: reads,
  WriteAttributes: ['locale'],
})

const answer = (EventAction: string) => ({ EventAction, Notify: false })

/** What must be said of pools, apps and the answering line. */
export const signInClaims: readonly Omit<Claim, 'stack'>[] = [
  ...pools.map((pool) => ({
    says: `the pool of ${pool} is administered, asks for two factors, enforces threat protection, hands nothing out, and is kept`,
    check: (template: Template, config: EnvironmentConfig) => {
      const found = resourceWith(template, 'AWS::Cognito::UserPool', 'UserPoolName', nameOf(config, pool))
      expect(found.Properties).toEqual(poolProperties(template, config, pool))
      expectKept(found, config, 'operational')
    },
  })),
  {
    says: 'every pool blocks high risk and passwords that are known elsewhere, and asks for a second factor at any risk',
    check: (template, config) =>
      expect(
        Object.values(resourcesOf(template, 'AWS::Cognito::UserPoolRiskConfigurationAttachment')).map((found) => found.Properties),
      ).toEqual(
        pools.map((pool) => ({
          UserPoolId: { Ref: poolId(template, config, pool) },
          ClientId: 'ALL',
          AccountTakeoverRiskConfiguration: {
            Actions: { LowAction: answer('MFA_REQUIRED'), MediumAction: answer('MFA_REQUIRED'), HighAction: answer('BLOCK') },
          },
          CompromisedCredentialsRiskConfiguration: {
            Actions: { EventAction: 'BLOCK' },
            EventFilter: ['SIGN_IN', 'PASSWORD_CHANGE', 'SIGN_UP'],
          },
        })),
      ),
  },
  {
    says: 'the app of each pool keeps no secret, signs in by choice of factors alone, writes no administered attribute, and its tokens are short',
    check: (template, config) => {
      const found = (pool: PoolName) =>
        resourceWith(template, 'AWS::Cognito::UserPoolClient', 'ClientName', nameOf(config, pool)).Properties
      expect(found('providers')).toEqual(app(template, config, 'providers', 8, ['locale', 'custom:practices']))
      expect(found('patients')).toEqual(app(template, config, 'patients', 1, ['locale', 'custom:practice', 'custom:patient']))
    },
  },
  {
    says: 'the answering line signs in as a machine, with a pool and a scope of its own',
    check: (template, config) => {
      const UserPoolId = { Ref: poolId(template, config, 'line') }
      const client = resourceWith(template, 'AWS::Cognito::UserPoolClient', 'ClientName', nameOf(config, 'line'))
      const [server] = Object.keys(resourcesOf(template, 'AWS::Cognito::UserPoolResourceServer'))
      expect(client.DependsOn).toEqual([server])
      expect(client.Properties).toEqual({
        UserPoolId,
        ClientName: nameOf(config, 'line'),
        GenerateSecret: true,
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ['client_credentials'],
        AllowedOAuthScopes: ['line/calls.write'],
        ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
        PreventUserExistenceErrors: 'ENABLED',
        EnableTokenRevocation: true,
        AccessTokenValidity: 15,
        TokenValidityUnits: { AccessToken: 'minutes' },
      })
      expect(onlyOne(template, 'AWS::Cognito::UserPoolResourceServer').Properties).toEqual({
        UserPoolId,
        Identifier: 'line',
        Name: nameOf(config, 'line'),
        Scopes: [{ ScopeName: 'calls.write', ScopeDescription: 'Hand in calls of unknown callers.' }],
      })
      expect(onlyOne(template, 'AWS::Cognito::UserPoolDomain').Properties).toEqual({
        UserPoolId,
        Domain: nameOf(config, `line-${config.accounts.workload}`),
        ManagedLoginVersion: 2,
      })
    },
  },
  {
    says: 'Cognito may call the token function for the pools of people, and for no other',
    check: (template, config) =>
      expect(Object.values(resourcesOf(template, 'AWS::Lambda::Permission')).map(({ Properties }) => Properties)).toEqual(
        (['providers', 'patients'] as const).map((pool) => ({
          Action: 'lambda:InvokeFunction',
          FunctionName: { 'Fn::GetAtt': [tokenFunctionId(template, config), 'Arn'] },
          Principal: 'cognito-idp.amazonaws.com',
          SourceAccount: config.accounts.workload,
          SourceArn: { 'Fn::GetAtt': [poolId(template, config, pool), 'Arn'] },
        })),
      ),
  },
  {
    says: 'every sign-in of a person is logged, into one classified group that is kept as long as the configuration says',
    check: (template, config) => {
      const name = `/aws/vendedlogs/safe-harbor-${config.name}/sign-in`
      const [id, group] = entryWith(template, 'AWS::Logs::LogGroup', 'LogGroupName', name)
      expect(group.Properties).toEqual({ LogGroupName: name, RetentionInDays: config.retention.logDays })
      expectKept(group, config, 'audit-trail')
      const LogGroupArn = `arn:aws:logs:${config.regions.primary}:${config.accounts.workload}:log-group:${name}`
      const deliveries = Object.values(resourcesOf(template, 'AWS::Cognito::LogDeliveryConfiguration'))
      expect(deliveries.map(({ DependsOn }) => DependsOn)).toEqual([[id], [id]])
      expect(deliveries.map(({ Properties }) => Properties)).toEqual(
        (['providers', 'patients'] as const).map((pool) => ({
          UserPoolId: { Ref: poolId(template, config, pool) },
          LogConfigurations: [{ EventSource: 'userAuthEvents', LogLevel: 'INFO', CloudWatchLogsConfiguration: { LogGroupArn } }],
        })),
      )
    },
  },
  {
    says: 'apps are told the ids of their clients, and nothing else is put out for people but where sessions are opened',
    check: (template, config) => {
      const outputs = Object.entries(template.toJSON().Outputs as Record<string, { Value: unknown }>)
      const shown = outputs.filter(([name]) => !name.startsWith('PublishOutput'))
      const id = (pool: PoolName) => ({ Value: { Ref: clientId(template, config, pool) } })
      expect(Object.fromEntries(shown)).toEqual({
        ProvidersClientId: id('providers'),
        PatientsClientId: id('patients'),
        LineClientId: id('line'),
        SessionsOpenThrough: { Value: outputOf(config, 'network', 'Endpointssts') },
      })
    },
  },
]
