import { readFileSync } from 'node:fs'
import type { JudgeOne } from './contender.ts'
import { loadNag } from './nag.ts'
import { loadOurs } from './ours.ts'

// Judges the templates that a file lists, round after round in one process, and prints the milliseconds a template of each round after the first.
const [, , name = '', rounds = '5', list = ''] = process.argv
const loaders: Readonly<Record<string, () => Promise<JudgeOne>>> = { 'Safe Harbor': loadOurs, 'cdk-nag': loadNag }
const judgeOne = await loaders[name]?.()
const templates = JSON.parse(readFileSync(list, 'utf8')) as string[]

const round = (): number => {
  const started = performance.now()
  for (const template of templates) judgeOne?.(template)
  return (performance.now() - started) / templates.length
}
round()
console.log(JSON.stringify(Array.from({ length: Number(rounds) }, round)))
