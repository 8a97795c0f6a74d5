import type { EnvironmentConfig } from '../../config/schema.ts'
import type { EndpointService } from '../aws/network-facts.ts'
import { type Check, type Judgement, mend, ok, read } from '../check.ts'

/** Services that the network has an interface endpoint of, as AWS names them. A test holds the templates against them. */
export const interfaceEndpoints = ['backup', 'kms', 'logs', 'pinpoint-sms-voice-v2', 'sns', 'sts'] as const

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
    endpoints(config),
  ]
}

// "If an AWS service doesn't support endpoint policies, we allow full access to any endpoint for the service" (AWS PrivateLink Guide, "Control access to VPC
// endpoints using endpoint policies"): that would be a way out.
function endpoints({ name, regions: { primary: region }, network: { availabilityZones } }: EnvironmentConfig): Check {
  const services = interfaceEndpoints.map((service) => `com.amazonaws.${region}.${service}`)
  return {
    id: 'interface-endpoints',
    duty: 'workload',
    region,
    title: `Endpoints of ${interfaceEndpoints.join(', ')} can be made in every zone, with a policy`,
    why: 'The network has no other way to these services, and CloudFormation refuses an endpoint, or a subnet of it, that the Region does not have.',
    evidence: read(
      'ec2:DescribeVpcEndpointServices',
      (reader) => reader.endpointServices(region, services),
      (found) => judgeEndpoints(services, availabilityZones, found),
    ),
    look: `aws ec2 describe-vpc-endpoint-services --region ${region} --filters Name=service-name,Values=${services.join(',')} --query 'ServiceDetails[].[ServiceName,VpcEndpointPolicySupported,AvailabilityZones]'`,
    mend: [{ do: `Name zones that have them all in network.availabilityZones, or another Region, in lib/config/environments/${name}.ts.` }],
  }
}

function judgeEndpoints(services: readonly string[], zones: readonly string[], found: readonly EndpointService[]): Judgement {
  const wrong = services.flatMap((service) => {
    const one = found.find(({ name }) => name === service)
    if (one === undefined) return [`${service} does not exist`]
    const without = zones.filter((zone) => !one.zones.includes(zone))
    return [
      ...(one.takesPolicy ? [] : [`${service} takes no policy`]),
      ...(without.length === 0 ? [] : [`${service} is not in ${without.join(', ')}`]),
    ]
  })
  return wrong.length === 0 ? ok('All are there, and take a policy.') : mend(`Found: ${wrong.join('; ')}.`)
}

function judgeZones(named: readonly string[], found: readonly string[]): Judgement {
  const absent = named.filter((zone) => !found.includes(zone))
  return absent.length === 0 ? ok('All are available.') : mend(`Not available: ${absent.join(', ')}. Available: ${found.join(', ')}.`)
}
