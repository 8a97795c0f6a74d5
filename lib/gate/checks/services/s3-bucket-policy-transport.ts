import type { Statement, Statements } from '../../access/statement.ts'
import { statementsOf } from '../../access/statement.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { attachedTo, statementsAttached, unreadOf } from './s3-attached-policies.ts'
import { inTransit } from './safeguards.ts'
import { maySayMore, refusesPlainText } from './transport.ts'

/** Whether a word means the bucket itself: it names nothing below. */
const isBucket = (word: string): boolean => word === '*' || !belowName(word).includes('/') || belowName(word) === '*'
/** Whether a word means every object of the bucket. */
const isAllObjects = (word: string): boolean => word.endsWith('*') && /^[^/]*\/?\**$/.test(belowName(word))
/** A name in a hole may hold a slash: the part is one name. */
const belowName = (word: string): string => word.replace(/⟨[^⟩]*⟩/g, 'name').replace(/^arn:[^:]*:s3:[^:]*:[^:]*:/, '')

/** What a policy demands: TLS for the bucket and for its objects. */
export function judgeTransport(read: Statements, property: string): Outcome {
  const { statements } = read
  const demands = statements.filter((statement) => refusesPlainText(statement, 's3'))
  const words = demands.flatMap(({ resources }) => (resources?.kind === 'listed' ? resources.words : []))
  const [bucket, objects] = [words.some(isBucket), words.some(isAllObjects)]
  if (bucket && objects) return pass(property, demands.map(nameOf))
  const [unread] = [...unreadOf(read), ...statements.filter(maySayMore).map(({ index }) => `it depends on parts of Statement.${index}`)]
  if (unread !== undefined) return undecided(property, unread)
  if (demands.length === 0) return fail(property, undefined, 'No statement denies requests without TLS to everybody.')
  const missing = bucket
    ? 'the objects: add the ARN of the bucket with /*'
    : objects
      ? 'the bucket itself: add its ARN'
      : 'most of the bucket: add its ARN, alone and with /*'
  return fail(property, words, `The statement that demands TLS leaves out ${missing}.`)
}

const nameOf = ({ index, sid }: Statement): string => sid ?? `Statement.${index}`

const policy = (Resource: unknown) => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: { Ref: 'Data' },
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'TlsOnly',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  },
})
const bucket = { Type: 'AWS::S3::Bucket' }
const both = policy([{ 'Fn::GetAtt': ['Data', 'Arn'] }, { 'Fn::Sub': '${Data.Arn}/*' }])

const text = {
  ...inTransit,
  citations: [...inTransit.citations, '164.312(c)(2)'],
  why: 'S3 answers plain HTTP too: one client with a wrong address sends records over the network in clear, and nobody notices.',
  remedy: 'Deny s3:* to everybody on the bucket and its objects where aws:SecureTransport is false.',
} as const satisfies Partial<ControlText>

const ofBucket: ResourceControl = {
  ...text,
  id: 's3-bucket-tls-only',
  title: 'S3 buckets refuse requests without TLS',
  types: ['AWS::S3::Bucket'],
  judge: (resource, deployment) => {
    const outcome = judgeTransport(statementsAttached(resource, deployment), 'bucket policy')
    const [possible] = attachedTo(resource, deployment).possible
    if (outcome.status === 'fail' && possible !== undefined) return undecided('bucket policy', `${possible.logicalId} may be its policy`)
    return outcome
  },
  passing: { Data: bucket, Policy: both },
  failing: { Data: bucket },
}

const ofPolicy: ResourceControl = {
  ...text,
  id: 's3-bucket-policy-tls-only',
  title: 'Bucket policies refuse requests without TLS',
  types: ['AWS::S3::BucketPolicy'],
  judge: (resource) => judgeTransport(statementsOf(resource.get('PolicyDocument')), 'PolicyDocument'),
  passing: { Data: bucket, Policy: both },
  failing: { Data: bucket, Policy: policy({ 'Fn::Sub': '${Data.Arn}/only-this/*' }) },
}

/** Controls that S3 takes requests over TLS alone. */
export const s3TransportControls: readonly ResourceControl[] = [ofBucket, ofPolicy]
