import { isMap, isTrue } from '../../template/value.ts'
import type { ResourceControl } from '../control.ts'
import { type Expectation, isNoneOf, isOn, isOneOf, matches } from '../expectations.ts'
import { type PropertyRow, propertyControls } from '../property-control.ts'
import { isWord, noEntry } from './entries.ts'
import { unlessLogsNeedAcls } from './s3-log-target.ts'
import { audit, inTransit, notPublic } from './safeguards.ts'

const type = 'AWS::S3::Bucket'
const switches = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'] as const
type Switch = (typeof switches)[number]
const allOn = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }

/** All four switches are on. One that is not named is off. */
export const blocksAllPublicAccess: Expectation = (value) => {
  if (!isMap(value)) return undefined
  const parts = switches.map((name) => value[name])
  if (parts.some((part) => part !== undefined && typeof part === 'object')) return undefined
  return parts.every(isTrue)
}

const blocks = {
  BlockPublicAcls: {
    id: 'block-public-acls',
    title: 'S3 buckets refuse new public ACLs',
    why: 'One upload with a public ACL puts an object on the internet, whatever the policy of the bucket says.',
  },
  IgnorePublicAcls: {
    id: 'ignore-public-acls',
    title: 'S3 buckets ignore public ACLs that exist',
    why: 'Refusing new public ACLs leaves those that stand on older objects in force.',
  },
  BlockPublicPolicy: {
    id: 'block-public-policy',
    title: 'S3 buckets refuse a policy that makes them public',
    why: 'A policy with a wrong principal opens the whole bucket at once; S3 can refuse to store it.',
  },
  RestrictPublicBuckets: {
    id: 'restrict-public-buckets',
    title: 'S3 buckets with a public policy stay closed to strangers',
    why: 'It is the last guard: even under a public policy only AWS services and the own account get in.',
  },
} as const satisfies Record<Switch, Pick<PropertyRow, 'id' | 'title' | 'why'>>

const blockRow = (name: Switch): PropertyRow => ({
  ...blocks[name],
  id: `s3-bucket-${blocks[name].id}`,
  topic: 'public-access',
  severity: 'high',
  citations: notPublic.citations,
  remedy: `Set PublicAccessBlockConfiguration.${name} to true.`,
  type,
  path: `PublicAccessBlockConfiguration.${name}`,
  expect: isOn,
  absent: 'fails',
  passing: { PublicAccessBlockConfiguration: allOn },
  failing: { PublicAccessBlockConfiguration: { ...allOn, [name]: false } },
})

const acl = (part: Pick<PropertyRow, 'id' | 'title' | 'why' | 'severity'>, words: readonly string[]): PropertyRow => ({
  ...part,
  topic: 'public-access',
  citations: notPublic.citations,
  remedy: 'Remove AccessControl, and grant access in a bucket policy.',
  type,
  path: 'AccessControl',
  expect: isNoneOf(...words),
  absent: 'passes',
  passing: { AccessControl: 'Private' },
  failing: { AccessControl: words.at(-1), OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } },
})

const corsRule = (AllowedOrigins: readonly string[], AllowedMethods: readonly string[]) => ({
  CorsConfiguration: { CorsRules: [{ AllowedOrigins, AllowedMethods }] },
})

const ownership = propertyControls([
  {
    id: 's3-bucket-acls-disabled',
    title: 'S3 buckets use no ACLs: the owner of the bucket owns every object',
    topic: 'public-access',
    severity: 'medium',
    citations: notPublic.citations,
    why: 'With ACLs whoever uploads an object may own it and open it to others, and a review has to look at each object. New buckets have none since April 2023.',
    remedy: 'Set OwnershipControls with ObjectOwnership BucketOwnerEnforced, or leave it out.',
    type,
    path: 'OwnershipControls.Rules.*.ObjectOwnership',
    expect: isOneOf('BucketOwnerEnforced'),
    absent: 'passes',
    passing: { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    failing: { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } },
  },
])

