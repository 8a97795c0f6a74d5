import { coversService } from '../../access/actions.ts'
import type { Condition } from '../../access/condition.ts'
import type { Statement } from '../../access/statement.ts'

/**
 * Whether a statement refuses everybody all requests of a service without TLS, whatever its resources.
 *
 * For Amazon S3 a test of the version of TLS refuses plain HTTP as well: whoever has to take such requests must ask for aws:SecureTransport beside it
 * ("Enforce TLS 1.2 or later for your Amazon S3 buckets", AWS re:Post; CIS AWS Foundations Benchmark 7.0.0, 3.1.1). Requests that AWS services
 * make themselves may be left out.
 * @param service prefix of its actions: `s3`
 */
export function refusesPlainText({ effect, principals, actions, conditions, conditionsUnknown }: Statement, service: string): boolean {
  if (effect !== 'Deny' || principals === undefined || principals.negated || !principals.any || conditionsUnknown) return false
  if (!coversService(actions, service)) return false
  const isPlain = (condition: Condition): boolean => isPlainText(condition, service)
  return conditions.some(isPlain) && conditions.every((condition) => isPlain(condition) || sparesServices(condition))
}

function isPlainText({ key, operator, values, qualifier }: Condition, service: string): boolean {
  if (qualifier !== undefined) return false
  if (key === 'aws:securetransport')
    return /^(bool|string(equals|equalsignorecase|like))$/i.test(operator) && values.some((value) => value.toLowerCase() === 'false')
  return (
    service === 's3' &&
    key === 's3:tlsversion' &&
    /^numericlessthan(equals)?$/i.test(operator) &&
    values.some((value) => Number(value) >= 1)
  )
}

const sparesServices = ({ key, operator, values }: Condition): boolean =>
  /^aws:(principalisawsservice|viaawsservice)$/.test(key) &&
  /^bool$/i.test(operator) &&
  values.every((value) => value.toLowerCase() === 'false')

/** Whether parts that cannot be read decide whether a statement refuses plain HTTP. A statement that allows never does. */
export const maySayMore = ({ effect, actions, principals, resources, conditions, conditionsUnknown }: Statement): boolean =>
  effect !== 'Allow' &&
  (effect === 'unknown' ||
    actions.unknown ||
    principals?.unknown === true ||
    resources?.unknown === true ||
    conditionsUnknown ||
    conditions.some(({ unknown }) => unknown))
