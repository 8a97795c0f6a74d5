import type { EnvironmentConfig } from '../../config/schema.ts'
import type { Check } from '../check.ts'
import { type Account, accountsOf } from '../places.ts'
import { accountChecks } from './account.ts'
import { adoptionChecks } from './adoption.ts'
import { afterDeploymentChecks } from './after-deployment.ts'
import { agreementChecks } from './agreement.ts'
import { answeringLineChecks, lineDomainChecks } from './answering-line.ts'
import { backupChecks } from './backup.ts'
import { bootstrapChecks } from './bootstrap.ts'
import { breakGlassChecks } from './break-glass.ts'
import { configRoleChecks } from './config-role.ts'
import { configurationChecks } from './configuration.ts'
import { credentialsCheck } from './credentials.ts'
import { functionChecks } from './functions.ts'
import { githubChecks } from './github.ts'
import { countryChecks } from './messaging-countries.ts'
import { networkChecks } from './network.ts'
import { notificationChecks } from './notifications.ts'
import { organizationChecks } from './organization.ts'
import { peopleChecks } from './people.ts'
import { regionChecks } from './region.ts'
import { logPolicyRoomChecks, trailRoomChecks } from './room.ts'
import { signInChecks } from './sign-in.ts'

/** Checks that belong together: those of the configuration, or those of one account. */
export interface CheckGroup {
  /** Undefined for the configuration. */
  readonly account: Account | undefined
  readonly checks: readonly Check[]
}

/**
 * Every check of an environment, in the order of doing.
 *
 * @param credentials account that the credentials belong to, if there are any
 */
export function checkGroups(config: EnvironmentConfig, credentials: string | undefined): readonly CheckGroup[] {
  const accounts = accountsOf(config)
  return [
    {
      account: undefined,
      checks: [...(credentials === undefined ? [] : [credentialsCheck(config, credentials)]), ...configurationChecks(config)],
    },
    ...accounts.map((account, index) => ({
      account,
      checks: [...(index === 0 ? agreementChecks(account) : []), ...checksOf(config, account)],
    })),
  ]
}

function checksOf(config: EnvironmentConfig, account: Account): readonly Check[] {
  const only = (duty: Account['duties'][number], checks: (config: EnvironmentConfig) => readonly Check[]) =>
    account.duties.includes(duty) ? checks(config) : []
  return [
    ...accountChecks(config, account),
    ...regionChecks(account),
    ...only('management', organizationChecks),
    ...backupChecks(config, account.duties),
    ...trailRoomChecks(account),
    ...only('workload', logPolicyRoomChecks),
    ...only('workload', networkChecks),
    ...only('workload', functionChecks),
    ...only('workload', notificationChecks),
    ...only('workload', lineDomainChecks),
    ...only('workload', adoptionChecks),
    ...only('workload', configRoleChecks),
    ...bootstrapChecks(config, account),
    ...peopleChecks(config, account),
    ...only('workload', breakGlassChecks),
    ...only('workload', githubChecks),
    ...only('workload', afterDeploymentChecks),
    ...only('workload', signInChecks),
    ...only('workload', answeringLineChecks),
    ...only('workload', countryChecks),
  ]
}
