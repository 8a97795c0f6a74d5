import { checkpointEnvironment } from '../../../../lambda/ledger/checkpoint/env.ts'
import { reconcileEnvironment } from '../../../../lambda/ledger/reconcile/env.ts'
import { servedEnvironment } from '../../../../lambda/service/env.ts'
import { escalationEnvironment } from '../../../../lambda/service/escalation/env.ts'
import { intakeEnvironment } from '../../../../lambda/service/intake/env.ts'
import { sessionEnvironment } from '../../../../lambda/shared/session/env.ts'
import { bucketName, keyAlias, logGroupName, nameOf, originationIdentityArn, roleArn } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { KeyArns } from '../../keys-stack.ts'
import { sessionRoles } from '../../network/endpoint-policies.ts'
import type { ServiceFunctionName } from './permissions.ts'

type Variables = Readonly<Record<string, string>>

/** Environment variables of each function, by the names that its `env.ts` gives them. They hold names and addresses, never secrets. */
export const variablesOf = {
  intake: (config, keys) => ({
    ...served(config),
    [intakeEnvironment.records]: nameOf(config, 'records'),
    [intakeEnvironment.wrappedKeys]: nameOf(config, 'wrapped-keys'),
    [intakeEnvironment.routing]: nameOf(config, 'routing'),
    [intakeEnvironment.vaultKeyArn]: keys.vault,
    [intakeEnvironment.recoveryKeyArn]: recoveryKeyAliasArn(config),
  }),
  provider: (config, keys) => ({ ...served(config), ...session(config, keys, 'provider-session') }),
  patient: (config, keys) => ({ ...served(config), ...session(config, keys, 'patient-session') }),
  escalation: (config) => ({
    [escalationEnvironment.practices]: practiceIds(config),
    [escalationEnvironment.routingTable]: nameOf(config, 'routing'),
    [escalationEnvironment.originationIdentity]: originationIdentityArn(config),
    [escalationEnvironment.configurationSet]: nameOf(config, 'notifications'),
  }),
  'ledger-checkpoint': (config) => ({
    [checkpointEnvironment.practices]: practiceIds(config),
    [checkpointEnvironment.ledgerTable]: nameOf(config, 'ledger'),
    [checkpointEnvironment.archiveBucket]: bucketName(config, 'archive', 'audit'),
    [checkpointEnvironment.archiveAccount]: config.accounts.audit,
  }),
  'ledger-reconcile': (config) => ({
    [reconcileEnvironment.practices]: practiceIds(config),
    [reconcileEnvironment.ledgerTable]: nameOf(config, 'ledger'),
    [reconcileEnvironment.recordsTable]: nameOf(config, 'records'),
    [reconcileEnvironment.trailLogGroup]: logGroupName(config, 'trail'),
    [reconcileEnvironment.sessionRoles]: JSON.stringify(sessionRoles.map((role) => nameOf(config, role))),
    [reconcileEnvironment.breakGlassRole]: nameOf(config, 'break-glass'),
  }),
} as const satisfies Record<ServiceFunctionName, (config: EnvironmentConfig, keys: KeyArns) => Variables>

const practiceIds = ({ practices }: EnvironmentConfig): string => JSON.stringify(practices.map(({ id }) => id))

const served = (config: EnvironmentConfig): Variables => ({
  [servedEnvironment.phase]: config.phase,
  [servedEnvironment.practices]: practiceIds(config),
  [servedEnvironment.pilotPractices]: JSON.stringify(config.pilotPractices),
})

const session = (config: EnvironmentConfig, keys: KeyArns, role: string): Variables => ({
  [sessionEnvironment.roleArn]: roleArn(config, 'workload', role),
  [sessionEnvironment.vaultKeyArn]: keys.vault,
  [sessionEnvironment.recoveryKeyArn]: recoveryKeyAliasArn(config),
  [sessionEnvironment.records]: nameOf(config, 'records'),
  [sessionEnvironment.wrappedKeys]: nameOf(config, 'wrapped-keys'),
  [sessionEnvironment.ledger]: nameOf(config, 'ledger'),
  [sessionEnvironment.routing]: nameOf(config, 'routing'),
})

// Of a key in another account its alias is all that is known.
const recoveryKeyAliasArn = (config: EnvironmentConfig): string =>
  `arn:aws:kms:${config.regions.primary}:${config.accounts.recovery}:${keyAlias(config, 'recovery')}`
