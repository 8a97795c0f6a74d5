import type { ResourceControl } from '../control.ts'
import { hardeningEndpointControls } from './hardening-endpoints.ts'
import { hardeningIdentityControls } from './hardening-identity.ts'
import { hardeningKeyControls } from './hardening-keys.ts'
import { hardeningReachControls } from './hardening-reach.ts'
import { hardeningSettingsControls } from './hardening-settings.ts'
import { hardeningSignInControls } from './hardening-sign-in.ts'
import { hardeningStatementControls } from './hardening-statements.ts'

/** Controls that ask for more than a safeguard's presence: that it cannot be emptied and still stand there. */
export const hardeningControls: readonly ResourceControl[] = [
  ...hardeningStatementControls,
  ...hardeningIdentityControls,
  ...hardeningKeyControls,
  ...hardeningEndpointControls,
  ...hardeningSignInControls,
  ...hardeningSettingsControls,
  ...hardeningReachControls,
]
