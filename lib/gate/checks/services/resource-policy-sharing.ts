import type { Resource } from '../../template/resource.ts'
import { hasHole, Reference, Unknown, type Value } from '../../template/value.ts'
import { type ControlText, fail, pass, type ResourceControl, undecided } from '../control.ts'
import { isOff } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { privilege } from './iam-safeguards.ts'
import { notPublic } from './safeguards.ts'

const isAccount = (value: Value | undefined): value is string => typeof value === 'string' && /^\d{12}$|^arn:[^:]*:iam::\d{12}:/.test(value)

const accountOf = (principal: string): string => /\d{12}/.exec(principal)?.[0] ?? principal

interface Sharing extends Pick<ControlText, 'id' | 'title' | 'why' | 'remedy'> {
  readonly type: string
  readonly path: string
  readonly properties: (principal: unknown) => Readonly<Record<string, unknown>>
}

/** Sharing with an account that is named and is not the own one. */
const ownAccount = ({ type, path, properties, ...text }: Sharing): ResourceControl => ({
  ...privilege,
  severity: 'medium',
  ...text,
  types: [type],
  judge: (resource) => {
    const places = resource.at(path).filter(({ value }) => value !== undefined)
    return places.map(({ path: property, value }) => {
      if (value instanceof Unknown) return undecided(property, value.reason)
      if (value instanceof Reference || !isAccount(value) || hasHole(String(value))) return pass(property, value)
      return resource.ownAccounts.has(accountOf(value) ?? '')
        ? pass(property, value)
        : fail(property, value, `It is shared with the account ${accountOf(value)}.`)
    })
  },
  passing: { Example: { Type: type, Properties: properties({ Ref: 'AWS::AccountId' }) } },
  failing: { Example: { Type: type, Properties: properties('444455556666') } },
})

const bus = (more: Readonly<Record<string, unknown>>) => ({ StatementId: 'partners', Action: 'events:PutEvents', ...more })

function judgeBus(resource: Resource): ReturnType<ResourceControl['judge']> {
  const principal = resource.get('Principal')
  if (principal === undefined) return undefined
  if (principal instanceof Unknown) return undecided('Principal', principal.reason)
  if (principal !== '*') return pass('Principal', principal)
  const value = resource.get('Condition.Value')
  if (value instanceof Unknown) return undecided('Condition.Value', value.reason)
  return resource.get('Condition') === undefined
    ? fail('Principal', principal, 'Every AWS account may send events to the bus.')
    : pass('Condition', value)
}

const anybodySends: ResourceControl = {
  ...notPublic,
  id: 'events-bus-policy-principal-not-public',
  title: 'Event bus policies let in nobody without a name',
  severity: 'critical',
  why: 'Anybody with an AWS account sends events that your rules act on.',
  remedy: 'Set Principal to an account, or add a Condition on aws:PrincipalOrgID.',
  types: ['AWS::Events::EventBusPolicy'],
  judge: judgeBus,
  passing: { Example: { Type: 'AWS::Events::EventBusPolicy', Properties: bus({ Principal: '444455556666' }) } },
  failing: { Example: { Type: 'AWS::Events::EventBusPolicy', Properties: bus({ Principal: '*' }) } },
}

const share = (more: Readonly<Record<string, unknown>>) => ({ Name: 'network', ...more })

const external = propertyControls([
  {
    ...privilege,
    id: 'ram-share-organization-only',
    title: 'Resource shares stay within the organization',
    severity: 'medium',
    why: 'A share that takes external principals can be opened to any account of AWS by whoever may add principals.',
    remedy: 'Set AllowExternalPrincipals to false.',
    type: 'AWS::RAM::ResourceShare',
    path: 'AllowExternalPrincipals',
    expect: isOff,
    // External principals are allowed unless a template says otherwise ("CreateResourceShare", AWS RAM API Reference).
    absent: 'fails',
    passing: share({ AllowExternalPrincipals: false }),
    failing: share({}),
  },
])

/** Controls on what is shared with other accounts by other means than a policy document. */
export const resourcePolicySharingControls: readonly ResourceControl[] = [
  anybodySends,
  ownAccount({
    id: 'events-bus-policy-principal-own-account',
    title: 'Event bus policies let in no other account',
    why: 'Another account decides by itself who of its people sends events that your rules act on.',
    remedy: 'Remove the policy, or let the organization in by a condition on aws:PrincipalOrgID.',
    type: 'AWS::Events::EventBusPolicy',
    path: 'Principal',
    properties: (Principal) => bus({ Principal }),
  }),
  ...external,
  ownAccount({
    id: 'ram-share-own-account',
    title: 'Resource shares name no single other account',
    why: 'What is shared with an account is used by whomever that account lets in.',
    remedy: 'Share with an organizational unit, or accept this with the contract as the reason.',
    type: 'AWS::RAM::ResourceShare',
    path: 'Principals.*',
    properties: (principal) => share({ Principals: [principal] }),
  }),
  ownAccount({
    id: 'signer-profile-permission-own-account',
    title: 'Signing profiles are used by no other account',
    why: 'Who may sign with the profile has code of their own trusted by your functions.',
    remedy: 'Remove the permission, or set Principal to your own account.',
    type: 'AWS::Signer::ProfilePermission',
    path: 'Principal',
    properties: (Principal) => ({ ProfileName: 'functions', Action: 'signer:StartSigningJob', StatementId: 'partners', Principal }),
  }),
]
