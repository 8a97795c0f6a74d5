import { type Session, unlessNamed } from './session.ts'

type Tags = Readonly<Record<string, string>>

/** What is read of the account's detective services in a Region. */
export const detectionFacts = (session: Session) => ({
  /** Tags of the GuardDuty detector; undefined when there is none. */
  async guardDutyTags(region: string): Promise<Tags | undefined> {
    const { GetDetectorCommand, GuardDutyClient, ListDetectorsCommand } = await import('@aws-sdk/client-guardduty')
    const guardDuty = session.client(GuardDutyClient, region)
    const { DetectorIds = [] } = await guardDuty.send(new ListDetectorsCommand({}))
    const [DetectorId] = DetectorIds
    if (DetectorId === undefined) return undefined
    return (await guardDuty.send(new GetDetectorCommand({ DetectorId }))).Tags ?? {}
  },

  /** Tags of the Security Hub hub; undefined when the account is not subscribed. */
  async securityHubTags(region: string): Promise<Tags | undefined> {
    const { DescribeHubCommand, ListTagsForResourceCommand, SecurityHubClient } = await import('@aws-sdk/client-securityhub')
    const securityHub = session.client(SecurityHubClient, region)
    // An account without Security Hub is answered with this error (AWS Security Hub API Reference, DescribeHub).
    const hub = await unlessNamed(['InvalidAccessException'], securityHub.send(new DescribeHubCommand({})))
    if (hub === undefined) return undefined
    return (await securityHub.send(new ListTagsForResourceCommand({ ResourceArn: hub.HubArn }))).Tags ?? {}
  },

  /** Names of the customer managed configuration recorders; a Region holds one at most. */
  async configRecorders(region: string): Promise<readonly string[]> {
    const { ConfigServiceClient, DescribeConfigurationRecordersCommand } = await import('@aws-sdk/client-config-service')
    const answer = await session.client(ConfigServiceClient, region).send(new DescribeConfigurationRecordersCommand({}))
    return (answer.ConfigurationRecorders ?? []).flatMap(({ name }) => name ?? [])
  },

  async macieIsEnabled(region: string): Promise<boolean> {
    const { GetMacieSessionCommand, Macie2Client } = await import('@aws-sdk/client-macie2')
    try {
      await session.client(Macie2Client, region).send(new GetMacieSessionCommand({}))
      return true
    } catch (error) {
      // Macie answers with the error of a denied call, and only its words tell that it is not enabled.
      if (error instanceof Error && error.message.includes('Macie is not enabled')) return false
      throw error
    }
  },

  /** Inspector's state for functions and for their code: `ENABLED`, `DISABLED`, ... */
  async inspector(region: string): Promise<{ readonly lambda: string; readonly lambdaCode: string }> {
    const { BatchGetAccountStatusCommand, Inspector2Client } = await import('@aws-sdk/client-inspector2')
    const command = new BatchGetAccountStatusCommand({ accountIds: [session.account] })
    const { accounts = [] } = await session.client(Inspector2Client, region).send(command)
    const state = accounts[0]?.resourceState
    return { lambda: state?.lambda?.status ?? 'DISABLED', lambdaCode: state?.lambdaCode?.status ?? 'DISABLED' }
  },
})
