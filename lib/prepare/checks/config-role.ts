import { prefix } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { type Check, type Judgement, mend, ok, read } from '../check.ts'

const role = 'AWSServiceRoleForConfig'

/** Where AWS Config is not adopted, its service-linked role is made with the recorder. Of these an account has one, in all Regions together. */
export function configRoleChecks(config: EnvironmentConfig): readonly Check[] {
  if (config.adopted.includes('config')) return []
  const { primary } = config.regions
  return [
    {
      id: 'config-role',
      duty: 'workload',
      region: undefined,
      title: 'The service-linked role of AWS Config is left for Safe Harbor to make',
      why: 'It outlives the recorder it was made for; making it a second time is refused, and the detection stack with it.',
      evidence: read(
        'iam:GetRole or config:DescribeConfigurationRecorders',
        async (reader) => ({ exists: await reader.roleExists(role), recorders: await reader.configRecorders(primary) }),
        (found) => judgeConfigRole(config, found),
      ),
      look: `aws iam get-role --role-name ${role} --query Role.CreateDate --output text`,
      mend: [
        { do: 'If it is there before Safe Harbor is deployed, delete it; AWS refuses while a recorder uses it:' },
        { run: `aws iam delete-service-linked-role --role-name ${role}` },
        {
          do: `If a recorder of another Region uses it: record in ${primary} too, and add 'config' to adopted in lib/config/environments/${config.name}.ts.`,
        },
      ],
    },
  ]
}

function judgeConfigRole(config: EnvironmentConfig, found: { readonly exists: boolean; readonly recorders: readonly string[] }): Judgement {
  if (!found.exists) return ok('It does not exist yet.')
  if (found.recorders.some((name) => name.startsWith(`${prefix(config)}-`))) return ok('Safe Harbor made it.')
  return found.recorders.length > 0
    ? ok('It goes with a recorder, which is to be adopted.')
    : mend('It exists, and no recorder here uses it.')
}
