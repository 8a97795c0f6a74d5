import * as z from 'zod/mini'
import { named, reader } from './reader.ts'

/** `Access Analyzer Finding`: a resource that somebody outside the account can reach (IAM User Guide, "Monitoring IAM Access Analyzer with Amazon EventBridge"). */
export const externalAccessFinding = reader(
  z.object({ id: z.string(), resource: z.string(), resourceType: z.string(), isPublic: z.boolean(), updatedAt: z.string() }),
  ({ id, resource, resourceType, isPublic, updatedAt }, { account, region }) => ({
    origin: 'accessAnalyzer',
    kind: isPublic ? 'open to the public' : 'open to another account',
    severity: isPublic ? 'CRITICAL' : 'HIGH',
    account,
    region,
    resource: named(resourceType, resource),
    time: updatedAt,
    reference: `Access Analyzer finding ${id}`,
    identity: `access-analyzer/${id}/${isPublic ? 'CRITICAL' : 'HIGH'}`,
  }),
)

/** `Unused Access Finding for IAM entities`: a role, key, password or permission that nobody used for the age the analyzer was given. */
export const unusedAccessFinding = reader(
  z.object({ findingId: z.string(), resource: z.string(), resourceType: z.string(), findingType: z.string(), updatedAt: z.string() }),
  ({ findingId, resource, resourceType, findingType, updatedAt }, { account, region }) => ({
    origin: 'accessAnalyzer',
    kind: findingType,
    severity: 'LOW',
    account,
    region,
    resource: named(resourceType, resource),
    time: updatedAt,
    reference: `Access Analyzer finding ${findingId}`,
    identity: `access-analyzer/${findingId}`,
  }),
)
