import type { Deployment } from '../../template/deployment.ts'
import type { Remark, Template } from '../../template/template.ts'
import { unseenPart } from '../../template/unseen-parts.ts'
import type { ControlText } from '../control.ts'
import { circlesOf } from './circles.ts'
import { parameterControls } from './template-parameters.ts'
import { isThere, type Mention, mentionsIn, mentionsOnce } from './template-references.ts'

/** A control over the template itself: whether the gate could read all of it. */
export interface TemplateControl extends ControlText {
  readonly status: 'fail' | 'undecided'
  readonly remarks: (template: Template, deployment: Deployment) => readonly Remark[]
}

const common = { topic: 'other', severity: 'medium', citations: ['164.308(a)(8)'] } as const

/** Controls over templates as such. */
export const templateControls: readonly TemplateControl[] = [
  ...parameterControls,
  {
    ...common,
    id: 'template-references-exist',
    title: 'Everything that a template refers to is there',
    why: 'CloudFormation refuses a template that refers to nothing, and what such a property would become cannot be judged.',
    remedy: 'Correct the name, or add the parameter, resource or condition that it means.',
    status: 'fail',
    remarks: (template) =>
      template.unseen.length > 0
        ? []
        : mentionsOfAll(template)
            .filter((mention) => !isThere(template, mention))
            .map(toNothing),
  },
  {
    ...common,
    id: 'template-without-circles',
    title: 'No resource depends on itself',
    why: 'CloudFormation refuses resources that depend on each other in a circle.',
    remedy: 'Take one of the references out, for example into a resource of its own (a standalone security group rule, a policy).',
    status: 'fail',
    remarks: (template) =>
      circlesOf(template).map((circle) => ({
        path: ['Resources', circle[0] ?? ''],
        message: `${[...circle, circle[0]].join(' -> ')} is a circle.`,
      })),
  },
  {
    ...common,
    id: 'template-unambiguous',
    title: 'Nothing in a template can be read in two ways',
    why: 'Readers differ on a key that stands twice and on a resource without a type, so what is reviewed may not be what is deployed.',
    remedy: 'Keep one of the two keys; give every resource a Type.',
    status: 'fail',
    remarks: ({ faults }) => faults,
  },
  {
    ...common,
    id: 'template-seen-whole',
    title: 'Every resource that deployment makes is seen',
    why: 'Macros, templates that are fetched at deployment, and modules make resources that no control has judged.',
    remedy: 'Judge what they make: synthesize or package first, and name the folder of the result.',
    status: 'undecided',
    remarks: (template, { nested }) => [...template.unseen, ...elsewhereOf(template, nested)],
  },
]

function mentionsOfAll(template: Template): readonly Mention[] {
  return [
    ...[...template.resources.values()].flatMap((resource) => mentionsOnce(template, resource)),
    ...[...template.outputs].flatMap(([name, { value, condition }]): Mention[] => [
      ...mentionsIn(value, ['Outputs', name, 'Value']),
      ...(condition === undefined ? [] : [{ kind: 'condition', name: condition, path: ['Outputs', name] } as const]),
    ]),
    ...[...template.conditions].flatMap(([name, written]) => mentionsIn(written, ['Conditions', name])),
  ]
}

const toNothing = ({ kind, name, path }: Mention): Remark => ({
  path,
  message:
    kind === 'condition'
      ? `There is no condition ${name}.`
      : kind === 'resource'
        ? `There is no resource ${name}.`
        : `There is no parameter or resource ${name}.`,
})

const elsewhereOf = (template: Template, nested: Deployment['nested']): Remark[] =>
  [...template.resources.values()].flatMap((resource) => {
    const message = unseenPart(resource, template, nested)
    return message === undefined ? [] : [{ path: resource.place.slice(0, -1), message }]
  })
