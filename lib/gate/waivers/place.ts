import { normalize, relative, sep } from 'node:path'
import type { Finding } from '../verdict.ts'
import type { NamedFinding, WaivableSubject } from './waiver.ts'

/**
 * Where a file of a subject lies, as waivers name it: in an assembly relative to its folder, so that the folder may be anywhere; otherwise its path from the working
 * directory, so that the same template has one place however it was named. Always with `/`.
 */
export function placeOf({ path, kind }: Pick<WaivableSubject, 'path' | 'kind'>, file: string): string {
  const whole = kind === 'assembly' ? normalize(file) : relative('', file === '' ? path : file)
  return whole.split(sep).join('/') || '.'
}

/** How waivers name the resource of a finding: by logical id, else by construct path. */
export const resourceNameOf = ({ resource }: Pick<Finding, 'resource'>): string | undefined =>
  resource?.logicalId || resource?.path || undefined

/** How waivers name a finding of a subject. */
export const nameOf = (subject: WaivableSubject, finding: Finding): Omit<NamedFinding, 'line'> => {
  const resource = resourceNameOf(finding)
  return { file: placeOf(subject, finding.file), ...(resource !== undefined && { resource }), fingerprint: finding.fingerprint }
}

/** Control, place, resource and fingerprint in one text: equal for what is the same, different for all else. */
export const keyOf = (control: string, { file, resource, fingerprint }: Omit<NamedFinding, 'line'>): string =>
  JSON.stringify([control, file, resource ?? null, fingerprint])
