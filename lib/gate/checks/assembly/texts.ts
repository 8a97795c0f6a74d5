import type { ControlText } from '../control.ts'

const common = { topic: 'other', severity: 'high', citations: ['164.308(a)(8)'] } as const

/** Controls over a cloud assembly as such: that what was judged at synthesis is what lies here. */
export const assemblyControls: readonly ControlText[] = [
  {
    ...common,
    id: 'hipaa-pack-ran',
    title: 'The HIPAA rule pack judged the app at synthesis',
    why: 'The construct library writes a validation report even when no pack was registered, and it looks like a clean one.',
    remedy: 'Register the pack on the app, and synthesize again.',
  },
  {
    ...common,
    id: 'hipaa-pack-complete',
    title: 'The HIPAA rule pack looked at every resource of every template',
    why: 'A resource that was added after synthesis, or that the pack skipped, was judged by nobody.',
    remedy: 'Synthesize again, and judge the folder as it was written.',
  },
  {
    ...common,
    id: 'template-unchanged',
    title: 'Every template is as it was synthesized',
    why: 'A template that was edited after synthesis is deployed as edited, while the code and its review say something else.',
    remedy: 'Make the change in the code, synthesize again, and judge the folder as it was written.',
  },
  {
    ...common,
    id: 'kill-switch',
    title: 'Synthesis fails on findings',
    why: 'A context value inside the repository lets synthesis succeed whatever the rules find.',
    remedy: 'Remove "@aws-cdk/core:failSynthOnValidationErrors" from cdk.json and from the command line.',
  },
  {
    ...common,
    id: 'acceptance-complete',
    title: 'Every accepted finding has an owner, a reason and a compensating control',
    why: 'Nobody can look again at what nobody signed for.',
    remedy: 'Write the owner, the reason and the control that stands in its place.',
  },
  {
    ...common,
    id: 'acceptance-current',
    title: 'No accepted finding has expired, or lasts longer than a year',
    why: 'Exceptions without an end become the rule.',
    remedy: 'Mend the finding, or look at it again and accept it to a new date.',
  },
  {
    ...common,
    id: 'acceptance-exact',
    title: 'Every accepted finding matches as often as it says',
    why: 'An acceptance that matches more than was looked at hides findings.',
    remedy: 'Look at each match; correct the count of what is meant.',
  },
  {
    ...common,
    id: 'acceptance-listed',
    title: 'What the rule pack suppressed is in the list of accepted findings',
    why: 'A finding that is suppressed elsewhere in the code has no owner and no end.',
    remedy: 'Accept findings in one place only.',
  },
  {
    ...common,
    id: 'no-foothold',
    severity: 'critical',
    citations: ['164.308(a)(6)(ii)'],
    title: 'No identifier of the breached environment stands in a template',
    why: 'A trust, a key or a link that names the old environment lets the intruder follow.',
    remedy: 'Remove the reference: nothing of the old environment may reach the new one.',
  },
  {
    ...common,
    id: 'store-classified',
    severity: 'medium',
    citations: ['164.308(a)(1)(ii)(A)'],
    title: 'Every store says what it holds',
    why: 'Who does not know where patient data is cannot protect it.',
    remedy: 'Call classify() on it where it is made.',
  },
]
