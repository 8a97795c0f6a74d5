import { describe, expect, test } from 'vitest'
import type { ExampleResources } from '../../../lib/gate/checks/control.ts'
import { controls } from '../../../lib/gate/checks/controls.ts'
import { judgeExample } from '../checks/judge-example.ts'

const tlsOnly = controls.find(({ id }) => id === 's3-bucket-tls-only')
const flowLog = controls.find(({ id }) => id === 'vpc-flow-log')
const said = (control: typeof tlsOnly, resources: ExampleResources) =>
  control === undefined ? [] : judgeExample(control, resources).map(({ status }) => status)

const bucket = { Records: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'records' } } }
const vpc = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } }
const stack = (Parameters: Readonly<Record<string, unknown>>) => ({
  Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://templates.example/inner.yaml', Parameters } },
})
const module = (Properties: Readonly<Record<string, unknown>>) => ({ Inner: { Type: 'Clinic::S3::Policy::MODULE', Properties } })

describe('What seems to be missing beside a resource', () => {
  test.each([
    ['a nested stack that is elsewhere', stack({ Bucket: { Ref: 'Records' } })],
    ['a nested stack that is elsewhere, by its name', stack({ Bucket: 'records' })],
    ['a module', module({ Policy: { Of: [{ 'Fn::GetAtt': ['Records', 'Arn'] }] } })],
  ])('may be in %s that is given the resource', (_, part) => {
    expect(said(tlsOnly, { ...bucket, ...part })).toEqual(['undecided'])
  })

  test('may be in there whatever it is that is missing', () => {
    expect(said(flowLog, { ...vpc, ...stack({ Network: { Ref: 'Vpc' } }) })).toEqual(['undecided'])
  })

  test('is missing where such a part is not given the resource, or is no such part', () => {
    const custom = { Inner: { Type: 'Custom::Notifications', Properties: { Bucket: { Ref: 'Records' } } } }
    expect([said(tlsOnly, { ...bucket, ...stack({}) }), said(tlsOnly, { ...bucket, ...custom })]).toEqual([['fail'], ['fail']])
  })
})
