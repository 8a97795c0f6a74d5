import type { EnvironmentConfig } from '../../config/schema.ts'
import { type Check, type Judgement, mend, ok } from '../check.ts'
import { accountsOf } from '../places.ts'

/** Whose credentials are in use. @param account that they belong to */
export const credentialsCheck = (config: EnvironmentConfig, account: string): Check => ({
  id: 'credentials',
  duty: undefined,
  region: undefined,
  title: `The credentials belong to an account of ${config.name}`,
  why: 'What is deployed with them would stand in an account that nothing here watches.',
  evidence: { from: 'configuration', judge: () => judgeCredentials(config, account) },
  look: 'aws sts get-caller-identity --query Account --output text',
  mend: [{ do: `Use credentials of ${named(config)}.` }],
})

function judgeCredentials(config: EnvironmentConfig, account: string): Judgement {
  if (accountsOf(config).some(({ id }) => id === account)) return ok(`They belong to ${account}.`)
  return config.breached.accounts.includes(account)
    ? mend(`They belong to ${account}, an account of the breached environment. Revoke them, and deploy nothing from this machine.`)
    : mend(`They belong to ${account}.`)
}

const named = (config: EnvironmentConfig): string =>
  accountsOf(config)
    .flatMap(({ id, duties }) => (id === undefined ? [] : `${id} (${duties.join(', ')})`))
    .join(' or ')
