import { alertFacts } from './aws/alert-facts.ts'
import { bootstrapFacts } from './aws/bootstrap-facts.ts'
import { detectionFacts } from './aws/detection-facts.ts'
import { identityFacts } from './aws/identity-facts.ts'
import { messagingFacts } from './aws/messaging-facts.ts'
import { networkFacts } from './aws/network-facts.ts'
import { serviceFacts } from './aws/service-facts.ts'
import { clientSettings, Session } from './aws/session.ts'
import { signInFacts } from './aws/sign-in-facts.ts'
import { within } from './within.ts'

/** Reads facts of the one account that the credentials belong to. Each reading rejects with the SDK's error when AWS refuses it. */
export type Reader = { readonly account: string } & ReturnType<typeof factsOf>

/** Why no account is read. */
export interface Unread {
  readonly account?: undefined
  /** A sentence without secrets. */
  readonly because: string
}

/** How long a process or a browser sign-in behind the credentials may take, in milliseconds. */
const patience = 10_000

/**
 * Finds credentials by the SDK's default chain (environment, profile, single sign-on, web identity, process, container) and asks whose
 * they are. Never rejects: without credentials, or without a network, nothing is read and the commands are printed.
 *
 * @param region in which AWS STS is asked
 */
export async function openReader(region: string): Promise<Reader | Unread> {
  // Outside EC2 the metadata service never answers, and the chain would wait for it. Setting the variable to false lets it.
  process.env.AWS_EC2_METADATA_DISABLED ??= 'true'
  // The SDK would print a notice about Node 20 into the list.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const sts = new STSClient({ ...clientSettings, maxAttempts: 1, region })
  try {
    const { Account } = await within(patience, sts.send(new GetCallerIdentityCommand({})))
    if (Account === undefined) return { because: 'AWS STS named no account.' }
    return { account: Account, ...factsOf(new Session(Account, sts.config.credentials)) }
  } catch (error) {
    return { because: reasonOf(error) }
  }
}

const factsOf = (session: Session) => ({
  ...identityFacts(session),
  ...bootstrapFacts(session),
  ...networkFacts(session),
  ...detectionFacts(session),
  ...serviceFacts(session),
  ...alertFacts(session),
  ...messagingFacts(session),
  ...signInFacts(session),
})

/** Node says by code what hinders the network; the SDK says the rest by name. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'AWS could not be asked.'
  if (error.name === 'CredentialsProviderError') return 'No AWS credentials were found.'
  if (error.name.includes('Expired')) return 'The AWS credentials have expired; sign in again.'
  const what = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  return `AWS could not be asked whose credentials these are (${what}).`
}
