import { isFixedArn } from '../../access/confining.ts'
import type { Resource } from '../../template/resource.ts'
import { Reference, Unknown, type Value } from '../../template/value.ts'
import { fail, pass, type ResourceControl, undecided } from '../control.ts'
import { notPublic } from './safeguards.ts'

const type = 'AWS::Lambda::Permission'
const properties = { FunctionName: 'arn:aws:lambda:us-east-1:111122223333:function:records', Action: 'lambda:InvokeFunction' }
const example = (more: Readonly<Record<string, unknown>>) => ({ Permission: { Type: type, Properties: { ...properties, ...more } } })

/** The first of some properties that is given, and names somebody where it is an ARN. */
const given = (resource: Resource, ...names: readonly string[]): string | undefined =>
  names.find((name) => {
    const value = resource.get(name)
    return value !== undefined && value !== '' && value !== '*' && (name !== 'SourceArn' || namesSource(value))
  })

/** An ARN with a wildcard for the account is that of anybody. One that starts with what deployment fills in names what was made there. */
const namesSource = (value: Value): boolean => typeof value !== 'string' || value.startsWith('⟨') || isFixedArn(value)

const everybody: ResourceControl = {
  ...notPublic,
  id: 'lambda-permission-not-public',
  title: 'Permissions on Lambda functions do not let everybody call them',
  why: 'The principal * is every AWS account there is, and with a function URL every visitor: each of them can run the function with the data it reaches.',
  remedy: 'Set Principal to an account or a service, or narrow it with PrincipalOrgID or SourceArn.',
  types: [type],
  judge: (resource) => {
    const value = resource.get('Principal')
    if (value instanceof Unknown) return undecided('Principal', value.reason)
    if (value !== '*') return pass('Principal', value)
    const narrowing = given(resource, 'PrincipalOrgID', 'SourceArn', 'SourceAccount')
    if (narrowing !== undefined) return pass(narrowing, resource.get(narrowing))
    const url = resource.get('FunctionUrlAuthType')
    return fail(
      'Principal',
      value,
      url === 'NONE' ? 'Anybody on the internet may call the function through its URL.' : 'Every AWS account may call the function.',
    )
  },
  passing: example({ Principal: '444455556666' }),
  failing: example({ Principal: '*' }),
}

const isService = (value: Value | undefined): value is string =>
  typeof value === 'string' && /\.(amazonaws\.com(\.cn)?|amazon\.com)$/.test(value)

const confusedDeputy: ResourceControl = {
  ...notPublic,
  topic: 'iam-privilege',
  severity: 'medium',
  id: 'lambda-permission-service-source',
  title: 'A service may call a Lambda function only for a named source',
  why: 'A service acts for all of its customers: without a source, any account can make the service call this function with an event of its choice.',
  remedy: 'Set SourceArn, or SourceAccount where the service has no ARN to name.',
  types: [type],
  judge: (resource) => {
    const principal = resource.get('Principal')
    if (!isService(principal)) return undefined
    const source = given(resource, 'SourceArn', 'SourceAccount', 'PrincipalOrgID', 'EventSourceToken')
    return source === undefined
      ? fail('SourceArn', resource.get('SourceArn'), `${principal} may call the function for anybody.`)
      : pass(source, resource.get(source))
  },
  passing: example({ Principal: 'events.amazonaws.com', SourceArn: 'arn:aws:events:us-east-1:111122223333:rule/nightly' }),
  failing: example({ Principal: 'events.amazonaws.com' }),
}

const bucketOwner: ResourceControl = {
  ...notPublic,
  severity: 'low',
  id: 'lambda-permission-s3-source-account',
  title: 'S3 may call a Lambda function only for buckets of a named account',
  why: 'The ARN of a bucket names no account: once a bucket is deleted, anybody can make one of the same name and send events from it.',
  remedy: 'Set SourceAccount beside SourceArn.',
  types: [type],
  judge: (resource) => {
    if (resource.get('Principal') !== 's3.amazonaws.com') return undefined
    const narrowing = given(resource, 'SourceAccount', 'PrincipalOrgID')
    return narrowing === undefined ? fail('SourceAccount', undefined) : pass(narrowing, resource.get(narrowing))
  },
  passing: example({ Principal: 's3.amazonaws.com', SourceAccount: '111122223333', SourceArn: 'arn:aws:s3:::uploads' }),
  failing: example({ Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::uploads' }),
}

const accountOf = (value: Value | undefined): string | undefined =>
  typeof value === 'string' ? /^(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})(?:$|:)/.exec(value)?.[1] : undefined

const foreign: ResourceControl = {
  ...notPublic,
  topic: 'iam-privilege',
  severity: 'medium',
  id: 'lambda-permission-own-account',
  title: 'No other account may call a Lambda function',
  why: 'Another account that may call the function decides by itself who of its people does.',
  remedy: 'Set Principal to your own account, or to a role in it, or PrincipalOrgID to your organization.',
  types: [type],
  judge: (resource) => {
    const principal = resource.get('Principal')
    const account = accountOf(principal)
    if (account === undefined || principal instanceof Reference) return undefined
    if (given(resource, 'PrincipalOrgID') !== undefined) return pass('PrincipalOrgID', resource.get('PrincipalOrgID'))
    const own = resource.template.account ?? accountOf(resource.get('FunctionName'))
    if (own === undefined) return undecided('Principal', 'the account of the template is not known', principal)
    return own === account ? pass('Principal', principal) : fail('Principal', principal, `The account ${account} may call the function.`)
  },
  passing: example({ Principal: '444455556666', PrincipalOrgID: 'o-abcde12345' }),
  failing: example({ Principal: '444455556666' }),
}

/** Controls on who may call a Lambda function. */
export const lambdaPermissionControls: readonly ResourceControl[] = [everybody, confusedDeputy, bucketOwner, foreign]
