import { createRequire } from 'node:module'
import { type App, CfnResource, Stack } from 'aws-cdk-lib'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { Facts } from '../../gate/assembly/facts.ts'
import { dataClassOf } from '../constructs/classify.ts'
import { acceptances } from './acceptance.ts'
import { acceptedFindings } from './accepted-findings.ts'
import type { HipaaPack } from './hipaa-pack.ts'

/** What the templates of a synthesized environment do not say. Call it after synthesis: the pack has judged by then. */
export function factsOf(app: App, config: EnvironmentConfig, pack: HipaaPack): Facts {
  const { name, purpose, phase, practices, breached } = config
  return {
    schema: 'safe-harbor-facts/1',
    environment: { name, purpose, phase },
    practices,
    breached: [...breached.accounts, ...breached.identifiers],
    stores: app.node.findAll().flatMap(storeOf),
    hipaaPack: { name: pack.name, version: packVersion(), stacks: Object.fromEntries(pack.counts) },
    accepted: acceptances(name, acceptedFindings, pack.matches),
    context: app.node.getAllContext() as Record<string, unknown>,
  }
}

function storeOf(construct: unknown): Facts['stores'] {
  if (!CfnResource.isCfnResource(construct)) return []
  const dataClass = dataClassOf(construct)
  if (dataClass === undefined) return []
  const { stackName } = Stack.of(construct)
  return [{ stack: stackName, logicalId: Stack.of(construct).getLogicalId(construct), type: construct.cfnResourceType, dataClass }]
}

const packVersion = (): string => (createRequire(import.meta.url)('cdk-nag/package.json') as { version: string }).version
