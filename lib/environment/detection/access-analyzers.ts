import { CfnAnalyzer } from 'aws-cdk-lib/aws-accessanalyzer'
import type { Construct } from 'constructs'
import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'

/** Days after which access that nobody used is a finding. A quarter: break-glass is exercised more often than that. */
const unusedAccessDays = 90

/** Access Analyzer, twice: who outside the account can reach something, and which access nobody uses (45 CFR 164.308(a)(4)(ii)(C)). */
export function accessAnalyzers(scope: Construct, config: EnvironmentConfig): void {
  new CfnAnalyzer(scope, 'ExternalAccess', { analyzerName: nameOf(config, 'external-access'), type: 'ACCOUNT' })
  new CfnAnalyzer(scope, 'UnusedAccess', {
    analyzerName: nameOf(config, 'unused-access'),
    type: 'ACCOUNT_UNUSED_ACCESS',
    analyzerConfiguration: { unusedAccessConfiguration: { unusedAccessAge: unusedAccessDays } },
  })
}
