import { type DeploymentPath, deploymentPaths, nameOf, policyArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { operatorsStackOf } from '../../config/stacks.ts'
import { bootstrapRoles } from '../../environment/operators/permissions/deployment.ts'
import { workloadDeploymentPolicyArns } from '../../environment/operators/permissions/workload-deployment.ts'
import type { Bootstrap } from '../aws/bootstrap-facts.ts'
import { type Check, type Judgement, mend, ok, read } from '../check.ts'
import type { Account } from '../places.ts'

/** The version the library's default synthesizer asks for: "requires bootstrap stack version '6'" (CDK Developer Guide, "Bootstrap"). */
const leastVersion = 6

/**
 * How an account becomes deployable, in order: the foundation path by hand, the people of the environment with it, and only then the
 * workload path, because its CloudFormation role carries policies that the operators stack makes.
 */
export function bootstrapChecks(config: EnvironmentConfig, account: Account): readonly Check[] {
  const on = (path: DeploymentPath) => account.paths[path].map((region) => bootstrap(config, account, path, region))
  const operators = account.duties.includes('management') ? [] : [operatorsDeployed(config, account)]
  const bounded = account.duties.includes('workload') ? [deployersBounded(config)] : []
  return [...on('foundation'), ...operators, ...on('workload'), ...bounded]
}

const purpose = {
  foundation: 'What guards the rest (network, keys, identities, archive) is deployed by people, by a path the pipeline cannot take.',
  workload: 'The pipeline deploys with this role; a broader policy on it would let the pipeline change keys and identities.',
} as const satisfies Record<DeploymentPath, string>

const nounOf = { foundation: 'AdministratorAccess', workload: 'the workload-deployment policies' } as const satisfies Record<
  DeploymentPath,
  string
>

function bootstrap(config: EnvironmentConfig, { id, duties }: Account, path: DeploymentPath, region: string): Check {
  const qualifier = deploymentPaths[path]
  const policies = executionPolicies(config, path)
  const command = [
    `npx cdk bootstrap aws://${id}/${region} --qualifier ${qualifier} --toolkit-stack-name CDKToolkit-${qualifier}`,
    ...policies.map((policy) => `--cloudformation-execution-policies ${policy}`),
    ...(config.purpose === 'production' ? ['--termination-protection'] : []),
  ].join(' ')
  return {
    id: `bootstrap-${path}`,
    duty: duties[0],
    region,
    title: `CDK is bootstrapped for the ${path} path, with ${nounOf[path]}`,
    why: purpose[path],
    evidence: read(
      'ssm:GetParameter, iam:ListAttachedRolePolicies or iam:GetRole',
      (reader) => reader.bootstrap(region, qualifier),
      (found) => judgeBootstrap(found, policies, command),
    ),
    look: `aws ssm get-parameter --name /cdk-bootstrap/${qualifier}/version --region ${region} --query Parameter.Value`,
    mend: [{ run: command }],
  }
}

// People who deploy the foundation make keys, identities and the network; a narrower policy would have to allow the same.
const executionPolicies = (config: EnvironmentConfig, path: DeploymentPath): readonly string[] =>
  path === 'foundation' ? ['arn:aws:iam::aws:policy/AdministratorAccess'] : workloadDeploymentPolicyArns(config)

/**
 * Judges a bootstrap: there, recent enough, with these policies and no other, and trusting nobody outside the account.
 *
 * @param command the bootstrap command, to which accounts to be trusted no longer are added
 */
function judgeBootstrap(found: Bootstrap | undefined, policies: readonly string[], command: string): Judgement {
  if (found === undefined) return mend('It is not bootstrapped.')
  if (found.trusted.length > 0) {
    const untrusted = found.trusted.filter((id) => /^\d{12}$/.test(id))
    const steps = untrusted.length > 0 ? [{ run: `${command} ${untrusted.map((id) => `--untrust ${id}`).join(' ')}` }] : []
    return mend(`Others may deploy here: ${found.trusted.join(', ')}.`, ...steps)
  }
  if ([...found.executionPolicies].sort().join() !== [...policies].sort().join())
    return mend(`CloudFormation's role has ${found.executionPolicies.join(', ') || 'no policy'}.`)
  return found.version >= leastVersion ? ok(`Version ${found.version}.`) : mend(`Version ${found.version} is older than ${leastVersion}.`)
}

/** The boundary stops the pipeline from updating a foundation stack with the role that stack was made with (CloudFormation User Guide, "AWS CloudFormation service role"). */
function deployersBounded(config: EnvironmentConfig): Check {
  const region = config.regions.primary
  const boundary = policyArn(config, 'workload', 'workload-deployer-boundary')
  const roles = bootstrapRoles.map((role) => `cdk-${deploymentPaths.workload}-${role}-role-${config.accounts.workload}-${region}`)
  return {
    id: 'deployers-bounded',
    duty: 'workload',
    region,
    title: 'The roles that the pipeline deploys with are bounded to workload stacks',
    why: "Unbounded, the CDK's deploy role could update the keys stack with the foundation's own role.",
    evidence: read(
      'iam:GetRole',
      (reader) => Promise.all(roles.map(async (role) => ({ role, boundary: await reader.roleBoundary(role) }))),
      (found) => judgeBoundaries(found, boundary),
    ),
    look: `aws iam get-role --role-name ${roles[0]} --query Role.PermissionsBoundary`,
    mend: roles.map((role) => ({ run: `aws iam put-role-permissions-boundary --role-name ${role} --permissions-boundary ${boundary}` })),
  }
}

function judgeBoundaries(found: readonly { readonly role: string; readonly boundary: string | undefined }[], boundary: string): Judgement {
  const open = found.filter((one) => one.boundary !== boundary)
  return open.length === 0 ? ok('They carry the boundary.') : mend(`Without the boundary: ${open.map(({ role }) => role).join(', ')}.`)
}

function operatorsDeployed(config: EnvironmentConfig, { duties }: Account): Check {
  const [duty] = duties
  const stack = operatorsStackOf(duties)
  const role = nameOf(config, 'custodian')
  return {
    id: 'operators-deployed',
    duty,
    region: config.regions.primary,
    title: `Stack ${nameOf(config, stack)} is deployed`,
    why: 'Key policies and the workload path name its roles and policies, and IAM refuses a name that does not exist yet.',
    evidence: read(
      'iam:GetRole',
      (reader) => reader.roleExists(role),
      (exists) => (exists ? ok(`Role ${role} exists.`) : mend(`Role ${role} does not exist.`)),
    ),
    look: `aws iam get-role --role-name ${role} --query Role.Arn --output text`,
    mend: [{ run: `npx cdk deploy ${stack} --exclusively --context environment=${config.name}` }],
  }
}
