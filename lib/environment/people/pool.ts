import { CfnUserPool, CfnUserPoolRiskConfigurationAttachment } from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { classify } from '../constructs/classify.ts'
import { removalPolicy } from '../removal.ts'

/** An attribute that administrators give a person. It holds ids of ours, separated by spaces. */
export interface AdministeredAttribute {
  /** `practices`; Cognito calls it `custom:practices`. */
  readonly name: string
  /** Whether it can be changed later; where it cannot, nobody turns one person's account into another's. */
  readonly mutable: boolean
  /** Most characters it holds. */
  readonly longest: number
}

/** What a user pool needs. Sign-in, second factor, password rules, threat protection and recovery are the same for all. */
export interface PoolProps {
  readonly config: EnvironmentConfig
  /** Whose pool it is: `providers`. */
  readonly what: string
  /** ARN of the key it is encrypted with. */
  readonly keyArn: string
  readonly attributes: readonly AdministeredAttribute[]
  /** ARN of the function that puts claims into tokens. @default tokens stay as Cognito makes them */
  readonly tokenFunctionArn?: string
}

/**
 * People with opaque names, made by administrators only. A pool holds no health information, no name, no address and no telephone number, so nothing can be sent to
 * anybody by it: a forgotten password and a lost second factor are the administrator's to reset. "Implement procedures to verify that a person or entity seeking
 * access to electronic protected health information is the one claimed" (45 CFR 164.312(d)).
 */
export class Pool extends Construct {
  readonly resource: CfnUserPool
  /** Where its tokens come from, without the scheme: `cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE`. */
  readonly issuer: string

  constructor(scope: Construct, id: string, { config, what, keyArn, attributes, tokenFunctionArn }: PoolProps) {
    super(scope, id)
    this.resource = new CfnUserPool(this, 'Resource', {
      userPoolName: nameOf(config, what),
      // Threat protection is part of this plan only (Amazon Cognito Developer Guide, "User pool feature plans").
      userPoolTier: 'PLUS',
      deletionProtection: config.purpose === 'production' ? 'ACTIVE' : 'INACTIVE',
      keyConfiguration: { keyType: 'CUSTOMER_MANAGED_KEY', kmsKeyArn: keyArn },
      // A patient's id and practice are administered, and whoever could sign up could claim them: providers and patients are both made by administrators.
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      accountRecoverySetting: { recoveryMechanisms: [{ name: 'admin_only', priority: 1 }] },
      usernameConfiguration: { caseSensitive: false },
      ...(attributes.length > 0 && { schema: attributes.map(schemaOf) }),
      ...signIn(config),
      userPoolAddOns: { advancedSecurityMode: 'ENFORCED', advancedSecurityAdditionalFlows: { customAuthMode: 'ENFORCED' } },
      ...(tokenFunctionArn !== undefined && {
        lambdaConfig: { preTokenGenerationConfig: { lambdaArn: tokenFunctionArn, lambdaVersion: 'V2_0' } },
      }),
    })
    this.resource.applyRemovalPolicy(removalPolicy(config))
    classify(this.resource, 'operational')
    this.issuer = `cognito-idp.${config.regions.primary}.amazonaws.com/${this.resource.ref}`
    answerRisks(this, this.resource.ref)
  }
}

const schemaOf = ({ name, mutable, longest }: AdministeredAttribute): CfnUserPool.SchemaAttributeProperty => ({
  name,
  attributeDataType: 'String',
  mutable,
  required: false,
  stringAttributeConstraints: { minLength: '8', maxLength: String(longest) },
})

const signIn = (config: EnvironmentConfig) => ({
  mfaConfiguration: 'ON',
  enabledMfas: ['SOFTWARE_TOKEN_MFA'],
  // A passkey that verifies its user is two factors at once; any other setting shuts passkeys out where a second factor is required.
  webAuthnFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
  webAuthnUserVerification: 'required',
  // A browser offers a passkey to this host and those below it alone, and to no page that imitates ours (Web Authentication Level 2, section 13.4.9).
  webAuthnRelyingPartyId: config.signIn.host,
  policies: {
    signInPolicy: { allowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
    passwordPolicy: {
      minimumLength: 14,
      requireLowercase: true,
      requireUppercase: true,
      requireNumbers: true,
      requireSymbols: true,
      passwordHistorySize: 24,
      temporaryPasswordValidityDays: 1,
    },
  },
})

// Nobody is told by the pool, for it knows no address; its log is (Amazon Cognito Developer Guide, "Advanced security with threat protection").
function answerRisks(scope: Construct, userPoolId: string): void {
  const answer = (eventAction: string) => ({ eventAction, notify: false })
  new CfnUserPoolRiskConfigurationAttachment(scope, 'Risks', {
    userPoolId,
    clientId: 'ALL',
    accountTakeoverRiskConfiguration: {
      actions: { lowAction: answer('MFA_REQUIRED'), mediumAction: answer('MFA_REQUIRED'), highAction: answer('BLOCK') },
    },
    compromisedCredentialsRiskConfiguration: {
      actions: { eventAction: 'BLOCK' },
      eventFilter: ['SIGN_IN', 'PASSWORD_CHANGE', 'SIGN_UP'],
    },
  })
}
