import { expect, test } from 'vitest'
import { controls } from '../../../../lib/gate/checks/controls.ts'
import { judgeExample } from '../judge-example.ts'

test.each([
  ['on network disks needs a key', ['ml.m5.large'], ['fail']],
  ['on a disk of its own takes none', ['ml.g5.xlarge'], []],
  ['on a disk of its own, by the letter d, takes none', ['ml.m6gd.large'], []],
  ['of which one variant has a disk of its own takes none', ['ml.m5.large', 'ml.p4d.24xlarge'], []],
  ['on a type that only begins like one needs a key', ['ml.g5g.xlarge'], ['fail']],
])('An endpoint of SageMaker %s', (_name, types, statuses) => {
  const control = controls.find(({ id }) => id === 'sagemaker-endpoint-customer-key')
  const ProductionVariants = types.map((InstanceType) => ({ ModelName: 'clinic', VariantName: 'all', InstanceType }))
  const Endpoint = { Type: 'AWS::SageMaker::EndpointConfig', Properties: { ProductionVariants } }
  expect(control && judgeExample(control, { Endpoint }).map(({ status }) => status)).toEqual(statuses)
})
