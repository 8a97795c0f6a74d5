import { describe, expect, test } from 'vitest'
import type { AdoptableService } from '../../../lib/config/schema.ts'
import { exampleTrial as sandbox } from '../../config/example-environments.ts'
import { detectionTemplate } from './detection-template.ts'

const madeBy = {
  guardduty: ['AWS::GuardDuty::Detector'],
  'security-hub': ['AWS::SecurityHub::Hub', 'AWS::SecurityHub::Standard'],
  config: ['AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel', 'AWS::IAM::ServiceLinkedRole'],
  'access-analyzer': ['AWS::AccessAnalyzer::Analyzer'],
  macie: ['AWS::Macie::Session'],
} as const satisfies Partial<Record<AdoptableService, readonly string[]>>

const types = (adopted: readonly AdoptableService[]) =>
  new Set(
    Object.values(
      (detectionTemplate({ ...sandbox, adopted: [...adopted] }).toJSON() as { Resources: Record<string, { Type: string }> }).Resources,
    ).map(({ Type }) => Type),
  )

describe('a service that the account already has', () => {
  const before = types([])

  test.each(Object.entries(madeBy))('%s is not made again, and all else stays', (service, gone) => {
    const after = types([service as AdoptableService])
    expect([...before].filter((type) => !after.has(type)).sort()).toEqual([...gone].sort())
  })

  test('keeps its routes, alarms and HIPAA rules when every service is adopted', () => {
    const template = detectionTemplate({ ...sandbox, adopted: Object.keys(madeBy) as AdoptableService[] })
    template.resourceCountIs('AWS::Events::Rule', 9)
    template.resourceCountIs('AWS::CloudWatch::Alarm', 15)
    template.resourceCountIs('AWS::Config::ConfigRule', 61)
  })
})
