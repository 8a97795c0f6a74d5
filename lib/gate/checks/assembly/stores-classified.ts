import { type Check, nameOfResource, placeOf } from './check.ts'

/** Resource types that hold data. */
const storeTypes = [
  'AWS::Backup::BackupVault',
  'AWS::Backup::LogicallyAirGappedBackupVault',
  'AWS::Cognito::UserPool',
  'AWS::DynamoDB::Table',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
] as const

/** Every store says what it holds: who does not know where patient data is cannot protect it. */
export const storesAreClassified: Check = ({ assembly: { stacks, facts } }) => {
  if (facts === undefined) return { findings: [], passes: [] }
  const classes = new Map(facts.stores.map(({ stack, logicalId, dataClass }) => [`${stack}/${logicalId}`, dataClass]))
  const stores = stacks.flatMap((stack) =>
    stack.resources.filter(({ type }) => (storeTypes as readonly string[]).includes(type)).map((resource) => ({ stack, resource })),
  )
  const classOf = ({ stack, resource }: (typeof stores)[number]) => classes.get(`${stack.name}/${resource.logicalId}`)
  const common = { control: 'store-classified', topic: 'other', property: 'Metadata.SafeHarborDataClass' } as const
  return {
    findings: stores
      .filter((store) => classOf(store) === undefined)
      .map((store) => ({
        ...common,
        status: 'fail',
        resource: nameOfResource(store),
        value: undefined,
        ...placeOf(store),
        message: `Nothing says what ${store.resource.logicalId} of ${store.stack.name} holds.`,
        remedy: 'Call classify() on it where it is made.',
        citations: ['164.308(a)(1)(ii)(A)'],
      })),
    passes: stores
      .filter((store) => classOf(store) !== undefined)
      .map((store) => ({ ...common, resource: nameOfResource(store), value: classOf(store) })),
  }
}
