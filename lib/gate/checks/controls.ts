import { joinControls } from './across-types.ts'
import type { DeploymentControl, ResourceControl } from './control.ts'
import { applicationControls } from './services/application-services.ts'
import { configJoins } from './services/config-joins.ts'
import { dataStoreControls } from './services/data-stores.ts'
import { hardeningControls } from './services/hardening.ts'
import { hardeningPresenceControls } from './services/hardening-presence.ts'
import { identityControls } from './services/iam-and-secrets.ts'
import { networkControls } from './services/network.ts'
import { platformControls } from './services/platform.ts'
import { presenceControls } from './services/presence.ts'
import { storageControls } from './services/storage.ts'
import { storeJoins } from './services/store-joins.ts'

/** Every control over resources, in the order reports list them. */
export const controls: readonly ResourceControl[] = joinControls(
  [
    ...identityControls,
    ...applicationControls,
    ...networkControls,
    ...storageControls,
    ...dataStoreControls,
    ...platformControls,
    ...hardeningControls,
  ],
  [...storeJoins, ...configJoins],
)

/** Every control over an assembly as a whole. */
export const deploymentControls: readonly DeploymentControl[] = [...presenceControls, ...hardeningPresenceControls]
