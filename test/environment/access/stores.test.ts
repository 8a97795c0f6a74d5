import { readFileSync } from 'node:fs'
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { describe, expect, test } from 'vitest'
import { loadEnvironment } from '../../../lib/config/load-environment.ts'
import { nameOf } from '../../../lib/config/names.ts'
import { type Phase, phases } from '../../../lib/config/phases.ts'
import { attachmentPolicy } from '../../../lib/environment/records/attachment-policy.ts'
import type { ListedStore } from '../../../lib/environment/records/listed-callers.ts'
import { tablePolicy } from '../../../lib/environment/records/table-policy.ts'
import type { DataClass } from '../../../lib/gate/assembly/facts.ts'

type Store = 'records' | 'wrapped-keys' | 'ledger' | 'routing' | 'attachments'

/** Who does what to which store, what becomes of it, the statements that say so, and the part of their condition that does. */
interface Case {
  readonly caller: string
  readonly does: string
  readonly to: Store
  readonly verdict: 'refused' | 'let through' | 'not mentioned' | 'not mentioned but for where it comes from and whose session it is'
  readonly by: string
  readonly where: object
}

interface Denial {
  readonly Sid: string
  readonly Effect: string
  readonly Action: string | readonly string[]
  readonly Condition?: object
}

const cases = JSON.parse(readFileSync('test/environment/access/stores.json', 'utf8')) as Case[]
const dataClasses: Record<Exclude<Store, 'attachments'>, DataClass> = {
  records: 'patient-data',
  'wrapped-keys': 'patient-data',
  ledger: 'access-ledger',
  routing: 'routing',
}

const listed = { records: 'tables', 'wrapped-keys': 'wrapped-keys', ledger: 'ledger', routing: 'tables' } as const satisfies Record<
  Exclude<Store, 'attachments'>,
  ListedStore
>

describe.each(['sandbox', 'production'] as const)('Stores of %s', (environment) => {
  test.each(cases.map((each) => [each.caller, each.verdict, each.does, each.to, each] as const))(
    '%s is %s: %s to %s',
    (_caller, verdict, does, to, { by, where }) => {
      const mentioning = policyOf(environment, to).filter(({ Action }) => [Action].flat().includes(does))
      const names = mentioning.map(({ Sid }) => Sid)
      if (verdict === 'not mentioned') return expect(names).toEqual([])
      if (verdict === 'not mentioned but for where it comes from and whose session it is')
        return expect(names.sort()).toEqual(by.split(' ').sort())
      const statement = mentioning.find(({ Sid }) => Sid === by)
      expect(statement?.Effect).toBe('Deny')
      // A refusal without a condition holds for everybody; otherwise the condition is what refuses, or what lets through.
      if (Object.keys(where).length === 0) expect(statement).not.toHaveProperty('Condition')
      else expect(statement?.Condition).toMatchObject(filledIn(environment, where))
    },
  )
})

describe('Record writes', () => {
  const closed: readonly Phase[] = ['isolated', 'evidence', 'read-only']
  test.each(phases.map((phase) => [closed.includes(phase) ? 'refused' : 'possible', phase] as const))(
    'are %s in phase %s',
    (verdict, phase) => {
      for (const store of ['records', 'wrapped-keys', 'attachments'] as const) {
        const names = policyOf('sandbox', store, phase).map(({ Sid }) => Sid)
        expect(names.includes('NobodyWritesInThisPhase'), store).toBe(verdict === 'refused')
      }
    },
  )
})

describe('A table policy', () => {
  // DynamoDB refuses the table otherwise: "API operations supported by resource-based policies", Amazon DynamoDB Developer Guide.
  const supported = new Set(
    [
      ...['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'],
      ...['PartiQLSelect', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete'],
      ...['ExportTableToPointInTime', 'EnableKinesisStreamingDestination', 'RestoreTableToPointInTime', 'UpdateTimeToLive'],
    ].map((action) => `dynamodb:${action}`),
  )
  test.each(Object.keys(dataClasses) as (keyof typeof dataClasses)[])(
    'of %s names only actions DynamoDB supports there, and is small enough',
    (store) => {
      const statements = policyOf('production', store)
      expect(statements.flatMap(({ Action }) => Action).filter((action) => !supported.has(action))).toEqual([])
      expect(JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2).length).toBeLessThan(20 * 1024)
    },
  )
})

function policyOf(environment: string, store: Store, phase: Phase = 'isolated'): Denial[] {
  const config = { ...loadEnvironment(environment), phase }
  const statements: PolicyStatement[] =
    store === 'attachments' ? attachmentPolicy(config, 'vpce-1') : tablePolicy(config, dataClasses[store], listed[store], 'vpce-1')
  return statements.map((statement) => statement.toStatementJson() as Denial)
}

// What a case writes in angle brackets stands for a name of the environment.
function filledIn(environment: string, where: object): object {
  const config = loadEnvironment(environment)
  const { workload } = config.accounts
  const text = JSON.stringify(where)
    .replaceAll('<endpoint>', 'vpce-1')
    .replaceAll('<workload>', workload)
    .replaceAll(/<role:([a-z-]+)>/g, `arn:aws:iam::${workload}:role/${nameOf(config, '$1')}`)
  return JSON.parse(text) as object
}
