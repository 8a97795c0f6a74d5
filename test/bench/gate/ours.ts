import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tool } from '../../../lib/gate/tool.ts'
import type { Contender, JudgeOne } from './contender.ts'
import type { Command } from './measured-run.ts'

const output = join(tmpdir(), `bench-gate-verdict-${process.pid}.json`)

process.on('exit', () => rmSync(output, { force: true }))

const gate = (paths: readonly string[]): Command => ({
  file: 'bin/safe-harbor.js',
  exits: [0, 1, 2],
  args: ['gate', '--format', 'json', '--output', output, ...paths],
})

/** The gate of this repository. */
export const ours = (): Contender => ({
  name: 'Safe Harbor',
  version: tool.version,
  rules: 'its controls',
  command: gate,
  assemblyCommand: (folder) => gate([folder]),
  readable: (templates) => {
    const { file, args } = gate(templates)
    const { stderr } = spawnSync(file, args)
    if (!existsSync(output)) throw new Error(`The gate wrote no verdict: ${stderr}`)
    const { subjects } = JSON.parse(readFileSync(output, 'utf8')) as { subjects: { path: string; verdict: string }[] }
    const unread = new Set(subjects.filter(({ verdict }) => verdict === 'unreadable').map(({ path }) => path))
    return templates.filter((template) => !unread.has(template))
  },
  inProcess: true,
})

/** Loads the gate into this process. */
export async function loadOurs(): Promise<JudgeOne> {
  const { judge } = await import('../../../lib/gate/judge.ts')
  const today = new Date()
  return (template) => judge([template], { today })
}
