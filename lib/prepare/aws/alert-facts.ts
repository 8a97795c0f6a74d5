import { type Session, unlessNamed } from './session.ts'

/** What is read from SNS. */
export const alertFacts = (session: Session) => ({
  /** Addresses with a confirmed e-mail subscription; undefined when there is no such topic. */
  async confirmedAddresses(region: string, topicArn: string): Promise<readonly string[] | undefined> {
    const { ListSubscriptionsByTopicCommand, SNSClient } = await import('@aws-sdk/client-sns')
    const call = session.client(SNSClient, region).send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }))
    const answer = await unlessNamed(['NotFound', 'NotFoundException'], call)
    // Until it is confirmed, a subscription has the words "PendingConfirmation" in place of its ARN.
    const confirmed = answer?.Subscriptions?.filter(({ SubscriptionArn }) => SubscriptionArn?.startsWith('arn:'))
    return answer && (confirmed ?? []).flatMap(({ Endpoint }) => Endpoint ?? [])
  },
})
