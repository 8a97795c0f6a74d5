import type { Found } from '../verdict.ts'
import { type WaiverControl, waiverControls } from './texts.ts'
import type { NamedFinding, Waiver } from './waiver.ts'

/** What is wrong with a waiver. */
export interface Problem {
  readonly control: WaiverControl
  readonly waiver: Waiver
  /** Finding of the waiver that it is about; absent where it is about the waiver as such. */
  readonly named?: NamedFinding
  /** Field that is wrong. */
  readonly field: keyof Waiver | keyof NamedFinding
  /** What stands there. */
  readonly value: unknown
  /** End of a sentence that begins with the waiver: `expired on 2026-01-01.` */
  readonly says: string
}

const texts = new Map(waiverControls.map((text) => [text.id, text]))

/** A problem as a finding at its line of the file of waivers. */
export function foundOf(file: string, { control, waiver, named, field, value, says }: Problem): Found {
  const text = texts.get(control)
  const [about = named] = waiver.findings
  return {
    control,
    topic: 'other',
    status: 'fail',
    property: ['waivers', waiver.control, (named ?? about)?.file, (named ?? about)?.resource, field]
      .filter((part) => part !== undefined)
      .join(' '),
    value,
    file,
    line: named?.line ?? waiver.line,
    message: `The waiver of ${waiver.control}${onWhat(waiver, named)} ${says}`,
    remedy: text?.remedy ?? '',
    citations: text?.citations ?? [],
  }
}

function onWhat({ findings }: Waiver, named: NamedFinding | undefined): string {
  const about = named ?? (findings.length === 1 ? findings[0] : undefined)
  if (about === undefined) return ''
  return about.resource === undefined ? ` in ${about.file}` : ` on ${about.resource} in ${about.file}`
}
