import { readAssembly } from '../assembly/read-assembly.ts'
import { UnreadableError } from '../assembly/unreadable-error.ts'
import { findInputs, type Input } from '../input/find-inputs.ts'
import { deploymentOf, readDeployment, type Told } from '../input/read-deployment.ts'
import type { ReviewedAccess } from './access-reference.ts'
import { accessOf } from './present-access.ts'

/**
 * The one input of some paths: a reference is of one assembly or template.
 * @throws UnreadableError where there is none, or more than one
 */
export function onlyInput(paths: readonly string[]): Input {
  const inputs = paths.flatMap((path) => [...findInputs(path)])
  const [input] = inputs
  if (input !== undefined && inputs.length === 1) return input
  throw new UnreadableError(
    `${paths.join(', ')}: a reference is of one assembly or template, and ${inputs.length === 0 ? 'none is' : `${inputs.length} are`} here. Name one.`,
  )
}

/**
 * What an assembly or a template grants and denies.
 * @throws UnreadableError where it cannot be read
 */
export function accessAt(paths: readonly string[], told: Told): ReviewedAccess {
  const { kind, path } = onlyInput(paths)
  const deployment = kind === 'assembly' ? deploymentOf(readAssembly(path, told.parameters), told) : readDeployment(path, told)
  if (deployment === undefined)
    throw new UnreadableError(`${path}:1: this is no CloudFormation template: it has no Resources. Name a template.`)
  return accessOf(deployment)
}
