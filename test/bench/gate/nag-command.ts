import { violationsIn } from './nag-judge.ts'

// cdk-nag as a command, like the others: judges the templates named and writes JSON.
const unread: string[] = []
const findings: Record<string, unknown> = {}
for (const template of process.argv.slice(2))
  try {
    findings[template] = violationsIn(template)
  } catch {
    unread.push(template)
  }
process.stdout.write(JSON.stringify({ unread, findings }))
