import type { ExampleResources, ResourceControl } from '../../../lib/gate/checks/control.ts'
import { type JudgedOutcome, judgeResource } from '../../../lib/gate/checks/judge-resource.ts'
import { Deployment } from '../../../lib/gate/template/deployment.ts'
import { readTemplate } from '../../../lib/gate/template/read-template.ts'
import { readSource } from '../../../lib/gate/template/source.ts'

/** A deployment of one template that holds these sections, as if it had been written in a file. */
export function deploymentOf(sections: { readonly Resources: ExampleResources; readonly [section: string]: unknown }): Deployment {
  const source = readSource(JSON.stringify(sections, undefined, 2), 'example.template.json')
  return new Deployment('template', [readTemplate(source, { key: 'example', digest: '' })], new Map())
}

/** What a control says of every resource it applies to in a template with these resources. */
export function judgeExample(control: ResourceControl, Resources: ExampleResources): readonly JudgedOutcome[] {
  const deployment = deploymentOf({ Resources })
  return [...deployment.all]
    .filter(({ type }) => control.types === 'every' || control.types.includes(type))
    .flatMap((resource) => judgeResource(control, resource, deployment))
}

/** Types in a template with these resources that a control judges, and those of them that it fails at least once. */
export function judgedTypes(control: ResourceControl, Resources: ExampleResources) {
  const deployment = deploymentOf({ Resources })
  const outcomes = [...deployment.all]
    .filter(({ type }) => control.types === 'every' || control.types.includes(type))
    .map((resource) => ({ type: resource.type, said: judgeResource(control, resource, deployment) }))
  const typesOf = (chosen: typeof outcomes) => new Set(chosen.map(({ type }) => type))
  return {
    judged: typesOf(outcomes.filter(({ said }) => said.length > 0)),
    failed: typesOf(outcomes.filter(({ said }) => said.some(({ status }) => status === 'fail'))),
  }
}
