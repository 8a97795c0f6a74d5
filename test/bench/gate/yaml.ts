import { Document, isMap, isScalar, isSeq, Scalar, visit } from 'yaml'
import type { Template } from './template.ts'

/** The template in YAML as people write it, with `!Ref`, `!Sub`, `!GetAtt` and `!ImportValue` for the functions of CloudFormation. */
export function toYaml(template: Template): string {
  const document = new Document(template, { aliasDuplicateObjects: false })
  visit(document, {
    Map(_key, { items }) {
      const [pair] = items
      if (items.length !== 1 || pair === undefined || !isScalar(pair.key)) return undefined
      const tag = tags[String(pair.key.value)]
      const text = textOf(pair.value)
      return tag === undefined || text === undefined ? undefined : tagged(tag, text)
    },
  })
  return document.toString({ lineWidth: 0 })
}

const tags: Readonly<Record<string, string>> = {
  Ref: '!Ref',
  'Fn::Sub': '!Sub',
  'Fn::GetAtt': '!GetAtt',
  'Fn::ImportValue': '!ImportValue',
}

function textOf(node: unknown): string | undefined {
  if (isScalar(node)) return String(node.value)
  return isSeq(node) && !isMap(node) ? node.items.map((item) => (isScalar(item) ? String(item.value) : '')).join('.') : undefined
}

function tagged(tag: string, text: string): Scalar {
  const scalar = new Scalar(text)
  scalar.tag = tag
  return scalar
}
