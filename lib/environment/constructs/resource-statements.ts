import { PolicyStatement } from 'aws-cdk-lib/aws-iam'

/** ARNs that a statement names, or `*` where the resource that the policy stands on is all there is. */
type Resource = string | readonly string[]

/**
 * Principal of a resource policy: an account, and so every identity of it whose own policies allow as much. A role is named in a condition beside
 * it, for as a principal it would have to exist, and many a role is made later.
 */
export const identitiesOf = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` })

/** Lets a principal do something with some of what the policy stands on: a bucket, its objects. */
export const allowOn = (
  Sid: string,
  Principal: object,
  Action: readonly string[],
  Resource: Resource,
  Condition?: object,
): PolicyStatement => PolicyStatement.fromJson({ Sid, Effect: 'Allow', Principal, Action, Resource, ...(Condition && { Condition }) })

/** Refuses something to everybody whom the condition matches, with some of what the policy stands on. */
export const denyOn = (Sid: string, Action: readonly string[], Resource: Resource, Condition?: object): PolicyStatement =>
  PolicyStatement.fromJson({ Sid, Effect: 'Deny', Principal: { AWS: '*' }, Action, Resource, ...(Condition && { Condition }) })

/** Lets a principal do something with the resource that the policy stands on: a key, a table, a vault. */
export const allow = (Sid: string, Principal: object, Action: readonly string[], Condition?: object): PolicyStatement =>
  allowOn(Sid, Principal, Action, '*', Condition)

/** Refuses something to everybody whom the condition matches, with the resource that the policy stands on. */
export const deny = (Sid: string, Action: readonly string[], Condition?: object): PolicyStatement => denyOn(Sid, Action, '*', Condition)
