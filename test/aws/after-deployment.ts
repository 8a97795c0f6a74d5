import type { Assembly } from './assembly.ts'
import type { Deployed } from './deploy.ts'
import type { ClientSettings } from './emulator.ts'
import * as set from './settings.ts'

/** What is set after a deployment, and where. */
export interface AfterDeployment {
  readonly client: ClientSettings
  readonly assembly: Assembly
  readonly deployed: readonly Deployed[]
  /** Where text and voice messages go. */
  readonly messagingEndpoint: string
}

interface Setting {
  readonly what: string
  /** What the emulator lacks, for which this is set here. */
  readonly because: string
  /** @returns how many were set */
  readonly set: (after: AfterDeployment) => Promise<number>
}

/**
 * Everything that differs from the templates as deployed. Values are the templates' own, but for the two that say where they come from. What is not listed here is as
 * CloudFormation made it.
 */
const settings: readonly Setting[] = [
  { what: 'dead-letter queue of a function', because: 'CloudFormation there drops it', set: set.deadLetterQueues },
  { what: 'reserved concurrency of a function', because: 'CloudFormation there drops it', set: set.reservedConcurrency },
  { what: 'time to live of a table', because: 'CloudFormation there drops it', set: set.timeToLive },
  { what: 'object lock of a bucket', because: 'CloudFormation there drops it', set: set.objectLock },
  { what: 'IP set', because: 'CloudFormation there does not know the type, but AWS WAF there does', set: set.ipSets },
  {
    what: 'app that takes a password first',
    because: 'choice-based sign-in, the only way the templates allow, does not exist there',
    set: set.passwordSignIn,
  },
  {
    what: 'endpoint of text and voice messages of the escalation function',
    because: 'AWS End User Messaging does not exist there; this test stands in for it',
    set: set.messagingEndpoint,
  },
]

/**
 * Sets what the emulator's CloudFormation cannot.
 * @returns a sentence for each kind
 * @throws Error when there is nothing to set of a kind, as its line is then to go
 */
export async function setAfterDeployment(after: AfterDeployment): Promise<readonly string[]> {
  const sentences: string[] = []
  for (const { what, because, set } of settings) {
    const count = await set(after)
    if (count === 0) throw new Error(`There is no ${what} to set. Take its line out of test/aws/after-deployment.ts.`)
    sentences.push(`${count} × ${what}, because ${because}`)
  }
  return sentences
}
