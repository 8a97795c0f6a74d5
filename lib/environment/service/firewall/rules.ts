import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Phase } from '../../../config/phases.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { refused } from '../refused.ts'
import { counted } from './counted.ts'
import { managed, type Rule } from './managed-rules.ts'

type Statement = CfnWebACL.StatementProperty

/** Largest body of a request, in bytes. A message of 4,000 characters of any script fits; the firewall looks at no more than this (AWS WAF Developer Guide, "Body inspection"). */
export const mostBodyBytes = 16_384

/** Requests of one address in five minutes. A practice stands behind one address, and so may the answering line. */
export const mostRequests = 2_000
/** The same, for requests that carry no token: every route needs one, so these are mistakes or trials. */
export const mostRequestsWithoutToken = 50

const unchanged = [{ priority: 0, type: 'NONE' }]

/** The rules in order of their priority. What closes the service stands first, so that nothing else is said to anybody meanwhile. */
export const rulesFor = (config: EnvironmentConfig, offlineSets: readonly string[]): CfnWebACL.RuleProperty[] =>
  [offline(config, offlineSets), ...closedByPhase(config), ...limits(config), bodySize(config), ...managed(config)].map(
    (rule, priority) => ({
      ...rule,
      priority,
    }),
  )

const blocking = (config: EnvironmentConfig, name: string, statement: Statement, answer: keyof typeof refused, status: number): Rule => ({
  name,
  statement,
  action: { block: { customResponse: { responseCode: status, customResponseBodyKey: answer } } },
  visibilityConfig: counted(config, `api-${name}`),
})

const offline = (config: EnvironmentConfig, sets: readonly string[]): Rule =>
  blocking(
    config,
    'offline',
    { orStatement: { statements: sets.map((arn) => ({ ipSetReferenceStatement: { arn } })) } },
    'unavailable',
    503,
  )

// What a phase leaves open; the functions ask the same again.
const openMethods = {
  isolated: 'none',
  evidence: 'none',
  restoring: 'none',
  'read-only': 'reading',
  pilot: 'all',
  open: 'all',
} as const satisfies Record<Phase, 'none' | 'reading' | 'all'>

function closedByPhase(config: EnvironmentConfig): Rule[] {
  const open = openMethods[config.phase]
  if (open === 'all') return []
  const statement = open === 'none' ? anyRequest : { notStatement: { statement: isGet } }
  return [blocking(config, `phase-${config.phase}`, statement, 'unavailable', 503)]
}

const isGet: Statement = {
  byteMatchStatement: {
    fieldToMatch: { method: {} },
    positionalConstraint: 'EXACTLY',
    searchString: 'GET',
    textTransformations: unchanged,
  },
}

// Every request has a path of at least one character.
const anyRequest: Statement = {
  sizeConstraintStatement: { fieldToMatch: { uriPath: {} }, comparisonOperator: 'GE', size: 0, textTransformations: unchanged },
}

const withoutToken: Statement = {
  notStatement: {
    statement: {
      sizeConstraintStatement: {
        fieldToMatch: { singleHeader: { Name: 'authorization' } },
        comparisonOperator: 'GT',
        size: 0,
        textTransformations: unchanged,
      },
    },
  },
}

function limits(config: EnvironmentConfig): Rule[] {
  const perAddress = { aggregateKeyType: 'IP', evaluationWindowSec: 300 } as const
  return [
    blocking(
      config,
      'rate-without-token',
      { rateBasedStatement: { ...perAddress, limit: mostRequestsWithoutToken, scopeDownStatement: withoutToken } },
      'tooMany',
      429,
    ),
    blocking(config, 'rate', { rateBasedStatement: { ...perAddress, limit: mostRequests } }, 'tooMany', 429),
  ]
}

const bodySize = (config: EnvironmentConfig): Rule =>
  blocking(
    config,
    'body-size',
    {
      sizeConstraintStatement: {
        fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
        comparisonOperator: 'GT',
        size: mostBodyBytes,
        textTransformations: unchanged,
      },
    },
    'tooLarge',
    413,
  )
