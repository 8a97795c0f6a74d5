import type { ResourceControl } from '../control.ts'
import { isNoneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { patched } from './safeguards.ts'

const fromCode = (Runtime: string) => ({
  SourceConfiguration: {
    CodeRepository: {
      RepositoryUrl: 'https://github.com/example/portal',
      SourceCodeVersion: { Type: 'BRANCH', Value: 'main' },
      CodeConfiguration: { ConfigurationSource: 'API', CodeConfigurationValues: { Runtime } },
    },
  },
})

/** The runtime of App Runner services; their network, key and tracing are judged with web hosting. */
export const appRunnerControls: readonly ResourceControl[] = propertyControls([
  {
    ...patched,
    id: 'apprunner-service-runtime-supported',
    title: 'App Runner services run on a runtime that gets corrections',
    why: 'A runtime after its end gets no corrections, and every fault found in it stays.',
    remedy: 'Set Runtime to PYTHON_311, NODEJS_22 or a CORRETTO version.',
    type: 'AWS::AppRunner::Service',
    path: 'SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues.Runtime',
    expect: isNoneOf('PYTHON_3', 'NODEJS_12', 'NODEJS_14', 'NODEJS_16', 'NODEJS_18', 'GO_1', 'DOTNET_6', 'PHP_81', 'RUBY_31'),
    absent: 'does not apply',
    passing: fromCode('NODEJS_22'),
    failing: fromCode('NODEJS_14'),
  },
])
