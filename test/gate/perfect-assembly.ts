import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Facts } from '../../lib/gate/assembly/facts.ts'

/** A cloud assembly as plain data, file name to content. */
export interface AssemblyFiles {
  'manifest.json': { version: string; artifacts: Record<string, unknown> }
  'records.template.json': {
    Description: string
    Resources: Record<string, { Type: string; Properties: Record<string, unknown>; Metadata: Record<string, unknown> }>
  }
  'validation-report.json': { pluginReports: PluginReport[] }
  'safe-harbor.json': Facts
}

interface PluginReport {
  pluginName: string
  conclusion: string
  violations: Violation[]
  suppressedViolations: Violation[]
}

interface Violation {
  ruleName: string
  description: string
  severity: string
  violatingConstructs: { constructPath: string }[]
  reason?: string
}

/** An assembly with one key and one store, judged by the pack, with one acceptance: nothing is wrong with it. Tests break one thing. */
export const perfectAssembly = (): AssemblyFiles => ({
  'manifest.json': {
    version: '55.0.0',
    artifacts: {
      'records.assets': { type: 'cdk:asset-manifest', properties: { file: 'records.assets.json' } },
      records: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://111122223333/us-east-1',
        properties: { templateFile: 'records.template.json', stackName: 'safe-harbor-sandbox-records' },
      },
    },
  },
  'records.template.json': {
    Description: 'Safe Harbor sandbox: stores of patient data.',
    Resources: {
      Key: {
        Type: 'AWS::KMS::Key',
        Properties: { Description: 'Encrypts the store.', EnableKeyRotation: true, PendingWindowInDays: 30 },
        Metadata: { 'aws:cdk:path': 'records/Key/Resource' },
      },
      Store: {
        Type: 'AWS::S3::Bucket',
        Properties: { BucketName: 'safe-harbor-sandbox-store', Encryption: { KMSMasterKeyID: 'key' } },
        Metadata: { 'aws:cdk:path': 'records/Store/Resource' },
      },
    },
  },
  'validation-report.json': {
    pluginReports: [
      {
        pluginName: 'HIPAA.Security',
        conclusion: 'success',
        violations: [],
        suppressedViolations: [violation('S3BucketReplicationEnabled', 'records/Store/Resource', 'Terminal.')],
      },
    ],
  },
  'safe-harbor.json': {
    schema: 'safe-harbor-facts/1',
    environment: { name: 'sandbox', purpose: 'trial', phase: 'isolated' },
    practices: [{ id: 'k3v9q2mx7t4z', patients: 120 }],
    breached: ['999988887777', 'vpc-0badc0de'],
    stores: [{ stack: 'safe-harbor-sandbox-records', logicalId: 'Store', type: 'AWS::S3::Bucket', dataClass: 'patient-data' }],
    hipaaPack: { name: 'HIPAA.Security', version: '3.0.2', stacks: { 'safe-harbor-sandbox-records': { resources: 2, evaluations: 9 } } },
    accepted: [
      {
        rule: 'HIPAA.Security-S3BucketReplicationEnabled',
        kind: 'LockedBucket',
        expected: 1,
        matched: ['records/Store/Resource'],
        owner: 'security',
        reason: 'Terminal bucket.',
        compensatingControl: 'Locked.',
        expires: '2027-06-30',
      },
    ],
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
  },
})

/** A violation of the pack's kind. */
export function violation(rule: string, constructPath: string, reason?: string): Violation {
  return {
    ruleName: `HIPAA.Security-${rule}`,
    description: `The bucket breaks ${rule} - (Control IDs: 164.308(a)(7)(i), 164.312(b)).`,
    severity: 'error',
    violatingConstructs: [{ constructPath }],
    ...(reason !== undefined && { reason }),
  }
}

/** Writes an assembly into a new folder and returns its path. A file given as text is written as it is; one that is undefined is left out. */
export function writeAssembly(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'))
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) continue
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, undefined, 1))
  }
  return folder
}
