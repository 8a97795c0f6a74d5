import { byHand, type Check } from '../check.ts'
import type { Account } from '../places.ts'

/** The contract that lets AWS hold patient data at all. One for the organization covers its accounts. */
export const agreementChecks = ({ duties: [duty] }: Account): readonly Check[] => [
  {
    id: 'business-associate-agreement',
    duty,
    region: undefined,
    title: 'The business associate agreement with AWS is accepted',
    why: 'A covered entity may let AWS keep health information only under such a contract (45 CFR 164.308(b)(1), 164.504(e)).',
    evidence: byHand('AWS Artifact cannot be read by a command; look by hand.'),
    mend: [
      {
        do: 'AWS Artifact console, Agreements: accept the AWS Business Associate Addendum, in the management account for the organization.',
      },
    ],
  },
]
