import type { EnvironmentConfig } from '../config/schema.ts'
import { type Standing, type Switch, type Switched, switchesOf } from './offline.ts'

/** One line for one switch: `   412 ms  safe-harbor-production-intake  runs at most 0 at once`. */
export const reportSwitch = ({ switch: one, milliseconds, error }: Switched): string =>
  `${String(Math.round(milliseconds)).padStart(6)} ms  ${one.name}  ${error === undefined ? meaningOf(one) : `FAILED: ${reasonOf(error)}`}`

/** What stands at the end: that all is as asked, or what remains and that the command may be run again. */
export function reportStanding(to: Standing, switched: readonly Switched[]): string {
  const failed = switched.filter(({ error }) => error !== undefined)
  if (failed.length > 0) {
    const names = failed.map((one) => one.switch.name).join(', ')
    return `NOT ${to}: ${failed.length} of ${switched.length} remain: ${names}. Run this again, or type what --print prints.`
  }
  return to === 'offline'
    ? 'Offline. Nobody is served; callers are told in plain words. Patients who called before are still called back.'
    : 'Online. Callers are served again, as far as the phase allows.'
}

/** What to type where this tool has no credentials: the same switches by the AWS CLI. */
export const switchCommands = (
  config: Pick<EnvironmentConfig, 'name' | 'accounts' | 'regions'>,
  to: Standing,
  role: string,
): readonly string[] => [
  `# as ${role} of account ${config.accounts.workload}`,
  ...switchesOf(config, to)
    .flat()
    .map((one) => commandOf(one, config.regions.primary)),
]

const meaningOf = (one: Switch): string =>
  one.kind === 'function'
    ? `runs at most ${one.concurrency} at once`
    : one.addresses.length === 0
      ? 'holds nobody'
      : `holds everybody: ${one.addresses.join(' ')}`

function commandOf(one: Switch, region: string): string {
  if (one.kind === 'function')
    return `aws lambda put-function-concurrency --region ${region} --function-name ${one.name} --reserved-concurrent-executions ${one.concurrency}`
  const asked = (field: string) =>
    `"$(aws wafv2 list-ip-sets --scope REGIONAL --region ${region} --query "IPSets[?Name=='${one.name}'].${field}" --output text)"`
  return `aws wafv2 update-ip-set --scope REGIONAL --region ${region} --name ${one.name} --id ${asked('Id')} --lock-token ${asked('LockToken')} --addresses '${JSON.stringify(one.addresses)}'`
}

const reasonOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error))
