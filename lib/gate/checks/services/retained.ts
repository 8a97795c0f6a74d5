import type { ResourceControl } from '../control.ts'
import { keptOnDeletion } from './kept-on-deletion.ts'

interface Retained {
  /** Start of the ids: `dynamodb-table`. */
  readonly id: string
  /** Plural that titles begin with. */
  readonly noun: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** Two controls for stores of which CloudFormation makes no snapshot: they outlive their stack, and their replacement. */
export const retained = ({ id, noun, type, properties }: Retained): readonly ResourceControl[] =>
  keptOnDeletion({ id, noun, type, default: 'Delete', properties }).map((control) => ({
    ...control,
    title: control.title.replace(', or leave a snapshot', ''),
    remedy: control.remedy.replace('Snapshot or Retain', 'Retain'),
    passing: { Store: { Type: type, Properties: properties, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } },
  }))
