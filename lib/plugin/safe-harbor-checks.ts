import { join, relative } from 'node:path'
import {
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  type PolicyValidationStack,
  type PolicyViolation,
  Stack,
  Stage,
} from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'
import { allControls } from '../gate/checks/all-controls.ts'
import { ownPlugin } from '../gate/checks/assembly/check.ts'
import { completed } from '../gate/finding.ts'
import type { DataMap } from '../gate/input/data-map.ts'
import { readStackTemplates, type StackTemplate } from '../gate/input/read-stack-templates.ts'
import { everyControl, judgeStacks } from '../gate/judge-stacks.ts'
import { readAccessReference } from '../gate/reference/reference-file.ts'
import { tool } from '../gate/tool.ts'
import { dataClassOfFinding, type Finding } from '../gate/verdict.ts'
import { applyWaivers } from '../gate/waivers/apply-waivers.ts'
import { readWaivers } from '../gate/waivers/read-waivers.ts'

/** How the checks judge. */
export interface SafeHarborChecksProps {
  /**
   * File of accepted findings, owned by whoever reviews the app.
   * @default - nothing is accepted
   */
  readonly waivers?: string
  /**
   * File of what policies may grant and must deny, as it was reviewed (`safe-harbor gate --write-reference`).
   * @default - policies are judged by the controls alone
   */
  readonly reference?: string
  /**
   * Which stores hold what.
   * @default - every store counts as sensitive
   */
  readonly dataMap?: DataMap
  /**
   * Whether what cannot be decided is a violation too.
   * @default true
   */
  readonly strict?: boolean
}

/**
 * The gate's controls as a validation plugin of the AWS CDK: `cdk synth` refuses what the gate would. It judges the templates as they were written, after aspects,
 * overrides and raw resources.
 */
export class SafeHarborChecks implements IPolicyValidationPlugin {
  readonly name = ownPlugin
  readonly version = tool.version
  readonly ruleIds = allControls.map(({ id }) => id)
  readonly #props: SafeHarborChecksProps

  constructor(props: SafeHarborChecksProps = {}) {
    this.#props = props
  }

  /** Judges every template of the app. @throws UnreadableError for a template or a file of accepted findings or reviewed access that cannot be read */
  validate({ stackTemplates, appConstruct }: IPolicyValidationContext): PolicyValidationPluginReport {
    const { waivers, reference, dataMap, strict = true } = this.#props
    const root = Stage.isStage(appConstruct) ? appConstruct.outdir : '.'
    const stacks = stackTemplates.map((stack) => stackTemplateOf(root, stack, appConstruct))
    const reviewed = reference === undefined ? undefined : readAccessReference(reference)
    const findings = judgeStacks(readStackTemplates(root, stacks, dataMap), everyControl, reviewed).findings.map(completed)
    const open = acceptedBut(findings, root, waivers).filter(({ status }) => status === 'fail' || (strict && status === 'undecided'))
    return { success: open.length === 0, violations: violationsOf(open, root) }
  }
}

function stackTemplateOf(
  root: string,
  { stackConstructPath, templatePath, accountId, region }: PolicyValidationStack,
  app: IConstruct,
): StackTemplate {
  const construct = app.node.findAll().find(({ node }) => node.path === stackConstructPath)
  return {
    name: construct !== undefined && Stack.isStack(construct) ? construct.stackName : stackConstructPath,
    file: relative(root, templatePath),
    account: accountId,
    region,
  }
}

/** Findings with those that are accepted as waived, and what is wrong with the acceptances. Whether one is stale only the gate can say: it judges more than templates. */
function acceptedBut(findings: readonly Finding[], root: string, file: string | undefined): readonly Finding[] {
  if (file === undefined) return findings
  const subject = { path: root, kind: 'assembly' as const, templates: [], accepted: [], findings }
  const { subjects, problems } = applyWaivers([subject], readWaivers(file), new Date(), dataClassOfFinding)
  return [...subjects.flatMap((judged) => judged.findings), ...problems.filter(({ control }) => control !== 'waiver-stale').map(completed)]
}

/** One violation for each control, with all the resources it was found on. */
function violationsOf(findings: readonly Finding[], root: string): PolicyViolation[] {
  const controls = [...new Set(findings.map(({ control }) => control))]
  return controls.map((control) => {
    const alike = findings.filter((finding) => finding.control === control)
    const [first] = alike
    return {
      ruleName: control,
      description: `${first?.title}.${citationsOf(first)}`,
      fix: first?.remedy ?? '',
      severity: first?.severity ?? 'high',
      violatingResources: alike.map(({ resource, file, property }) => ({
        resourceLogicalId: resource?.logicalId ?? '',
        templatePath: join(root, file),
        locations: [`Properties/${property}`],
      })),
    }
  })
}

const citationsOf = (finding: Finding | undefined): string =>
  finding === undefined || finding.citations.length === 0 ? '' : ` (45 CFR ${finding.citations.join(', ')})`
