import { CfnResource } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'
import type { DataClass } from '../../gate/assembly/facts.ts'

const key = 'SafeHarborDataClass'

/** Says what a store holds, in the metadata of its resource: every store says so, and the gate judges by it. */
export function classify(construct: IConstruct, dataClass: DataClass): void {
  resourceOf(construct).addMetadata(key, dataClass)
}

/** What a store was said to hold; undefined when nobody said. */
export const dataClassOf = (resource: CfnResource): DataClass | undefined => resource.getMetadata(key) as DataClass | undefined

function resourceOf(construct: IConstruct): CfnResource {
  const resource = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild
  if (!CfnResource.isCfnResource(resource)) throw new Error(`${construct.node.path} has no resource to classify`)
  return resource
}
