import { type Group, groups, oneResource } from './groups.ts'
import { randomFrom } from './random.ts'
import type { Resources, Template } from './template.ts'

const keyId = 'SharedKey'
const sharedKey: Resources = {
  [keyId]: {
    Type: 'AWS::KMS::Key',
    Properties: {
      EnableKeyRotation: true,
      KeyPolicy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, Action: 'kms:*', Resource: '*' },
        ],
      },
    },
  },
}

/**
 * A template of exactly so many resources, the same for the same seed.
 * @param count how many resources
 * @param safeShare share of the groups that keep to the rules, 0 to 1
 * @param imported name of an export that holds the key's ARN; without one the template has a key of its own
 */
export function templateOf(count: number, seed: number, safeShare: number, imported?: string): Template {
  const key = imported === undefined ? { 'Fn::GetAtt': [keyId, 'Arn'] } : { 'Fn::ImportValue': imported }
  const next = randomFrom(seed)
  let resources: Resources = imported === undefined ? sharedKey : {}
  for (let index = 0; size(resources) < count; index += 1) {
    const group = groups[Math.floor(next() * groups.length)] ?? oneResource
    resources = { ...resources, ...fitting(group, count - size(resources))(`Part${index}`, { safe: next() < safeShare, key }) }
  }
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `A service of ${count} resources`,
    Resources: resources,
    ...(imported === undefined && { Outputs: { KeyArn: { Value: key, Export: { Name: exportOf(seed) } } } }),
  }
}

const size = (resources: Resources): number => Object.keys(resources).length

// A group that would be more than is left gives way to single resources.
const fitting = (group: Group, left: number): Group => (size(group('', { safe: true, key: '' })) <= left ? group : oneResource)

/** Name under which the template of a seed exports its key. */
export const exportOf = (seed: number): string => `key-${seed}`

/** Sixty templates of 5 to 80 resources, most of them small, from all safe to all unsafe. */
export const sixtyTemplates = (): Template[] =>
  Array.from({ length: 60 }, (_, index) => templateOf(5 + Math.round(75 * (index / 59) ** 1.7), index + 1, ((index * 7) % 11) / 10))

/** The least that there is to judge. */
export const tinyTemplate = (): Template => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'One table',
  Resources: oneResource('One', { safe: false, key: '' }),
})
