import type { Session } from './session.ts'

/** AWS Backup's settings of a Region, by resource type: whether it backs the type up, and whether it manages the backups fully. */
export interface BackupSettings {
  readonly optedIn: Readonly<Record<string, boolean>>
  readonly managed: Readonly<Record<string, boolean>>
}

/** What is read of quotas and of AWS Backup. */
export const serviceFacts = (session: Session) => ({
  /** The applied value of a quota. */
  async quota(region: string, service: string, code: string): Promise<number> {
    const { GetServiceQuotaCommand, ServiceQuotasClient } = await import('@aws-sdk/client-service-quotas')
    const command = new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code })
    const { Quota } = await session.client(ServiceQuotasClient, region).send(command)
    return Quota?.Value ?? 0
  },

  async backupSettings(region: string): Promise<BackupSettings> {
    const { BackupClient, DescribeRegionSettingsCommand } = await import('@aws-sdk/client-backup')
    const answer = await session.client(BackupClient, region).send(new DescribeRegionSettingsCommand({}))
    return { optedIn: answer.ResourceTypeOptInPreference ?? {}, managed: answer.ResourceTypeManagementPreference ?? {} }
  },

  /** Settings of the organization, as text: `isCrossAccountBackupEnabled` is `true` or `false`. */
  async organizationBackupSettings(region: string): Promise<Readonly<Record<string, string>>> {
    const { BackupClient, DescribeGlobalSettingsCommand } = await import('@aws-sdk/client-backup')
    const { GlobalSettings = {} } = await session.client(BackupClient, region).send(new DescribeGlobalSettingsCommand({}))
    return GlobalSettings
  },
})
