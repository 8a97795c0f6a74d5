import { referenceControls } from '../reference/texts.ts'
import { waiverControls } from '../waivers/texts.ts'
import { assemblyControls } from './assembly/texts.ts'
import type { ControlText } from './control.ts'
import { controls, deploymentControls } from './controls.ts'
import { templateControls } from './template/template-health.ts'

/** Every control that the gate has, whatever it judges. */
export const allControls: readonly ControlText[] = [
  ...assemblyControls,
  ...templateControls,
  ...deploymentControls,
  ...controls,
  ...referenceControls,
  ...waiverControls,
]
