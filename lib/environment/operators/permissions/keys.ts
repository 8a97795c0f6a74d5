import { type Duty, keyAlias } from '../../../config/names.ts'
import type { EnvironmentConfig } from '../../../config/schema.ts'
import type { Permission, WildcardResource } from '../../constructs/least-policy.ts'

/** The keys of an account and the primary Region; a condition on the alias says which one is meant. */
export const keysNamed = ({ accounts, regions }: EnvironmentConfig, duty: Duty): WildcardResource => ({
  matching: `arn:aws:kms:${regions.primary}:${accounts[duty]}:key/*`,
  because: 'The id of a key is random and not known here; the condition on its alias names the one key.',
})

/** The condition that the key has one alias (AWS KMS Developer Guide, "AWS KMS condition keys", kms:ResourceAliases). */
export const withAlias = (config: EnvironmentConfig, key: string) => ({
  'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [keyAlias(config, key)] },
})

/** Conditions of a key with one alias, used through one service. */
export const opensThrough = (
  config: EnvironmentConfig,
  key: string,
  service: string,
  context: Readonly<Record<string, string>> = {},
): NonNullable<Permission['conditions']> => ({
  ...withAlias(config, key),
  StringEquals: { 'kms:ViaService': `${service}.${config.regions.primary}.amazonaws.com`, ...context },
})
