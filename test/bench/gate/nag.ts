import { createRequire } from 'node:module'
import type { Contender, JudgeOne } from './contender.ts'
import type { Command } from './measured-run.ts'
import { outputOf } from './output-of.ts'

const command = (templates: readonly string[]): Command => ({
  file: 'npx',
  exits: [0],
  args: ['tsx', 'test/bench/gate/nag-command.ts', ...templates],
  environment: { CDK_VALIDATION: 'false' },
})

/** cdk-nag's HIPAA Security pack, over templates that the construct library's CfnInclude reads. */
export const nag = (): Contender => ({
  name: 'cdk-nag',
  version: (createRequire(import.meta.url)('cdk-nag/package.json') as { version: string }).version,
  rules: 'its HIPAA Security pack, through CfnInclude',
  command,
  readable: (templates) => {
    const unread = new Set((outputOf(command(templates)) as { unread: string[] } | undefined)?.unread ?? templates)
    return templates.filter((template) => !unread.has(template))
  },
  inProcess: true,
})

/** Loads the pack into this process. What CfnInclude cannot read, it throws for. */
export async function loadNag(): Promise<JudgeOne> {
  const { violationsIn } = await import('./nag-judge.ts')
  return (template) => {
    try {
      violationsIn(template)
    } catch {
      // Not judged: left out of the round by `readable`.
    }
  }
}
