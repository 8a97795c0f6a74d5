import type { DeploymentControl } from '../control.ts'
import { presenceControl } from './deployment-presence.ts'
import { isWord } from './entries.ts'
import { monitoring } from './safeguards.ts'

const session = (Status: string) => ({ Macie: { Type: 'AWS::Macie::Session', Properties: { Status } } })

/** Controls over what an assembly as a whole must hold, beyond what records and what detects. */
export const hardeningPresenceControls: readonly DeploymentControl[] = [
  presenceControl({
    ...monitoring,
    severity: 'low',
    id: 'deployment-macie-session',
    title: 'Amazon Macie looks through the buckets for what should not be there',
    why: 'Patient data gets into buckets that nobody meant for it, logs and exports first, and stays there unprotected until somebody looks.',
    remedy: 'Add an AWS::Macie::Session with Status ENABLED.',
    missing: 'No session of Amazon Macie is enabled',
    types: ['AWS::Macie::Session'],
    holds: (one) => isWord(one.get('Status') ?? 'ENABLED', 'ENABLED'),
    passing: session('ENABLED'),
    failing: session('PAUSED'),
  }),
]
