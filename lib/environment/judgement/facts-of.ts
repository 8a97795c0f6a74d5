import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type App, CfnResource, Stack } from 'aws-cdk-lib'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { Facts } from '../../gate/assembly/facts.ts'
import { dataClassOf } from '../constructs/classify.ts'
import { acceptances, type Found } from './acceptance.ts'
import { acceptedFindings } from './accepted-findings.ts'
import { chosenContext } from './chosen-context.ts'
import type { HipaaPack } from './hipaa-pack.ts'

/** What the templates of a synthesized environment do not say. Call it after synthesis: the pack has judged by then. */
export function factsOf(app: App, config: EnvironmentConfig, pack: HipaaPack): Facts {
  const { name, purpose, phase, practices, breached } = config
  return {
    schema: 'safe-harbor-facts/1',
    environment: { name, purpose, phase },
    practices,
    breached: [...breached.accounts, ...breached.identifiers],
    stores: storesOf(app),
    hipaaPack: { name: pack.name, version: packVersion(), stacks: Object.fromEntries(pack.counts) },
    accepted: acceptances(app, config, acceptedFindings, suppressedIn(app.outdir)),
    context: chosenContext(app),
  }
}

/** What every store of an app holds. */
export const storesOf = (app: App): Facts['stores'] => app.node.findAll().flatMap(storeOf)

function storeOf(construct: unknown): Facts['stores'] {
  if (!CfnResource.isCfnResource(construct)) return []
  const dataClass = dataClassOf(construct)
  if (dataClass === undefined) return []
  const { stackName } = Stack.of(construct)
  return [{ stack: stackName, logicalId: Stack.of(construct).getLogicalId(construct), type: construct.cfnResourceType, dataClass }]
}

interface ValidationReport {
  readonly pluginReports: readonly { readonly suppressedViolations?: readonly SuppressedViolation[] }[]
}

interface SuppressedViolation {
  readonly ruleName: string
  readonly violatingConstructs: readonly { readonly constructPath: string }[]
}

// What the packs suppressed stands in the report that synthesis has just written; without a report nothing was judged, and the gate says so.
function suppressedIn(outdir: string): Found[] {
  const file = join(outdir, 'validation-report.json')
  if (!existsSync(file)) return []
  const { pluginReports } = JSON.parse(readFileSync(file, 'utf8')) as ValidationReport
  return pluginReports
    .flatMap(({ suppressedViolations = [] }) => suppressedViolations)
    .flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => ({ rule: ruleName, path: constructPath })),
    )
}

const packVersion = (): string => (createRequire(import.meta.url)('cdk-nag/package.json') as { version: string }).version
