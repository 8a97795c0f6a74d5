import { Document, isMap, isSeq, visit } from 'yaml'
import { z } from 'zod'
import { everyPurpose } from '../access/policy-purpose.ts'
import { readReviewedFile } from '../input/reviewed-file.ts'
import type { AccessReference, PlainStatement, ReviewedAccess } from './access-reference.ts'

const schema = 'safe-harbor-access-reference/1'

const resource = { file: z.string().min(1), resource: z.string().min(1), type: z.string().min(1) }
const content = z.strictObject({
  schema: z.literal(schema),
  policies: z.array(
    z.strictObject({ ...resource, purpose: z.enum(everyPurpose), statements: z.array(z.record(z.string(), z.unknown())).min(1) }),
  ),
  attachments: z.array(z.strictObject({ ...resource, property: z.string().min(1), names: z.array(z.string()).min(1) })),
})

/**
 * Reads reviewed access from YAML or JSON.
 * @throws UnreadableError as `file:line: what is wrong. next step`
 */
export function readAccessReference(file: string): AccessReference {
  const read = readReviewedFile(file, content, 'Write the file with `safe-harbor gate --write-reference`.')
  return { file, digest: read.digest, policies: read.content.policies, attachments: read.content.attachments }
}

const widest = 160

/**
 * Access to be reviewed, one statement after the other, as a file that `readAccessReference` reads.
 * @returns YAML
 */
export function accessReferenceText({ policies, attachments }: ReviewedAccess): string {
  const document = new Document(
    {
      schema,
      policies: policies
        .filter(({ statements }) => statements.length > 0)
        .map((policy) => ({ ...policy, statements: policy.statements.map(inOrder) })),
      attachments,
    },
    { aliasDuplicateObjects: false },
  )
  document.commentBefore =
    ' What every policy grants and denies. Reviewers keep this file: the gate fails on what grants more, or denies less, than stands here.'
  visit(document, {
    // What fits on a line is easier to compare there.
    Collection: (key, node) => {
      if (key !== null && (isSeq(node) || isMap(node)) && isInner(node.toJSON())) node.flow = true
    },
  })
  return document.toString({ lineWidth: widest, flowCollectionPadding: true })
}

const elements = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']

/** A statement with its elements in the order that AWS's own policies have. */
const inOrder = (statement: PlainStatement): PlainStatement => ({
  ...Object.fromEntries(elements.filter((name) => name in statement).map((name) => [name, statement[name]])),
  ...statement,
})

/** Lists of texts, and conditions. */
const isInner = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every((part) => typeof part !== 'object')
    : typeof value === 'object' && value !== null && !['statements', 'policies', 'Effect', 'names'].some((name) => name in value)
