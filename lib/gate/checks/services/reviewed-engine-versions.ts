import type { Resource } from '../../template/resource.ts'
import { fail, type Outcome, pass, type ResourceControl } from '../control.ts'
import { patched } from './safeguards.ts'

/**
 * Redis OSS 2 and 3 ended in 2023 ("Redis versions end of life schedule", Amazon ElastiCache User Guide); standard support of 4 and 5 ended on 31 January 2026.
 */
const lastRedis = 5

/** EMR supports a release for two years; 5.36 is the last of series 5 ("Standard support", Amazon EMR Release Guide). */
const firstEmr = [5, 36] as const

/** A version that is not written, or not known, is AWS's choice or the deployer's: nothing is said of it. */
function judgeCache(cache: Resource): Outcome | undefined {
  const [engine, version] = [cache.get('Engine') ?? 'redis', cache.get('EngineVersion')]
  const major = typeof version === 'string' || typeof version === 'number' ? /^\d+/.exec(String(version))?.[0] : undefined
  if (typeof engine !== 'string' || engine.toLowerCase() !== 'redis' || major === undefined) return undefined
  if (Number(major) > lastRedis) return pass('EngineVersion', version)
  return fail('EngineVersion', version, `AWS has ended standard support of Redis ${version}.`)
}

function judgeRelease(cluster: Resource): Outcome | undefined {
  const label = cluster.get('ReleaseLabel')
  const [, major, minor] = typeof label === 'string' ? (/^emr-(\d+)\.(\d+)/.exec(label) ?? []) : []
  if (major === undefined || minor === undefined) return undefined
  const isOld = Number(major) < firstEmr[0] || (Number(major) === firstEmr[0] && Number(minor) < firstEmr[1])
  return isOld ? fail('ReleaseLabel', label, `AWS has ended support of ${label}.`) : pass('ReleaseLabel', label)
}

const cache = (EngineVersion: string) => ({
  Cache: {
    Type: 'AWS::ElastiCache::ReplicationGroup',
    Properties: { ReplicationGroupDescription: 'Sessions', Engine: 'redis', CacheNodeType: 'cache.t4g.micro', EngineVersion },
  },
})

const cluster = (ReleaseLabel: string) => ({
  Cluster: {
    Type: 'AWS::EMR::Cluster',
    Properties: {
      Name: 'reports',
      JobFlowRole: 'EMR_EC2_DefaultRole',
      ServiceRole: 'EMR_DefaultRole',
      ReleaseLabel,
      Instances: { MasterInstanceGroup: { InstanceCount: 1, InstanceType: 'm6g.xlarge' } },
    },
  },
})

/** Controls on versions of engines that AWS still corrects. */
export const engineVersionControls: readonly ResourceControl[] = [
  {
    ...patched,
    id: 'elasticache-engine-version-supported',
    title: 'ElastiCache runs a version of Redis that AWS still supports',
    why: 'After the end of standard support fixes come late, at a price, or not at all; published holes of Redis stay open.',
    remedy: 'Set EngineVersion to 6.2 or later, or Engine to valkey.',
    types: ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster'],
    judge: judgeCache,
    passing: cache('7.1'),
    failing: cache('5.0.6'),
  },
  {
    ...patched,
    id: 'emr-cluster-release-supported',
    title: 'EMR clusters run a release that AWS still supports',
    why: 'Old releases carry a Hadoop, a Spark and a Linux whose holes are published and stay open.',
    remedy: 'Set ReleaseLabel to a release in standard support.',
    types: ['AWS::EMR::Cluster'],
    judge: judgeRelease,
    passing: cluster('emr-7.9.0'),
    failing: cluster('emr-5.7.0'),
  },
]
