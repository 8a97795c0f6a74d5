import type { EnvironmentConfig } from '../../config/schema.ts'
import { byHand, type Check } from '../check.ts'
import type { Account } from '../places.ts'

/** "Trails per Region", which "cannot be increased" (AWS CloudTrail User Guide, "Quotas in AWS CloudTrail"). */
const trails = 5

/** "An account can have up to 10 resource policies per AWS Region" (Amazon CloudWatch Logs API Reference, PutResourcePolicy). */
const logPolicies = 10

// One is the audit stack's own, for the log of DNS queries; AWS keeps the other for the logs of its web application firewalls (CloudWatch Logs User Guide,
// "Logs sent to CloudWatch Logs").
const logPoliciesMade = 2

/** Each account but the management account gets a trail, and there must be room for it. */
export const trailRoomChecks = ({ duties: [duty], regions: [region] }: Account): readonly Check[] =>
  duty === 'management'
    ? []
    : [
        {
          id: 'trail-room',
          duty,
          region,
          title: `No more than ${trails - 1} trails stand besides that of Safe Harbor`,
          why: `A Region holds ${trails} trails, those of all Regions and of the organization among them; the next one is refused.`,
          evidence: byHand('Trails are not read; look by hand.'),
          look: `aws cloudtrail describe-trails --region ${region} --query 'trailList[].TrailARN'`,
          mend: [{ do: 'Delete a trail that another one has replaced; no request raises the quota.' }],
        },
      ]

/** The logs of DNS queries and of the firewalls need resource policies of CloudWatch Logs, and there must be room for them. */
export const logPolicyRoomChecks = ({ regions: { primary: region } }: EnvironmentConfig): readonly Check[] => [
  {
    id: 'log-policy-room',
    duty: 'workload',
    region,
    title: `No more than ${logPolicies - logPoliciesMade} resource policies of CloudWatch Logs stand besides those of Safe Harbor`,
    why: `A Region holds ${logPolicies}; services leave them behind, the next one is refused, and with it the audit stack (DNS queries) or the people stack (firewall).`,
    evidence: byHand('Resource policies are not read; look by hand.'),
    look: `aws logs describe-resource-policies --region ${region} --query 'resourcePolicies[].policyName'`,
    mend: [{ do: 'CloudWatch Logs: delete the resource policy of a service that no longer delivers here; no request raises the quota.' }],
  },
]
