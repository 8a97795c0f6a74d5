import type { Deployment } from '../../template/deployment.ts'
import type { Resource } from '../../template/resource.ts'
import { isMap, listOf, Unknown, type Value } from '../../template/value.ts'
import { type ControlText, fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'
import { atLeast, type Expectation, isOff, isOn, isOneOf, matches } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { containment, exposed, lesserMonitoring, recordsKept } from './platform-safeguards.ts'
import { audit, availability, hygiene, monitoring, patched } from './safeguards.ts'

const environment = 'AWS::ElasticBeanstalk::Environment'
const template = 'AWS::ElasticBeanstalk::ConfigurationTemplate'

interface Option extends Omit<ControlText, 'remedy'> {
  readonly namespace: string
  readonly name: string
  readonly expect: Expectation
  /** What Elastic Beanstalk does without the option ("General options for all environments", AWS Elastic Beanstalk Developer Guide). */
  readonly absent: 'passes' | 'fails'
  /** Only where an option of the namespace is set at all. */
  readonly ifNamespaceUsed?: true
  readonly good: string
  readonly bad: string
}

const settingsOf = (resource: Resource): readonly Value[] => listOf(resource.get('OptionSettings'))

function settingOf(resource: Resource, namespace: string, name: string): Value | undefined {
  const setting = settingsOf(resource)
    .filter(isMap)
    .find((one) => one['Namespace'] === namespace && one['OptionName'] === name)
  return setting?.['Value']
}

const path = 'OptionSettings'

function judgeOption(option: Option, resource: Resource, deployment: Deployment): Outcome | undefined {
  const { namespace, name, expect, absent } = option
  const value = settingOf(resource, namespace, name)
  if (value instanceof Unknown) return undecided(path, value.reason)
  if (value !== undefined) return outcomeOf(expect(value, deployment), value)
  const open = [resource.get(path), ...settingsOf(resource)].find((part) => part instanceof Unknown)
  if (open instanceof Unknown) return undecided(path, open.reason)
  if (option.ifNamespaceUsed && !settingsOf(resource).some((one) => isMap(one) && one['Namespace'] === namespace)) return undefined
  return (
    fromTemplate(option, resource, deployment) ??
    (absent === 'passes' ? pass(path, undefined) : fail(path, undefined, `${namespace}: ${name} is not set.`))
  )
}

// What an environment does not set itself it takes from its saved configuration.
function fromTemplate(option: Option, resource: Resource, deployment: Deployment): Outcome | undefined {
  const name = resource.get('TemplateName')
  if (resource.type !== environment || name === undefined) return undefined
  const saved = deployment.resourceOf(name)
  return saved?.type === template
    ? judgeOption(option, saved, deployment)
    : undecided('TemplateName', 'it comes from a configuration outside the templates')
}

const outcomeOf = (met: boolean | undefined, value: Value): Outcome =>
  met === undefined ? undecided(path, 'it is computed at deployment', value) : met ? pass(path, value) : fail(path, value)

const example = (Namespace: string, OptionName: string, Value: string) => ({
  Portal: {
    Type: environment,
    Properties: {
      ApplicationName: 'portal',
      SolutionStackName: '64bit Amazon Linux 2023 v6.5.0 running Node.js 22',
      OptionSettings: [{ Namespace, OptionName, Value }],
    },
  },
})

function optionControl(option: Option): ResourceControl {
  const { namespace, name, good, bad, expect: _expect, absent: _absent, ifNamespaceUsed: _used, ...text } = option
  return {
    ...text,
    remedy: `Set the option ${name} of ${namespace} to ${good}.`,
    types: [environment, template],
    judge: (resource, deployment) => judgeOption(option, resource, deployment),
    passing: example(namespace, name, good),
    failing: example(namespace, name, bad),
  }
}

const options: readonly Option[] = [
  {
    ...monitoring,
    id: 'elasticbeanstalk-environment-enhanced-health',
    title: 'Elastic Beanstalk environments report their health in detail',
    why: 'Basic reports say that something is wrong, not on which instance and why.',
    namespace: 'aws:elasticbeanstalk:healthreporting:system',
    name: 'SystemType',
    expect: isOneOf('enhanced'),
    absent: 'fails',
    good: 'enhanced',
    bad: 'basic',
  },
  {
    ...patched,
    id: 'elasticbeanstalk-environment-managed-updates',
    title: 'Elastic Beanstalk environments update their platform by themselves',
    why: 'Without managed updates the operating system and the runtime stay as they were on the first day.',
    namespace: 'aws:elasticbeanstalk:managedactions',
    name: 'ManagedActionsEnabled',
    expect: isOn,
    absent: 'fails',
    good: 'true',
    bad: 'false',
  },
  {
    ...patched,
    id: 'elasticbeanstalk-environment-minor-updates',
    title: 'Elastic Beanstalk managed updates take minor versions too',
    severity: 'low',
    why: 'Patch versions alone leave out new versions of the runtime, and with them their corrections.',
    namespace: 'aws:elasticbeanstalk:managedactions:platformupdate',
    name: 'UpdateLevel',
    expect: isOneOf('minor'),
    absent: 'fails',
    ifNamespaceUsed: true,
    good: 'minor',
    bad: 'patch',
  },
  {
    ...audit,
    id: 'elasticbeanstalk-environment-log-streaming',
    title: 'Elastic Beanstalk environments send their logs to CloudWatch',
    why: 'A log on the disk of an instance ends with the instance.',
    namespace: 'aws:elasticbeanstalk:cloudwatch:logs',
    name: 'StreamLogs',
    expect: isOn,
    absent: 'fails',
    good: 'true',
    bad: 'false',
  },
  {
    ...audit,
    id: 'elasticbeanstalk-environment-logs-kept',
    title: 'Elastic Beanstalk environments keep their logs when they end',
    severity: 'low',
    why: 'Ending the environment would end the records of what it did.',
    namespace: 'aws:elasticbeanstalk:cloudwatch:logs',
    name: 'DeleteOnTerminate',
    expect: isOff,
    absent: 'passes',
    good: 'false',
    bad: 'true',
  },
  {
    ...recordsKept,
    id: 'elasticbeanstalk-environment-log-retention',
    title: 'Elastic Beanstalk environments keep their logs for at least a year',
    severity: 'low',
    why: 'By default the logs are gone after seven days.',
    namespace: 'aws:elasticbeanstalk:cloudwatch:logs',
    name: 'RetentionInDays',
    expect: atLeast(365),
    absent: 'fails',
    ifNamespaceUsed: true,
    good: '365',
    bad: '7',
  },
  {
    ...containment,
    id: 'elasticbeanstalk-environment-imdsv2',
    title: 'Elastic Beanstalk instances answer no metadata requests of version 1',
    why: 'With version 1, a program that can be made to fetch an address hands out the credentials of its instance.',
    namespace: 'aws:autoscaling:launchconfiguration',
    name: 'DisableIMDSv1',
    expect: isOn,
    absent: 'fails',
    good: 'true',
    bad: 'false',
  },
  {
    ...exposed,
    id: 'elasticbeanstalk-environment-no-public-address',
    title: 'Elastic Beanstalk instances get no public address',
    why: 'An instance with a public address stands in the internet beside its load balancer.',
    namespace: 'aws:ec2:vpc',
    name: 'AssociatePublicIpAddress',
    expect: isOff,
    absent: 'passes',
    good: 'false',
    bad: 'true',
  },
  {
    ...exposed,
    id: 'elasticbeanstalk-environment-in-vpc',
    title: 'Elastic Beanstalk environments name their VPC',
    severity: 'medium',
    why: 'Without a VPC the environment lands in the default one, whose subnets are all public.',
    namespace: 'aws:ec2:vpc',
    name: 'VPCId',
    expect: matches(/^vpc-|⟨/),
    absent: 'fails',
    good: 'vpc-11111111',
    bad: '',
  },
  {
    ...hygiene,
    id: 'elasticbeanstalk-environment-no-ssh-key',
    title: 'Elastic Beanstalk instances have no SSH key',
    why: 'One key opens every instance, and port 22 is opened to the internet with it unless a range is named.',
    namespace: 'aws:autoscaling:launchconfiguration',
    name: 'EC2KeyName',
    expect: isOneOf(''),
    absent: 'passes',
    good: '',
    bad: 'key',
  },
  {
    ...lesserMonitoring,
    id: 'elasticbeanstalk-environment-tracing',
    title: 'Elastic Beanstalk environments are traced',
    why: 'Without traces nobody sees which call of a request failed.',
    namespace: 'aws:elasticbeanstalk:xray',
    name: 'XRayEnabled',
    expect: isOn,
    absent: 'fails',
    good: 'true',
    bad: 'false',
  },
  {
    ...availability,
    id: 'elasticbeanstalk-environment-database-kept',
    title: 'Elastic Beanstalk databases leave a snapshot when their environment ends',
    why: 'By default the database goes with the environment.',
    namespace: 'aws:rds:dbinstance',
    name: 'DBDeletionPolicy',
    expect: isOneOf('Snapshot', 'Retain'),
    absent: 'fails',
    ifNamespaceUsed: true,
    good: 'Snapshot',
    bad: 'Delete',
  },
  {
    ...availability,
    id: 'elasticbeanstalk-environment-database-multi-az',
    title: 'Elastic Beanstalk databases stand by in a second Availability Zone',
    why: 'A database in one zone is gone while that zone fails.',
    namespace: 'aws:rds:dbinstance',
    name: 'MultiAZDatabase',
    expect: isOn,
    absent: 'fails',
    ifNamespaceUsed: true,
    good: 'true',
    bad: 'false',
  },
]

const platform = propertyControls([
  {
    ...patched,
    id: 'elasticbeanstalk-environment-platform-supported',
    title: 'Elastic Beanstalk environments run on an operating system that gets corrections',
    why: 'Amazon Linux and Amazon Linux 2 get no corrections any more.',
    remedy: 'Set SolutionStackName to a platform of Amazon Linux 2023 or Windows Server.',
    type: [environment, template],
    path: 'SolutionStackName',
    expect: matches(/Amazon Linux 2023|Windows Server/),
    absent: 'does not apply',
    passing: { ApplicationName: 'portal', SolutionStackName: '64bit Amazon Linux 2023 v6.5.0 running Node.js 22' },
    failing: { ApplicationName: 'portal', SolutionStackName: '64bit Amazon Linux 2018.03 v2.9.0 running Python 3.6' },
  },
])

/** Controls on Elastic Beanstalk environments and their saved configurations. */
export const elasticBeanstalkControls: readonly ResourceControl[] = [...options.map(optionControl), ...platform]
