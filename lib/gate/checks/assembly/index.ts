import { everyAcceptanceIsListed } from './acceptance-listed.ts'
import { acceptancesHold } from './acceptances.ts'
import type { Check } from './check.ts'
import { hipaaPackRan } from './hipaa-pack-ran.ts'
import { killSwitchIsOff } from './kill-switch.ts'
import { noFoothold } from './no-foothold.ts'
import { reportedViolations } from './reported-violations.ts'
import { storesAreClassified } from './stores-classified.ts'
import { templatesAreUnchanged } from './template-unchanged.ts'

/** Every check, in the order reports list them. */
export const checks: readonly Check[] = [
  hipaaPackRan,
  templatesAreUnchanged,
  killSwitchIsOff,
  reportedViolations,
  acceptancesHold,
  everyAcceptanceIsListed,
  noFoothold,
  storesAreClassified,
]
