import { coversAction } from '../../access/actions.ts'
import type { Condition } from '../../access/condition.ts'
import type { Statement } from '../../access/statement.ts'

/**
 * Whether a statement refuses everybody all requests of a service without TLS, whatever its resources.
 *
 * A test of the version of TLS refuses plain HTTP as well, for such a request counts as below every version ("Enforce TLS 1.2 or later
 * for your Amazon S3 buckets", AWS re:Post). Requests that AWS services make themselves may be left out.
 * @param service prefix of its actions: `s3`
 */
export function refusesPlainText({ effect, principals, actions, conditions, conditionsUnknown }: Statement, service: string): boolean {
  if (effect !== 'Deny' || principals === undefined || principals.negated || !principals.any || conditionsUnknown) return false
  if (!coversAction(actions, `${service}:*`)) return false
  return conditions.some(isPlainText) && conditions.every((condition) => isPlainText(condition) || sparesServices(condition))
}

function isPlainText({ key, operator, values, qualifier }: Condition): boolean {
  if (qualifier !== undefined) return false
  if (key === 'aws:securetransport')
    return /^(bool|string(equals|equalsignorecase|like))$/i.test(operator) && values.some((value) => value.toLowerCase() === 'false')
  return key === 's3:tlsversion' && /^numericlessthan(equals)?$/i.test(operator) && values.some((value) => Number(value) >= 1)
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
