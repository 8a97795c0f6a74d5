import type { STSClient } from '@aws-sdk/client-sts'

type Credentials = STSClient['config']['credentials']

/** Settings every client is made with. Slow answers are given up on: this is a look at an account, not a deployment. */
export const clientSettings = { maxAttempts: 2, requestHandler: { connectionTimeout: 3_000, requestTimeout: 8_000 } }

type Settings = typeof clientSettings & { region: string; credentials: Credentials }

/** Clients of one account, made when they are first asked for. */
export class Session {
  readonly account: string
  readonly #credentials: Credentials
  readonly #clients = new Map<string, unknown>()

  constructor(account: string, credentials: Credentials) {
    this.account = account
    this.#credentials = credentials
  }

  /** The client of a service in a Region. IAM has one endpoint for all Regions; ask for it in any. */
  client<Client>(type: new (settings: Settings) => Client, region: string): Client {
    const key = `${type.name} ${region}`
    const known = this.#clients.get(key) as Client | undefined
    if (known !== undefined) return known
    const made = new type({ ...clientSettings, region, credentials: this.#credentials })
    this.#clients.set(key, made)
    return made
  }
}

/** What a call answers, or undefined when it fails with one of the named errors: AWS says "no such thing" by error. */
export async function unlessNamed<Answer>(names: readonly string[], call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return undefined
    throw error
  }
}
