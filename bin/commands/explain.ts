import type { Command } from 'commander'
import { colorOf, type Terminal } from '../terminal.ts'
import { loadControls } from './load-gate.ts'

/** `safe-harbor explain [id]`: a control's page, or the list of controls. */
export const addExplain = (program: Command, terminal: Terminal): Command =>
  program
    .command('explain')
    .description(
      'Explain a control of the gate: why, what to write, what asks for it, an example of each kind. Without an id, list them all.',
    )
    .argument('[id]', 'id of the control, or the beginning of several')
    .action(async (id: string | undefined) => {
      const { allControls } = loadControls()
      const { renderControl, renderControlList } = await import('../../lib/report/control.ts')
      const exact = allControls.find((control) => control.id === id)
      const alike = allControls.filter((control) => id === undefined || control.id.startsWith(id))
      if (exact !== undefined) terminal.stdout.write(renderControl(exact, colorOf(terminal)))
      else if (alike.length > 0) terminal.stdout.write(renderControlList(alike, colorOf(terminal)))
      else
        throw new UnknownControlError(
          `There is no control "${id}". \`npx safe-harbor explain\` lists them; ids begin with the service, as in s3-bucket-versioning.`,
        )
    })

class UnknownControlError extends Error {
  override readonly name = 'UnknownControlError'
}
