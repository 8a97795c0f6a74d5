import { isList, isMap } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl } from '../control.ts'
import { isGiven, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { atRest, availability, exampleKey, hygiene, inTransit, monitoring } from './safeguards.ts'

const identity = { EmailIdentity: 'example.com' }
const receipt = (rule: Readonly<Record<string, unknown>>) => ({ RuleSetName: 'inbox', Rule: { Name: 'keep', Enabled: true, ...rule } })
const kept = (more: Readonly<Record<string, unknown>>) => receipt({ Actions: [{ S3Action: { BucketName: 'inbox', ...more } }] })
const phone = {
  IsoCountryCode: 'US',
  NumberCapabilities: ['SMS'],
  NumberType: 'TOLL_FREE',
  MandatoryKeywords: { HELP: { Message: 'Call the clinic for help.' }, STOP: { Message: 'You will get no more messages.' } },
}

const settings = propertyControls([
  {
    ...inTransit,
    id: 'ses-configuration-set-tls-required',
    title: 'SES sends mail over TLS only',
    why: 'Without this, SES sends a message in clear whenever the other mail server does not offer TLS, or somebody on the way hides that it does.',
    remedy: 'Set DeliveryOptions.TlsPolicy to REQUIRE.',
    type: 'AWS::SES::ConfigurationSet',
    path: 'DeliveryOptions.TlsPolicy',
    expect: isOneOf('REQUIRE', 'Require'),
    absent: 'fails',
    passing: { Name: 'clinic', DeliveryOptions: { TlsPolicy: 'REQUIRE' } },
    failing: { Name: 'clinic' },
  },
  {
    ...inTransit,
    severity: 'low',
    id: 'ses-configuration-set-tracking-encrypted',
    title: 'Links that SES tracks are called over TLS',
    why: 'Tracked links and pixels tell on the network who read which message.',
    remedy: 'Set TrackingOptions.HttpsPolicy to REQUIRE.',
    type: 'AWS::SES::ConfigurationSet',
    path: 'TrackingOptions.HttpsPolicy',
    expect: isOneOf('REQUIRE'),
    absent: 'fails',
    when: { path: 'TrackingOptions', expect: isGiven },
    passing: { Name: 'clinic', TrackingOptions: { CustomRedirectDomain: 'links.example.com', HttpsPolicy: 'REQUIRE' } },
    failing: { Name: 'clinic', TrackingOptions: { CustomRedirectDomain: 'links.example.com' } },
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'ses-configuration-set-reputation-metrics',
    title: 'SES measures the reputation of what it sends',
    why: 'A rise of bounces and complaints is how a stolen key to the mail is noticed.',
    remedy: 'Set ReputationOptions.ReputationMetricsEnabled to true.',
    type: 'AWS::SES::ConfigurationSet',
    path: 'ReputationOptions.ReputationMetricsEnabled',
    expect: isOn,
    absent: 'fails',
    passing: { Name: 'clinic', ReputationOptions: { ReputationMetricsEnabled: true } },
    failing: { Name: 'clinic' },
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'ses-identity-configuration-set',
    title: 'Identities of SES send by a configuration set',
    why: 'Mail without a configuration set leaves no events and is not bound to TLS.',
    remedy: 'Set ConfigurationSetAttributes.ConfigurationSetName.',
    type: 'AWS::SES::EmailIdentity',
    path: 'ConfigurationSetAttributes.ConfigurationSetName',
    expect: isGiven,
    absent: 'fails',
    passing: { ...identity, ConfigurationSetAttributes: { ConfigurationSetName: 'clinic' } },
    failing: identity,
  },
  {
    ...hygiene,
    severity: 'medium',
    citations: ['164.312(c)(2)', '164.312(d)'],
    topic: 'authn-authz',
    id: 'ses-identity-signed',
    title: 'SES signs mail with DKIM',
    why: 'Without a signature anybody can send mail that looks as if it came from the clinic.',
    remedy: 'Set DkimAttributes.SigningEnabled to true, or leave it out.',
    type: 'AWS::SES::EmailIdentity',
    path: 'DkimAttributes.SigningEnabled',
    expect: isOn,
    // SES signs with Easy DKIM where nothing is said.
    absent: 'passes',
    passing: { ...identity, DkimAttributes: { SigningEnabled: true } },
    failing: { ...identity, DkimAttributes: { SigningEnabled: false } },
  },
  {
    ...inTransit,
    id: 'ses-receipt-rule-tls-required',
    title: 'SES takes mail over TLS only',
    why: 'With Optional, patients and partners may send records in clear.',
    remedy: 'Set Rule.TlsPolicy to Require.',
    type: 'AWS::SES::ReceiptRule',
    path: 'Rule.TlsPolicy',
    expect: isOneOf('Require'),
    absent: 'fails',
    passing: receipt({ TlsPolicy: 'Require' }),
    failing: receipt({ TlsPolicy: 'Optional' }),
  },
  {
    ...hygiene,
    citations: ['164.308(a)(5)(ii)(B)'],
    id: 'ses-receipt-rule-scanned',
    title: 'SES scans incoming mail for spam and malware',
    why: 'Mail is how most malware arrives; without the scan nothing marks it before people open it.',
    remedy: 'Set Rule.ScanEnabled to true.',
    type: 'AWS::SES::ReceiptRule',
    path: 'Rule.ScanEnabled',
    expect: isOn,
    absent: 'fails',
    passing: receipt({ ScanEnabled: true }),
    failing: receipt({}),
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'smsvoice-configuration-set-events',
    title: 'Text and voice messages leave events',
    why: 'Without events nobody can tell which message reached whom, or that strangers send at your cost.',
    remedy: 'Set EventDestinations.',
    type: 'AWS::SMSVOICE::ConfigurationSet',
    path: 'EventDestinations',
    expect: isGiven,
    absent: 'fails',
    passing: {
      ConfigurationSetName: 'clinic',
      EventDestinations: [
        {
          EventDestinationName: 'all',
          Enabled: true,
          MatchingEventTypes: ['TEXT_ALL'],
          SnsDestination: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:texts' },
        },
      ],
    },
    failing: { ConfigurationSetName: 'clinic' },
  },
  {
    ...hygiene,
    id: 'smsvoice-configuration-set-protected',
    title: 'Text and voice messages go to allowed countries only',
    why: 'Forms that send codes are used to pump messages to costly numbers abroad; a protect configuration blocks those countries.',
    remedy: 'Set ProtectConfigurationId.',
    type: 'AWS::SMSVOICE::ConfigurationSet',
    path: 'ProtectConfigurationId',
    expect: isGiven,
    absent: 'fails',
    passing: { ConfigurationSetName: 'clinic', ProtectConfigurationId: 'protect-1234abcd12ab34cd56ef1234567890ab' },
    failing: { ConfigurationSetName: 'clinic' },
  },
  {
    ...availability,
    severity: 'low',
    id: 'smsvoice-phone-number-deletion-protection',
    title: 'Phone numbers are protected against deletion',
    why: 'A released number may go to somebody else, who then gets the answers of patients.',
    remedy: 'Set DeletionProtectionEnabled to true.',
    type: 'AWS::SMSVOICE::PhoneNumber',
    path: 'DeletionProtectionEnabled',
    expect: isOn,
    absent: 'fails',
    passing: { ...phone, DeletionProtectionEnabled: true },
    failing: phone,
  },
])

const mailKept: ResourceControl = {
  ...atRest,
  severity: 'medium',
  id: 'ses-receipt-rule-kept-mail-encrypted',
  title: 'Mail that SES keeps in S3 is encrypted by a KMS key before it is stored',
  why: 'Incoming mail holds what patients wrote; encrypted by the client, it is not readable for those who may only read the bucket.',
  remedy: 'Set KmsKeyArn of each S3Action.',
  types: ['AWS::SES::ReceiptRule'],
  judge: (resource) => {
    const actions = resource.get('Rule.Actions')
    return (isList(actions) ? actions : []).flatMap((action, index): Outcome[] => {
      const store = isMap(action) ? action['S3Action'] : undefined
      if (!isMap(store)) return []
      const path = `Rule.Actions.${index}.S3Action.KmsKeyArn`
      return [store['KmsKeyArn'] === undefined ? fail(path, undefined) : pass(path, store['KmsKeyArn'])]
    })
  },
  passing: { Rule: { Type: 'AWS::SES::ReceiptRule', Properties: kept({ KmsKeyArn: exampleKey }) } },
  failing: { Rule: { Type: 'AWS::SES::ReceiptRule', Properties: kept({}) } },
}

/** Controls on mail, text and voice messages. */
export const mailAndTextControls: readonly ResourceControl[] = [...settings, mailKept]
