import { z } from 'zod'
import { phases } from './phases.ts'
import { logRetentionDays } from './retention.ts'
import { refineAcrossFields } from './schema-rules.ts'

/** Account-wide services that may exist before Safe Harbor; a second one cannot be created, so the existing one is adopted. */
export const adoptableServices = [
  'access-analyzer',
  'api-gateway-logging',
  'config',
  'github-oidc-provider',
  'guardduty',
  'macie',
  'security-hub',
  'vpc-block-public-access',
] as const

/** One adoptable account-wide service. */
export type AdoptableService = (typeof adoptableServices)[number]

const account = z
  .string({ error: 'must be text in quotes, so that leading zeros stay.' })
  .regex(/^\d{12}$/, 'must be an AWS account id of 12 digits; `aws sts get-caller-identity` prints it.')
// Other partitions have other ARNs and host names than the templates say.
const region = z
  .string()
  .regex(/^(?!us-gov-|us-iso|cn-)[a-z]{2}(-[a-z]+)+-\d$/, 'must be the code of a commercial Region, such as us-east-1.')
const prefixList = z.string().regex(/^pl-[0-9a-f]{8,17}$/, 'must be a prefix list id; `aws ec2 describe-managed-prefix-lists` prints it.')
const email = z.email('must be an e-mail address that a team reads, such as security@example.org.')
const wholeDays = (least: number, why: string) => z.int(`must be a whole number of days. ${why}`).min(least, why)
const listed = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}.` })

const practice = z.strictObject({
  /** Random id of the practice; it appears in encryption contexts and so in the audit trail, and must say nothing. */
  id: z.string().regex(/^[a-z0-9]{8,32}$/, 'must be 8 to 32 random lower-case letters and digits: it appears in audit records.'),
  /** How many patients the practice has; the report counts reach in patients. */
  patients: z.int('must be a whole number.').min(0, 'must be zero or more.'),
})

const shape = z.strictObject({
  /** Name of the environment; part of every name in the account. */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,14}$/, 'must be 2 to 15 lower-case letters, digits and hyphens: it is part of bucket names.')
    .regex(
      /^(?!.*(aws|amazon|cognito))/,
      'must not hold aws, amazon or cognito: Cognito refuses them in the domain that gives out tokens.',
    ),
  /** What it is for: a trial can be removed again, production is protected from removal. */
  purpose: listed(['trial', 'production']),
  /** The accounts. They may be one and the same in a trial. */
  accounts: z.strictObject({ workload: account, audit: account, recovery: account }),
  /** The primary Region, and the Region that copies go to. */
  regions: z.strictObject({ primary: region, recovery: region.optional() }),
  network: z.strictObject({
    /** IPv4 range of the VPC, /16 to /20, private by RFC 1918. */
    cidr: z.string(),
    /** Availability zones, named: synthesis looks nothing up. */
    availabilityZones: z
      .array(z.string())
      .min(2, 'must name at least two availability zones of the primary Region.')
      .max(3, 'must name at most three.'),
    /** Ranges already used elsewhere, the old environment's among them; the VPC may not overlap any. */
    reservedCidrs: z.array(z.string()),
    /** Ids of the prefix lists AWS keeps for the gateway endpoints; `aws ec2 describe-managed-prefix-lists` prints them. */
    gatewayPrefixLists: z.strictObject({ dynamodb: prefixList, s3: prefixList }),
  }),
  /** Who is written to. */
  contacts: z.strictObject({ security: email, privacy: email, operations: email }),
  retention: z.strictObject({
    /** How long the audit archive is kept, in days. */
    auditDays: wholeDays(1, 'Write at least 1.'),
    /** How long logs are searchable in CloudWatch, in days. */
    logDays: z.literal(logRetentionDays, { error: `must be a period CloudWatch Logs offers: ${logRetentionDays.join(', ')}.` }),
    /** How long a recovery point is kept, in days. Each is a full copy and is paid for; the oldest must be from before an intruder came. */
    backupDays: wholeDays(1, 'Write at least 1.'),
  }),
  /** Lock on archive and recovery points. `compliance`: nobody can shorten it; `governance`: a named permission can. */
  lock: z.strictObject({ mode: listed(['governance', 'compliance']), days: wholeDays(1, 'Write at least 1.') }),
  /** Practices served. */
  practices: z.array(practice).min(1, 'must name at least one practice.'),
  /** Phase of the restoration. */
  phase: listed(phases),
  /** Ids of the practices served in phase `pilot`. */
  pilotPractices: z.array(z.string()),
  breached: z.strictObject({
    /** Account ids of the breached environment. */
    accounts: z.array(account),
    /** Any other identifier of it: key ids, ARNs, VPC ids, host names, at least 6 characters each. */
    identifiers: z.array(z.string().min(6, 'must be at least 6 characters, or it would match by accident.')),
  }),
  /** Account-wide services that exist already and are adopted rather than created. */
  adopted: z.array(listed(adoptableServices)),
  /** Host people sign in at, or the domain above it: passkeys are bound to it, and work on no page that imitates ours. */
  signIn: z.strictObject({
    host: z
      .string()
      .regex(
        /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
        'must be a host name of your own, such as on-call.example.org.',
      ),
  }),
  /** The number or the pool of numbers that notifications are sent from; somebody registers it with the carriers first, which takes weeks. */
  telephone: z.strictObject({
    /** Id of a phone number or pool of AWS End User Messaging; `aws pinpoint-sms-voice-v2 describe-phone-numbers` prints it. */
    originationIdentity: z
      .string()
      .regex(
        /^(phone|pool)-[0-9a-f]{32}$/,
        'must be the id of a phone number or pool; `aws pinpoint-sms-voice-v2 describe-phone-numbers` prints it.',
      ),
    /** Country that notifications may go to, ISO 3166 alpha-2. Others are refused. */
    country: z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two letters, such as US.'),
  }),
  /** The one repository and GitHub environment that may deploy. */
  github: z.strictObject({
    repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/name of the GitHub repository.'),
    environment: z.string().regex(/^[\w.-]+$/, 'must be the name of a GitHub environment with required reviewers.'),
  }),
  /** The two people who may break glass, by the names of their IAM users. */
  breakGlass: z.tuple([z.string(), z.string()], { error: 'must name exactly two people.' }),
  /** Service control policies, deployed in the management account of the organization; left out where others own them. */
  guardrails: z
    .strictObject({
      managementAccount: account,
      /** Ids of the organizational units or accounts that the policies bind. */
      targets: z
        .array(z.string().regex(/^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|\d{12})$/, 'must be an organizational unit id or an account id.'))
        .min(1, 'must name at least one target.'),
    })
    .optional(),
})

/** What an operator may choose for one environment, checked. */
export type EnvironmentConfig = z.infer<typeof shape>

/** The schema of an environment: unknown keys are refused, and fields are checked against one another. */
export const environmentSchema = shape.superRefine(refineAcrossFields)