const rows = propertyControls([
  ...switches.map(blockRow),
  {
    id: 's3-bucket-public-access-block',
    title: 'S3 buckets block public access in all four ways',
    topic: 'public-access',
    severity: 'high',
    citations: notPublic.citations,
    why: 'The four switches close different ways to publish a bucket: one that is missing is the way that is left.',
    remedy: 'Set all four switches of PublicAccessBlockConfiguration to true.',
    type,
    path: 'PublicAccessBlockConfiguration',
    expect: blocksAllPublicAccess,
    absent: 'fails',
    passing: { PublicAccessBlockConfiguration: allOn },
    failing: {},
  },
  acl(
    {
      id: 's3-bucket-acl-public-read',
      title: 'No ACL lets everyone list an S3 bucket',
      severity: 'critical',
      why: 'Everyone on the internet can list what the bucket holds and fetch each object that is public: so whole archives of patients have been copied.',
    },
    ['PublicReadWrite', 'PublicRead'],
  ),
  acl(
    {
      id: 's3-bucket-acl-public-write',
      title: 'No ACL lets everyone write to an S3 bucket',
      severity: 'critical',
      why: 'Everyone on the internet can replace or add objects: records are falsified, and the bucket hands out what strangers put there.',
    },
    ['PublicReadWrite'],
  ),
  acl(
    {
      id: 's3-bucket-acl-authenticated-read',
      title: 'No ACL opens an S3 bucket to every AWS customer',
      severity: 'critical',
      why: 'The word authenticated means anybody with an AWS account, not your own users: it is public with a detour.',
    },
    ['AuthenticatedRead'],
  ),
  {
    id: 's3-bucket-log-delivery-acl-effective',
    title: 'S3 buckets with the ACL for log delivery have ACLs turned on',
    topic: 'logging-audit',
    severity: 'medium',
    citations: audit.citations,
    why: 'New buckets have ACLs turned off, so that the bucket with LogDeliveryWrite is refused, or no log arrives.',
    remedy: 'Set ObjectOwnership to BucketOwnerPreferred, or grant logging.s3.amazonaws.com in a bucket policy in place of the ACL.',
    type,
    path: 'OwnershipControls.Rules.*.ObjectOwnership',
    expect: isOneOf('BucketOwnerPreferred', 'ObjectWriter'),
    absent: 'fails',
    when: { path: 'AccessControl', expect: isOneOf('LogDeliveryWrite') },
    passing: { AccessControl: 'LogDeliveryWrite', OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } },
    failing: { AccessControl: 'LogDeliveryWrite' },
  },
  {
    id: 's3-bucket-no-website',
    title: 'S3 buckets are no websites',
    topic: 'public-access',
    severity: 'medium',
    citations: notPublic.citations,
    why: 'The website endpoint of S3 works only without encryption and only for objects that everyone may read. CloudFront serves a private bucket over TLS.',
    remedy: 'Remove WebsiteConfiguration, and serve the bucket by CloudFront with an origin access control.',
    type,
    path: 'WebsiteConfiguration',
    expect: (value) => isMap(value) && (Object.keys(value).length === 0 || value['RedirectAllRequestsTo'] !== undefined),
    absent: 'passes',
    passing: {},
    failing: { WebsiteConfiguration: { IndexDocument: 'index.html' } },
  },
  {
    id: 's3-bucket-website-redirect-https',
    title: 'S3 buckets that redirect all requests do so to HTTPS',
    topic: 'encryption-in-transit',
    severity: 'low',
    citations: inTransit.citations,
    why: 'The redirect answers plain HTTP, and without a protocol of its own it sends people on to plain HTTP.',
    remedy: 'Set WebsiteConfiguration.RedirectAllRequestsTo.Protocol to https.',
    type,
    path: 'WebsiteConfiguration.RedirectAllRequestsTo.Protocol',
    expect: isOneOf('https'),
    absent: 'fails',
    when: { path: 'WebsiteConfiguration.RedirectAllRequestsTo.HostName', expect: () => true },
    passing: { WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: 'example.com', Protocol: 'https' } } },
    failing: { WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: 'example.com' } } },
  },
  {
    id: 's3-bucket-cors-origins',
    title: 'S3 buckets answer scripts of named websites only',
    topic: 'public-access',
    severity: 'medium',
    citations: notPublic.citations,
    why: 'With the origin * a script on any website can use a signed link or the session of a visitor to read objects in their browser.',
    remedy: 'Name the websites in AllowedOrigins of each rule of CorsConfiguration.',
    type,
    path: 'CorsConfiguration.CorsRules.*.AllowedOrigins.*',
    expect: isNoneOf('*'),
    absent: 'passes',
    passing: corsRule(['https://portal.example.com'], ['GET']),
    failing: corsRule(['*'], ['GET']),
  },
  {
    id: 's3-bucket-cors-writes',
    title: 'S3 buckets take no writes from scripts of any website',
    topic: 'public-access',
    severity: 'high',
    citations: notPublic.citations,
    why: 'A script on any website can then upload or delete with a link that a visitor holds.',
    remedy: 'Remove PUT, POST and DELETE from AllowedMethods of rules whose AllowedOrigins hold *.',
    type,
    path: 'CorsConfiguration.CorsRules',
    expect: noEntry((entry) => holds(entry['AllowedOrigins'], '*') && holds(entry['AllowedMethods'], 'PUT', 'POST', 'DELETE')),
    absent: 'passes',
    passing: corsRule(['https://portal.example.com'], ['GET', 'PUT']),
    failing: corsRule(['*'], ['GET', 'PUT']),
  },
  {
    id: 's3-bucket-cors-https-origins',
    title: 'S3 buckets answer scripts of websites with TLS only',
    topic: 'encryption-in-transit',
    severity: 'low',
    citations: inTransit.citations,
    why: 'A website without TLS can be changed on its way, and the script that is smuggled in gets what the website gets.',
    remedy: 'Write https:// in AllowedOrigins of CorsConfiguration.',
    type,
    path: 'CorsConfiguration.CorsRules.*.AllowedOrigins.*',
    expect: matches(/^(?!http:\/\/(?!localhost|127\.0\.0\.1))/),
    absent: 'passes',
    passing: corsRule(['https://portal.example.com'], ['GET']),
    failing: corsRule(['http://portal.example.com'], ['GET']),
  },
])

function holds(list: unknown, ...words: readonly string[]): boolean {
  return Array.isArray(list) && list.some((part) => isWord(part, ...words) === true)
}

/** Controls on who reaches an S3 bucket by its own settings; policies have controls of their own. */
export const s3BucketAccessControls: readonly ResourceControl[] = [...rows, ...ownership.map(unlessLogsNeedAcls)]
