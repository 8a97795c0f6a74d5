import { accountTrailClaims } from './account-trail.ts'
import { archiveClaims } from './archive.ts'
import { auditClaims } from './audit.ts'
import type { Claim } from './claim.ts'
import { detectionClaims } from './detection.ts'
import { guardrailsClaims } from './guardrails.ts'
import { keysClaims } from './keys.ts'
import { networkClaims } from './network.ts'
import { operatorsClaims } from './operators.ts'
import { peopleClaims } from './people.ts'
import { publishedClaims } from './published.ts'
import { recordsClaims } from './records.ts'
import { recoveryClaims } from './recovery.ts'
import { recoveryAccountClaims } from './recovery-account.ts'
import { recoveryRegionClaims } from './recovery-region.ts'
import { serviceClaims } from './service.ts'

/** Every claim, by stack. */
export const claims: readonly Claim[] = [
  ...guardrailsClaims,
  ...operatorsClaims,
  ...archiveClaims,
  ...accountTrailClaims,
  ...networkClaims,
  ...keysClaims,
  ...auditClaims,
  ...peopleClaims,
  ...detectionClaims,
  ...recoveryAccountClaims,
  ...recoveryRegionClaims,
  ...recoveryClaims,
  ...recordsClaims,
  ...serviceClaims,
  ...publishedClaims,
]
