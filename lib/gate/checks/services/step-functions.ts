import type { ResourceControl } from '../control.ts'
import { isNoneOf, isOff, isOn, isOneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { audit, customerKey, exampleKey, monitoring } from './safeguards.ts'

const type = 'AWS::StepFunctions::StateMachine'
const machine = {
  RoleArn: 'arn:aws:iam::111122223333:role/states',
  DefinitionString: '{"StartAt":"Done","States":{"Done":{"Type":"Succeed"}}}',
}
const Destinations = [
  { CloudWatchLogsLogGroup: { LogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/vendedlogs/states/records:*' } },
]
const logged = (Level: string, IncludeExecutionData = false) => ({
  ...machine,
  LoggingConfiguration: { Level, IncludeExecutionData, Destinations },
})

/** Controls on state machines. */
export const stepFunctionsControls: readonly ResourceControl[] = propertyControls([
  {
    ...monitoring,
    id: 'stepfunctions-state-machine-logging',
    title: 'State machines write logs',
    why: 'Without logs nobody can tell what an execution did once its history is gone; express executions have no history at all.',
    remedy: 'Set LoggingConfiguration.Level to ERROR, FATAL or ALL, with Destinations.',
    type,
    path: 'LoggingConfiguration.Level',
    expect: isNoneOf('OFF'),
    absent: 'fails',
    passing: logged('ERROR'),
    failing: machine,
  },
  {
    ...audit,
    severity: 'low',
    id: 'stepfunctions-state-machine-logs-all',
    title: 'State machines log every event of an execution',
    why: 'A log of errors alone does not show who started an execution that did what it should not have done.',
    remedy: 'Set LoggingConfiguration.Level to ALL.',
    type,
    path: 'LoggingConfiguration.Level',
    expect: isOneOf('ALL'),
    absent: 'fails',
    passing: logged('ALL'),
    failing: logged('ERROR'),
  },
  {
    ...audit,
    severity: 'medium',
    citations: ['164.312(a)(1)', '164.502(b)'],
    id: 'stepfunctions-state-machine-no-contents-in-log',
    title: 'State machines keep inputs and outputs out of the log',
    why: 'With execution data the log repeats the input and output of every state: patient data then lies where developers and operators read it.',
    remedy: 'Set LoggingConfiguration.IncludeExecutionData to false, or leave it out.',
    type,
    path: 'LoggingConfiguration.IncludeExecutionData',
    expect: isOff,
    absent: 'passes',
    passing: logged('ALL'),
    failing: logged('ALL', true),
  },
  {
    ...monitoring,
    severity: 'low',
    id: 'stepfunctions-state-machine-tracing',
    title: 'State machines are traced with X-Ray',
    why: 'Without traces an execution cannot be followed into the services that it calls.',
    remedy: 'Set TracingConfiguration.Enabled to true.',
    type,
    path: 'TracingConfiguration.Enabled',
    expect: isOn,
    absent: 'fails',
    passing: { ...machine, TracingConfiguration: { Enabled: true } },
    failing: machine,
  },
  {
    ...customerKey,
    id: 'stepfunctions-state-machine-customer-key',
    title: "State machines are encrypted with a customer's key",
    why: 'The history of executions holds their inputs and outputs for up to 90 days; with a key of your own its readers are those you name.',
    remedy: 'Set EncryptionConfiguration with the type CUSTOMER_MANAGED_KMS_KEY and a KmsKeyId.',
    type,
    path: 'EncryptionConfiguration.KmsKeyId',
    passing: { ...machine, EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: exampleKey } },
    failing: machine,
  },
  {
    ...customerKey,
    severity: 'low',
    id: 'stepfunctions-activity-customer-key',
    title: "Activities of Step Functions are encrypted with a customer's key",
    why: 'Tasks wait in an activity with their input; with a key of your own its readers are those you name.',
    remedy: 'Set EncryptionConfiguration with the type CUSTOMER_MANAGED_KMS_KEY and a KmsKeyId.',
    type: 'AWS::StepFunctions::Activity',
    path: 'EncryptionConfiguration.KmsKeyId',
    passing: { Name: 'review', EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: exampleKey } },
    failing: { Name: 'review' },
  },
])
