import * as z from 'zod/mini'
import { named, reader, severityOf } from './reader.ts'

const finding = z.object({
  Id: z.string(),
  ProductName: z.optional(z.string()),
  GeneratorId: z.string(),
  AwsAccountId: z.string(),
  Region: z.optional(z.string()),
  UpdatedAt: z.string(),
  Severity: z.object({ Label: z.string() }),
  Resources: z.array(z.object({ Type: z.string(), Id: z.string() })).check(z.minLength(1)),
})

/** `Security Hub Findings - Imported`: one finding an event (AWS Security Hub User Guide, "EventBridge event formats for Security Hub CSPM"). */
export const securityHubFinding = reader(z.object({ findings: z.tuple([finding]) }), ({ findings: [found] }, { region }) => ({
  origin: 'securityHub',
  kind: `${found.ProductName ?? 'Security Hub'} ${found.GeneratorId}`,
  severity: severityOf(found.Severity.Label),
  account: found.AwsAccountId,
  region: found.Region ?? region,
  resource: named(found.Resources[0]?.Type ?? '-', found.Resources[0]?.Id),
  time: found.UpdatedAt,
  reference: `Security Hub finding ${found.Id}`,
  identity: `security-hub/${found.Id}/${severityOf(found.Severity.Label)}`,
}))
