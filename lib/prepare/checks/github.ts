import { roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { byHand, type Check } from '../check.ts'

/** What the pipeline needs on GitHub: somebody to ask, and where to go. The names are those of .github/workflows/deploy.yml. */
export function githubChecks(config: EnvironmentConfig): readonly Check[] {
  const { repository, environment } = config.github
  const at = `--env ${environment} --repo ${repository}`
  return [
    {
      id: 'github-environment',
      duty: 'workload',
      region: undefined,
      title: `GitHub environment ${environment} of ${repository} has required reviewers and two variables`,
      why: 'Without reviewers whoever can push deploys; without DEPLOYMENT_ROLE_ARN and AWS_REGION the pipeline enters no account.',
      evidence: byHand('GitHub is not read; look by hand.'),
      look: `gh api repos/${repository}/environments/${environment} --jq '.protection_rules[].type' && gh variable list ${at}`,
      mend: [
        { do: `On GitHub, Settings, Environments: make ${environment} with required reviewers.` },
        { run: `gh variable set DEPLOYMENT_ROLE_ARN ${at} --body ${roleArn(config, 'workload', 'deployment')}` },
        { run: `gh variable set AWS_REGION ${at} --body ${config.regions.primary}` },
      ],
    },
  ]
}
