import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eligibilityOf, eligibleServices, eligibleServicesDate } from '../../../lib/gate/checks/hipaa-eligible-services.ts'

const snapshots = join(import.meta.dirname, '../../snapshots')
const resourceTypesIn = (text: string): string[] => [...text.matchAll(/^ {4}Type: (\S+)$/gm)].flatMap(([, type]) => type ?? [])
const typesOfSnapshots = new Set(
  readdirSync(snapshots, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => resourceTypesIn(readFileSync(join(snapshots, name), 'utf8'))),
)

describe('The table of HIPAA eligible services', () => {
  it('has the day of the list it follows, and that day is past', () => {
    expect(eligibleServicesDate).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(new Date(eligibleServicesDate).getTime()).toBeLessThan(Date.now())
  })

  it.each(Object.entries(eligibleServices))(
    '%s is a namespace with a named service, and what limits or explains it is a sentence',
    (namespace, row) => {
      expect(namespace).toMatch(/^[A-Z][A-Za-z0-9]+$/)
      expect(row.service).toMatch(/^[A-Z].*[^.]$/)
      const sentence = 'why' in row ? row.why : 'limit' in row ? row.limit : undefined
      if (sentence !== undefined) expect(sentence).toMatch(/^[A-Z].*\.$/)
    },
  )

  it('knows more than 300 namespaces', () => {
    expect(Object.keys(eligibleServices).length).toBeGreaterThan(300)
  })
})

describe('The eligibility of a resource type', () => {
  it.each([
    ['AWS::S3::Bucket', 'eligible'],
    ['AWS::DynamoDB::Table', 'eligible'],
    ['AWS::KinesisFirehose::DeliveryStream', 'eligible'],
    ['AWS::HealthLake::FHIRDatastore', 'eligible'],
    ['AWS::Lightsail::Instance', 'not-eligible'],
    ['AWS::AppRunner::Service', 'not-eligible'],
    ['AWS::DirectoryService::MicrosoftAD', 'eligible'],
    ['AWS::DirectoryService::SimpleAD', 'not-eligible'],
    ['AWS::IoT::Policy', 'eligible'],
    ['AWS::IoT::SecurityProfile', 'not-eligible'],
    ['AWS::IAM::Role', 'no-data'],
    ['AWS::CDK::Metadata', 'no-data'],
    ['Custom::Thing', 'eligible'],
    ['MongoDB::Atlas::Cluster', 'unlisted'],
    ['AWS::NoSuchService::Thing', 'unlisted'],
    ['AWS::constructor::Thing', 'unlisted'],
    ['AWS', 'unlisted'],
  ])('of %s is %s', (type, state) => {
    expect(eligibilityOf(type).state).toBe(state)
  })

  it('names the service and the part that is left out', () => {
    expect(eligibilityOf('AWS::RDS::DBInstance')).toEqual({
      state: 'eligible',
      service: expect.stringContaining('Amazon RDS'),
      limit: expect.stringContaining('Db2'),
    })
  })

  it('names the namespace where the table does not know it', () => {
    expect(eligibilityOf('MongoDB::Atlas::Cluster').service).toBe('MongoDB::Atlas')
  })

  it('is given by the list for every type that the environment deploys', () => {
    expect(typesOfSnapshots.size).toBeGreaterThan(50)
    expect([...typesOfSnapshots].filter((type) => !['eligible', 'no-data'].includes(eligibilityOf(type).state))).toEqual([])
  })
})
