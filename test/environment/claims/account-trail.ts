import { expect } from 'vitest'
import type { Claim } from './claim.ts'
import { expectCounts, onlyOne } from './resources.ts'

/** What the trails of the accounts beside the workload's say; a trial has one account and so none of them. */
export const accountTrailClaims: readonly Claim[] = (['trail-audit', 'trail-recovery'] as const).flatMap((stack): Claim[] => [
  { stack, says: 'holds a trail and nothing else', check: (template) => expectCounts(template, { 'AWS::CloudTrail::Trail': 1 }) },
  {
    stack,
    says: 'records every Region, every management event and every read of the archive, validated, into the locked archive',
    check: (template, { name, accounts, regions }) => {
      const archive = `safe-harbor-${name}-archive-${accounts.audit}-${regions.primary}`
      expect(onlyOne(template, 'AWS::CloudTrail::Trail').Properties).toEqual({
        TrailName: `safe-harbor-${name}-trail`,
        IsLogging: true,
        IsMultiRegionTrail: true,
        IncludeGlobalServiceEvents: true,
        EnableLogFileValidation: true,
        S3BucketName: archive,
        S3KeyPrefix: 'trail',
        KMSKeyId: `arn:aws:kms:${regions.primary}:${accounts.audit}:alias/safe-harbor-${name}-archive`,
        AdvancedEventSelectors: [
          { Name: 'Every management event, reads included', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
          {
            Name: 'Every read of the archive',
            FieldSelectors: [
              { Field: 'eventCategory', Equals: ['Data'] },
              { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
              { Field: 'resources.ARN', StartsWith: [`arn:aws:s3:::${archive}/`] },
              { Field: 'readOnly', Equals: ['true'] },
            ],
          },
        ],
      })
    },
  },
])
