import type { Permission } from '../../constructs/least-policy.ts'

type Conditions = NonNullable<Permission['conditions']>

/** The practice of a session, as a policy variable. */
export const ownPractice = '${aws:PrincipalTag/practice}'
/** The patient of a session, as a policy variable. */
export const ownPatient = '${aws:PrincipalTag/patient}'

// A request that names no partition, and a session without the tag, would pass a test over all values (Amazon DynamoDB Developer Guide, "Using IAM policy
// conditions for fine-grained access control"; IAM User Guide, "Single-valued vs. multivalued context keys").
const named = (...tags: readonly string[]) => ({
  'dynamodb:LeadingKeys': 'false',
  ...Object.fromEntries(tags.map((tag) => [`aws:PrincipalTag/${tag}`, 'false'])),
})

/** Every partition of the session's practice. The tag is one of the configuration's practices, as the role's trust says, and so holds no wildcard itself. */
export const everyPartitionOfThePractice: Conditions = {
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${ownPractice}#*`] },
  Null: named('practice'),
}

/** Every partition of the session's practice but that of the marks, with which the checkpoint function remembers how far it came. */
export const entriesOfThePractice: Conditions = {
  ...everyPartitionOfThePractice,
  'ForAllValues:StringNotEquals': { 'dynamodb:LeadingKeys': [`${ownPractice}#marks`] },
}

/** The named partitions of the session's practice. */
export const partitionsOfThePractice = (...parts: readonly string[]): Conditions => ({
  'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': parts.map((part) => `${ownPractice}#${part}`) },
  Null: named('practice'),
})

/** The partition of the session's patient, and named ones of the practice beside it. */
export const ownPartition = (...more: readonly string[]): Conditions => ({
  'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [ownPatient, ...more].map((part) => `${ownPractice}#${part}`) },
  Null: named('practice', 'patient'),
})

/** Attributes of the ledger's chain that whoever adds a link has to read: none says whom an entry is about. */
export const chainAttributes = ['pk', 'sk', 'hash'] as const

/** The chain of the practice's ledger, and of each link only where it is and its hash. */
export const chainOfThePractice: Conditions = {
  'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [`${ownPractice}#chain`], 'dynamodb:Attributes': [...chainAttributes] },
  StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
  Null: { ...named('practice'), 'dynamodb:Attributes': 'false' },
}

/** Joins conditions on different operators or keys. */
export const both = (one: Conditions, other: Conditions): Conditions => {
  const operators = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return Object.fromEntries(operators.map((operator) => [operator, { ...one[operator], ...other[operator] }]))
}

/** Nothing of the item that a write replaces is returned: whoever may write an entry may not read another by it. */
export const returningNothing: Conditions = { StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } }
