import * as fc from 'fast-check'
import { type Statement, statementsOf } from '../../../lib/gate/access/statement.ts'
import { Reference, Unknown, type Value, type ValueMap } from '../../../lib/gate/template/value.ts'

/** Statements of a policy that can be read. */
export function statements(...list: readonly ValueMap[]): readonly Statement[] {
  const read = statementsOf({ Version: '2012-10-17', Statement: list })
  if (read.unknown.length > 0) throw new Error(read.unknown.join('; '))
  return read.statements
}

/** The statement of a policy with one. */
export function statement(map: ValueMap): Statement {
  const [one] = statementsOf({ Statement: map }).statements
  if (one === undefined) throw new Error('expected a statement')
  return one
}

export const allow = (actions: string | readonly string[], rest: ValueMap = {}): ValueMap => ({
  Effect: 'Allow',
  Action: actions,
  Resource: '*',
  ...rest,
})

export const deny = (actions: string | readonly string[], rest: ValueMap = {}): ValueMap => ({ ...allow(actions, rest), Effect: 'Deny' })

const name = fc.constantFrom(
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'Principal',
  'NotPrincipal',
  'Condition',
  'AWS',
  'StringLike',
  'Sid',
)

const leaf: fc.Arbitrary<Value> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, '*', 'Allow', 'Deny', 's3:*', 'arn:aws:s3:::*', '⟨AWS::AccountId⟩', '__proto__'),
  fc.constant(new Unknown('a parameter')),
  fc.constant(new Reference('t', 'Role', 'Arn')),
)

/** Any value, with the words of policies more often than chance has them. */
export const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(name, fc.string()), tie('value'), { maxKeys: 5 }),
  ),
})).value
