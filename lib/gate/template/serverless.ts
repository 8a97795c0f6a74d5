import { expandHttpApi, expandRestApi, expandWebSocketApi } from './serverless-api.ts'
import { becomes, isRecord, recordOf, type ServerlessTemplate, type Written } from './serverless-derived.ts'
import { expandFunction } from './serverless-function.ts'
import { withGlobals } from './serverless-globals.ts'
import { expandGraphQlApi, expandLayer, expandStateMachine, expandTable } from './serverless-stores-and-flows.ts'
import type { Remark, WrittenResource } from './template.ts'

type Expansion = (resource: WrittenResource, properties: Written, template: ServerlessTemplate) => WrittenResource[]

const expansions: Readonly<Record<string, Expansion>> = {
  'AWS::Serverless::Function': expandFunction,
  'AWS::Serverless::Api': expandRestApi,
  'AWS::Serverless::HttpApi': expandHttpApi,
  'AWS::Serverless::WebSocketApi': expandWebSocketApi,
  'AWS::Serverless::SimpleTable': expandTable,
  'AWS::Serverless::StateMachine': expandStateMachine,
  'AWS::Serverless::LayerVersion': expandLayer,
  'AWS::Serverless::GraphQLApi': expandGraphQlApi,
  'AWS::Serverless::CapacityProvider': (resource, properties) => [becomes(resource, 'AWS::Lambda::CapacityProvider', properties)],
}

/**
 * What a serverless resource expands to; any other resource stays as it is. The first one keeps its logical id; the others have those that SAM generates
 * ("Generated CloudFormation resources", AWS SAM Developer Guide).
 * @param globals the template's section `Globals`
 * @param resources all resources as written: events take the authorizers of the APIs they name
 */
export function expandServerless(resource: WrittenResource, globals: Written, resources: Written = {}): WrittenResource[] {
  const expand = Object.hasOwn(expansions, resource.type) ? expansions[resource.type] : undefined
  return expand === undefined ? [resource] : expand(resource, withGlobals(resource, globals), { globals, resources })
}

/** Parts of serverless resources that the gate does not expand: what only deployment shows. */
export const unseenServerless = (resources: Written): readonly Remark[] =>
  Object.entries(resources).flatMap(([logicalId, resource]) => {
    const { Type: type, Connectors } = recordOf(resource)
    if (!String(type).startsWith('AWS::Serverless::') && !isRecord(Connectors)) return []
    const path = ['Resources', logicalId]
    const nested = { path, message: `The application ${logicalId} brings resources of its own, whose template is read at deployment.` }
    const connector = { path, message: `The connector ${logicalId} makes permissions between two resources at deployment.` }
    const connectors = {
      path: [...path, 'Connectors'],
      message: `The connectors of ${logicalId} make permissions between two resources at deployment.`,
    }
    return [
      ...(type === 'AWS::Serverless::Application' ? [nested] : []),
      ...(type === 'AWS::Serverless::Connector' ? [connector] : []),
      ...(isRecord(Connectors) ? [connectors] : []),
    ]
  })
