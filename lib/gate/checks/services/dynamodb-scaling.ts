import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isMap, listOf, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { availability } from './safeguards.ts'

const type = 'AWS::DynamoDB::Table'
const targets = 'AWS::ApplicationAutoScaling::ScalableTarget'

type Direction = 'Read' | 'Write'

/** Whether a target of Application Auto Scaling moves one capacity of a table, or of an index of it. */
function scales(
  target: Resource,
  table: Resource,
  dimension: string,
  index: string | undefined,
  deployment: Deployment,
): boolean | undefined {
  const [id, given] = [target.get('ResourceId'), target.get('ScalableDimension')]
  if (id instanceof Unknown || given instanceof Unknown) return undefined
  if (typeof id !== 'string' || given !== dimension) return false
  const [, name, , indexName] = id.split('/')
  return deployment.names(`table/${name}`, table) && indexName === index
}

function scaled(table: Resource, dimension: string, index: string | undefined, deployment: Deployment): Outcome {
  const property = index === undefined ? dimension : `${dimension} of ${index}`
  const answers = deployment.ofType(targets).map((target) => ({ target, answer: scales(target, table, dimension, index, deployment) }))
  const found = answers.find(({ answer }) => answer === true)
  if (found !== undefined) return pass(property, found.target.logicalId)
  if (answers.some(({ answer }) => answer === undefined))
    return undecided(property, 'which table a ScalableTarget moves is computed at deployment')
  return fail(property, undefined, 'The capacity is fixed: neither on demand nor moved by a ScalableTarget.')
}

function capacity(table: Resource, judge: () => readonly Outcome[]): readonly Outcome[] {
  const mode = table.get('BillingMode')
  if (mode instanceof Unknown) return [undecided('BillingMode', mode.reason)]
  return mode === 'PAY_PER_REQUEST' ? [pass('BillingMode', mode)] : judge()
}

const keys = { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }] }
const throughput = { ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 } }
const index = { IndexName: 'by-id', KeySchema: keys.KeySchema, Projection: { ProjectionType: 'ALL' }, ...throughput }
const table = { Type: type, Properties: { ...keys, ...throughput } }
const indexed = { Type: type, Properties: { ...keys, ...throughput, GlobalSecondaryIndexes: [index] } }
const target = (ScalableDimension: string, place = '') => ({
  Type: targets,
  Properties: {
    ServiceNamespace: 'dynamodb',
    ResourceId: { 'Fn::Sub': `table/\${Records}${place}` },
    ScalableDimension,
    MinCapacity: 5,
    MaxCapacity: 100,
  },
})

const text = {
  ...availability,
  why: 'A fixed capacity refuses requests as soon as a busy day exceeds it, and a care application then stands still.',
  remedy: 'Set BillingMode to PAY_PER_REQUEST, or add a ScalableTarget and a ScalingPolicy for it.',
  types: [type],
} as const

const direction = (way: Direction): ResourceControl => ({
  ...text,
  id: `dynamodb-table-${way.toLowerCase()}-capacity-scales`,
  title: `DynamoDB tables scale their ${way.toLowerCase()} capacity with demand`,
  judge: (resource, deployment) =>
    capacity(resource, () => [scaled(resource, `dynamodb:table:${way}CapacityUnits`, undefined, deployment)]),
  passing: { Records: table, Target: target(`dynamodb:table:${way}CapacityUnits`) },
  failing: { Records: table },
})

const ways = ['Read', 'Write'] as const

const indexes: ResourceControl = {
  ...text,
  id: 'dynamodb-table-index-capacity-scales',
  title: 'Indexes of DynamoDB tables scale their capacity with demand',
  why: 'An index with too little capacity refuses writes of the whole table, however well the table itself scales.',
  judge: (resource, deployment) =>
    capacity(resource, () =>
      listOf(resource.get('GlobalSecondaryIndexes')).flatMap((entry) => {
        const name = isMap(entry) ? entry['IndexName'] : undefined
        if (typeof name !== 'string') return [undecided('GlobalSecondaryIndexes', 'the name of an index is computed at deployment')]
        return ways.map((way) => scaled(resource, `dynamodb:index:${way}CapacityUnits`, name, deployment))
      }),
    ),
  passing: {
    Records: indexed,
    ReadTarget: target('dynamodb:index:ReadCapacityUnits', '/index/by-id'),
    WriteTarget: target('dynamodb:index:WriteCapacityUnits', '/index/by-id'),
  },
  failing: { Records: indexed, ReadTarget: target('dynamodb:index:ReadCapacityUnits', '/index/by-id') },
}

/** Controls that DynamoDB tables have the capacity they need: on demand, or moved by targets in the deployment. */
export const dynamodbScalingControls: readonly ResourceControl[] = [...ways.map(direction), indexes]
