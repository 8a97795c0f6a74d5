import { nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { alertsTopicArn } from '../../environment/alerts-topic.ts'
import { byHand, type Check, type Judgement, mend, ok, read, unknown } from '../check.ts'

/** What can be looked at only when the environment stands, and what CloudFormation says nothing of. */
export function afterDeploymentChecks(config: EnvironmentConfig): readonly Check[] {
  const region = config.regions.primary
  const place = { duty: 'workload', region } as const
  const topic = alertsTopicArn(config)
  const address = config.contacts.security
  const vpc = `aws ec2 describe-vpcs --region ${region} --filters Name=tag:aws:cloudformation:stack-name,Values=${nameOf(config, 'network')} --query 'Vpcs[0].VpcId' --output text`
  return [
    {
      ...place,
      id: 'alerts-subscription',
      title: `${address} has confirmed the subscription to alerts`,
      why: 'AWS sends no alert to an address until somebody follows the link in the first message, within three days.',
      evidence: read(
        'sns:ListSubscriptionsByTopic',
        (reader) => reader.confirmedAddresses(region, topic),
        (confirmed) => judgeSubscription(address, confirmed),
      ),
      look: `aws sns list-subscriptions-by-topic --topic-arn ${topic} --region ${region}`,
      mend: [
        {
          do: `Follow the link in the message "AWS Notification - Subscription Confirmation" to ${address}; ask for a new one if it is old:`,
        },
        { run: `aws sns subscribe --topic-arn ${topic} --protocol email --notification-endpoint ${address} --region ${region}` },
      ],
    },
    {
      ...place,
      id: 'dns-firewall-fails-closed',
      title: 'The DNS firewall fails closed',
      why: 'Closed is what AWS starts with; failing open would answer every name while the firewall is out of order, which is a way out.',
      evidence: byHand('The firewall is not read; look by hand.'),
      look: `aws route53resolver get-firewall-config --region ${region} --resource-id "$(${vpc})"`,
      mend: [
        {
          run: `aws route53resolver update-firewall-config --firewall-fail-open DISABLED --region ${region} --resource-id "$(${vpc})"`,
        },
      ],
    },
    {
      ...place,
      id: 'second-trail',
      title: 'No trail of the organization records the same events again without need',
      why: 'The first copy of management events is free in each account and Region; every further trail is billed for each event.',
      evidence: byHand('Trails are not read; look by hand. Two trails are safe, and only cost.'),
      look: `aws cloudtrail describe-trails --region ${region} --query 'trailList[].[Name,IsOrganizationTrail]' --output text`,
      mend: [{ do: 'Keep the trail of Safe Harbor: its archive is locked. Leave this account out of data events of the other trail.' }],
    },
  ]
}

/** @param confirmed addresses of confirmed subscriptions; undefined when there is no topic */
function judgeSubscription(address: string, confirmed: readonly string[] | undefined): Judgement {
  if (confirmed === undefined) return unknown('The topic does not exist yet; the detection stack makes it.')
  return confirmed.includes(address) ? ok('It is confirmed.') : mend('No confirmed subscription of this address.')
}
