import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { controls, deploymentControls } from '../../lib/gate/checks/controls.ts'

/** Writes every control's passing example as a template of its own, for cfn-lint to read: `tsx test/gate/write-examples.ts FOLDER`. */
const [folder = 'cdk.out.examples'] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
for (const { id, passing } of [...controls, ...deploymentControls])
  writeFileSync(join(folder, `${id}.template.json`), `${JSON.stringify({ Resources: passing }, undefined, 2)}\n`)
