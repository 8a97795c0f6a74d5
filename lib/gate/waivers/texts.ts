import type { ControlText } from '../checks/control.ts'

const common = { topic: 'other', severity: 'high', citations: ['164.306(d)(3)', '164.308(a)(1)(ii)(B)'] } as const

/** Controls over the file of waivers itself. A waiver that breaks one of them accepts nothing. */
export const waiverControls = [
  {
    ...common,
    id: 'waiver-stale',
    severity: 'medium',
    title: 'Every waiver names findings that are there',
    why: 'A waiver that matches nothing waits for a finding that nobody looked at.',
    remedy: 'Remove the waiver; where the value changed, look at the new one first and write its fingerprint only if it may stay.',
  },
  {
    ...common,
    id: 'waiver-expired',
    title: 'No waiver has expired',
    why: 'Exceptions without an end become the rule.',
    remedy: 'Mend the finding, or look at it again and write a new date in expires.',
  },
  {
    ...common,
    id: 'waiver-too-long',
    title: 'No waiver lasts longer than 366 days',
    why: 'Nobody looks again at what is accepted for years.',
    remedy: 'Write a date in expires that is a year ahead at most.',
  },
  {
    ...common,
    id: 'waiver-over-broad',
    title: 'Every waiver matches as many findings as it says, each by name',
    why: 'A waiver that matches more than was looked at hides findings.',
    remedy: 'Name each finding by file, resource and fingerprint, and write in matches how many they are.',
  },
  {
    ...common,
    id: 'waiver-incomplete',
    title: 'Every waiver has an owner, another approver, a reason, a compensating control and a date',
    why: 'Nobody can look again at what nobody signed for, and who signs for their own exception has asked nobody.',
    remedy: 'Write owner, approver (somebody else), reason, compensatingControl and expires (YYYY-MM-DD).',
  },
  {
    ...common,
    id: 'waiver-duplicate',
    severity: 'medium',
    title: 'No finding is named by two waivers',
    why: 'Of two waivers of one finding, the one that is forgotten outlives the one that is looked at.',
    remedy: 'Keep one of them.',
  },
  {
    ...common,
    id: 'waiver-never-acceptable',
    severity: 'critical',
    title: 'No waiver is for what can never be accepted',
    why: 'Patient data open to strangers, a trail that is off, or a template that is not what was reviewed have no compensating control.',
    remedy: 'Remove the waiver and mend the finding.',
  },
] as const satisfies readonly ControlText[]

/** Id of a control over waivers. */
export type WaiverControl = (typeof waiverControls)[number]['id']
