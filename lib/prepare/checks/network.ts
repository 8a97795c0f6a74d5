import type { EnvironmentConfig } from '../../config/schema.ts'
import { type Check, type Judgement, mend, ok, read } from '../check.ts'

/** What the configuration says about the network of the workload account and only AWS can confirm: synthesis looks nothing up. */
export function networkChecks(config: EnvironmentConfig): readonly Check[] {
  const region = config.regions.primary
  const place = { duty: 'workload', region } as const
  const { availabilityZones, gatewayPrefixLists } = config.network
  const edit = (field: string) => ({ do: `Write what AWS prints in ${field}, in lib/config/environments/${config.name}.ts.` })
  return [
    {
      ...place,
      id: 'availability-zones',
      title: `Availability zones ${availabilityZones.join(', ')} exist`,
      why: 'Subnets are made in the named zones, and an account does not have every zone of a Region.',
      evidence: read(
        'ec2:DescribeAvailabilityZones',
        (reader) => reader.availabilityZones(region),
        (found) => judgeZones(availabilityZones, found),
      ),
      look: `aws ec2 describe-availability-zones --region ${region} --query 'AvailabilityZones[].ZoneName'`,
      mend: [edit('network.availabilityZones')],
    },
    ...(['s3', 'dynamodb'] as const).map((service): Check => {
      const named = gatewayPrefixLists[service]
      return {
        ...place,
        id: `prefix-list-${service}`,
        title: `Prefix list ${named} is the one of ${service}`,
        why: 'Functions may reach the gateway endpoint by this list only; with another one they reach nothing, or somebody else.',
        evidence: read(
          'ec2:DescribeManagedPrefixLists',
          (reader) => reader.prefixList(region, service),
          (found) => (found === named ? ok(`AWS says ${found}.`) : mend(`AWS says ${found ?? 'there is none'}.`)),
        ),
        look: `aws ec2 describe-managed-prefix-lists --region ${region} --filters Name=prefix-list-name,Values=com.amazonaws.${region}.${service} --query 'PrefixLists[0].PrefixListId' --output text`,
        mend: [edit(`network.gatewayPrefixLists.${service}`)],
      }
    }),
  ]
}

function judgeZones(named: readonly string[], found: readonly string[]): Judgement {
  const absent = named.filter((zone) => !found.includes(zone))
  return absent.length === 0 ? ok('All are available.') : mend(`Not available: ${absent.join(', ')}. Available: ${found.join(', ')}.`)
}
