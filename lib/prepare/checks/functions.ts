import type { EnvironmentConfig } from '../../config/schema.ts'
import { type Check, type Judgement, mend, ok, read } from '../check.ts'

/** Most copies of functions that the environment reserves at once, all functions together. A test holds the templates against it. */
export const reservedCopies = 100

/** "100 ... for functions that don't have reserved concurrency" stay unreserved (AWS Lambda Developer Guide, "Configuring reserved concurrency"). */
const unreservedCopies = 100

// "Concurrent executions", a quota of each account and Region.
const concurrency = { service: 'lambda', code: 'L-B99A9384' } as const

/** What the functions of the workload account need. */
export function functionChecks({ regions: { primary: region } }: EnvironmentConfig): readonly Check[] {
  const place = { duty: 'workload', region } as const
  return [
    {
      ...place,
      id: 'function-concurrency',
      title: `At least ${reservedCopies + unreservedCopies} copies of functions may run at once`,
      why: 'A new account may have 10; reserving copies for a function then fails, and the deployment with it.',
      evidence: read(
        'servicequotas:GetServiceQuota',
        (reader) => reader.quota(region, concurrency.service, concurrency.code),
        judgeConcurrency,
      ),
      look: `aws lambda get-account-settings --region ${region} --query AccountLimit.ConcurrentExecutions`,
      mend: [
        {
          run: `aws service-quotas request-service-quota-increase --service-code ${concurrency.service} --quota-code ${concurrency.code} --desired-value 1000 --region ${region}`,
        },
      ],
    },
    {
      ...place,
      id: 'inspector',
      title: 'Inspector scans functions and their code',
      why: 'CloudFormation cannot enable Inspector; a weakness in a bundled library would go unseen (45 CFR 164.308(a)(1)(ii)(A)).',
      evidence: read('inspector2:BatchGetAccountStatus', (reader) => reader.inspector(region), judgeInspector),
      look: `aws inspector2 batch-get-account-status --region ${region} --query 'accounts[0].resourceState'`,
      mend: [{ run: `aws inspector2 enable --resource-types LAMBDA LAMBDA_CODE --region ${region}` }],
    },
  ]
}

const judgeConcurrency = (allowed: number): Judgement =>
  allowed >= reservedCopies + unreservedCopies ? ok(`${allowed} may.`) : mend(`${allowed} may run at once.`)

function judgeInspector({ lambda, lambdaCode }: { readonly lambda: string; readonly lambdaCode: string }): Judgement {
  const found = `Functions: ${lambda}; their code: ${lambdaCode}.`
  return [lambda, lambdaCode].every((state) => state === 'ENABLED' || state === 'ENABLING') ? ok(found) : mend(found)
}
