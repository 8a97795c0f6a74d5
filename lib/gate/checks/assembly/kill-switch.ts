import { factsFile } from '../../assembly/facts.ts'
import type { Check } from './check.ts'

const killSwitch = '@aws-cdk/core:failSynthOnValidationErrors'

/** Synthesis fails on findings. The context key that turns this off can be set inside the repository that is judged, so the gate looks for it from outside. */
export const killSwitchIsOff: Check = ({ assembly: { facts } }) => {
  if (facts === undefined) return { findings: [], passes: [] }
  const value = facts.context[killSwitch]
  const property = `context.${killSwitch}`
  if (value === undefined || value === true || value === 'true')
    return { findings: [], passes: [{ control: 'kill-switch', topic: 'other', property, value: value ?? 'not set' }] }
  return {
    findings: [
      {
        control: 'kill-switch',
        topic: 'other',
        status: 'fail',
        property,
        value,
        file: factsFile,
        line: 1,
        message: 'Synthesis was told to succeed whatever the rules find.',
        remedy: `Remove "${killSwitch}" from cdk.json and from the command line.`,
        citations: ['164.308(a)(8)'],
      },
    ],
    passes: [],
  }
}
