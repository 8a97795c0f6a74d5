import type { Resource } from '../template/resource.ts'
import { isMap, type Value, type ValueMap } from '../template/value.ts'

/** Types of resources that are one statement of a policy. */
export const permissionTypes: readonly string[] = ['AWS::Lambda::Permission', 'AWS::Events::EventBusPolicy']

/**
 * A resource that is one statement of a policy, written in properties of its own, as a document with that statement; nothing for any other resource.
 * ("AddPermission", AWS Lambda API Reference; "PutPermission", Amazon EventBridge API Reference.)
 */
export function permissionsOf(resource: Resource): readonly { readonly property: string; readonly document: Value }[] {
  const statement = statementOf(resource)
  return statement === undefined ? [] : [{ property: '', document: { Statement: [statement] } }]
}

function statementOf(resource: Resource): ValueMap | undefined {
  const get = (name: string): Value => resource.get(name) ?? null
  if (resource.type === 'AWS::Lambda::Permission')
    return {
      Effect: 'Allow',
      Principal: get('Principal'),
      Action: get('Action'),
      Resource: get('FunctionName'),
      Condition: {
        ArnLike: given({ 'AWS:SourceArn': get('SourceArn') }),
        StringEquals: given({
          'AWS:SourceAccount': get('SourceAccount'),
          'aws:PrincipalOrgID': get('PrincipalOrgID'),
          'lambda:EventSourceToken': get('EventSourceToken'),
          'lambda:FunctionUrlAuthType': get('FunctionUrlAuthType'),
        }),
      },
    }
  const statement = resource.type === 'AWS::Events::EventBusPolicy' ? resource.get('Statement') : undefined
  return isMap(statement) ? statement : undefined
}

const given = (keys: ValueMap): ValueMap => Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== null))
