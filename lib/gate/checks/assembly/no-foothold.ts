import type { AssemblyStack } from '../../assembly/assembly.ts'
import { yamlLibrary } from '../../template/yaml-library.ts'
import type { Found } from '../../verdict.ts'
import type { Check } from './check.ts'

/** No identifier of the breached environment stands in any template, in a key or in a value. */
export const noFoothold: Check = ({ assembly: { stacks, facts } }) => {
  const breached = facts?.breached ?? []
  const findings = stacks.flatMap((stack) =>
    breached.filter((id) => stack.template.source.text.includes(id)).flatMap((id) => occurrences(stack, id)),
  )
  const passes =
    breached.length > 0 && findings.length === 0
      ? [{ control: 'no-foothold', topic: 'other', property: 'breached', value: breached.length } as const]
      : []
  return { findings, passes }
}

function occurrences({ file, template: { source }, name }: AssemblyStack, id: string): Found[] {
  const { isScalar, LineCounter, parseDocument, visit } = yamlLibrary()
  const lines = new LineCounter()
  const found: number[] = []
  visit(parseDocument(source.text, { lineCounter: lines }), {
    Scalar(_key, node) {
      if (isScalar(node) && String(node.value).includes(id)) found.push(lines.linePos(node.range?.[0] ?? 0).line)
    },
  })
  return found.map((line) => ({
    control: 'no-foothold',
    topic: 'other',
    status: 'fail',
    property: '',
    value: id,
    file,
    line,
    message: `${name} names "${id}", an identifier of the breached environment.`,
    remedy: 'Remove the reference: nothing of the old environment may reach the new one.',
    citations: ['164.308(a)(6)(ii)'],
  }))
}
