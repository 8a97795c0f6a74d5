import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openLocalItems } from '../../lib/local-service/level-items.ts'
import { practices } from '../../lib/local-service/seeded.ts'

// The service on this machine under load: 10,000 intakes, 500 at a time. Every one that was answered must be found afterwards, and the server must not grow.
// Prints what it measured; exits with 1 when an intake was lost or refused.
const total = Number(process.argv[2] ?? 10_000)
const atOnce = 500
const early = Math.min(1_000, total)

const folder = mkdtempSync(join(tmpdir(), 'load-intake-'))
const server = spawn(
  process.execPath,
  // As in the script `serve`: a heap that may not grow is collected in time.
  [
    '--max-old-space-size=128',
    '--max-semi-space-size=4',
    '--import',
    'tsx',
    join(import.meta.dirname, '../../bin/safe-harbor.ts'),
    'serve',
    '--data',
    folder,
    '--port',
    '0',
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
)
const url = await addressOf(server)
const { token } = JSON.parse((await send(new Agent(), '/local/sign-in', {}, { person: 'line' })).text) as { token: string }

const answered: string[] = []
const milliseconds: number[] = []
const refused = new Map<number, number>()
let residentEarly = 0
let begun = 0

// Each caller has a connection of their own, open before the clock starts: Node takes one new connection in each turn of its loop, and that is not what is
// measured here.
const callers = Array.from({ length: atOnce }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
await Promise.all(callers.map((agent) => send(agent, '/local/sign-in', {}, { person: 'line' })))

const started = performance.now()
await Promise.all(callers.map(intakes))
const seconds = (performance.now() - started) / 1000
const residentAtEnd = resident(server)
for (const agent of callers) agent.destroy()
await ended(server)

const found = await storedCalls()
const lost = answered.filter((call) => !found.calls.has(call) || !found.records.has(call)).length
rmSync(folder, { recursive: true })

const growth = (residentAtEnd / residentEarly - 1) * 100
const refusals = [...refused].map(([status, count]) => `${count} with ${status}`).join(', ')
console.log(`intakes      ${total}, ${atOnce} at a time: ${answered.length} answered, ${refusals || 'none refused'}, ${lost} lost`)
console.log(`throughput   ${Math.round(total / seconds)} a second, ${seconds.toFixed(1)} s`)
console.log(`latency      median ${quantile(0.5)} ms, 99 of 100 within ${quantile(0.99)} ms`)
console.log(`resident     ${mebibytes(residentEarly)} after ${early}, ${mebibytes(residentAtEnd)} at the end: ${growth.toFixed(1)} %`)
process.exitCode = lost === 0 && answered.length === total ? 0 : 1

async function intakes(agent: Agent): Promise<void> {
  while (begun < total) {
    begun += 1
    await intake(agent)
    if (milliseconds.length === early) residentEarly = resident(server)
  }
}

async function intake(agent: Agent): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() }
  const from = performance.now()
  const { status, text } = await send(agent, '/line/calls', headers, {
    practice: practices.northside,
    callbackNumber: '+12025550101',
    kind: 'symptom',
    urgency: 'soon',
    message: `Since yesterday there is a cough, and the breath is short on the stairs. ${'x'.repeat(400)}`,
  })
  milliseconds.push(performance.now() - from)
  if (status === 201) answered.push((JSON.parse(text) as { call: string }).call)
  else refused.set(status, (refused.get(status) ?? 0) + 1)
}

function send(agent: Agent, path: string, headers: Record<string, string>, body: object): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}${path}`,
      { agent, method: 'POST', headers: { ...headers, 'content-type': 'application/json' } },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
      },
    )
    sent.on('error', reject)
    sent.end(JSON.stringify(body))
  })
}

/** Reads on after the address, so that the server is never held up by what it prints. */
function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The server has no output.')
  return new Promise((resolve) => {
    createInterface({ input: stdout }).on('line', (line) => {
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0]
      if (address !== undefined) resolve(address)
    })
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

async function storedCalls(): Promise<{ calls: Set<string>; records: Set<string> }> {
  const items = await openLocalItems(join(folder, 'items'))
  const calls = new Set((await items.query({ table: 'routing', pk: `${practices.northside}#calls` })).map(({ sk }) => sk))
  const records = new Set<string>()
  for await (const { sk } of items.all('records')) records.add(sk.replace('call#', ''))
  await items.close()
  return { calls, records }
}

/** Resident memory in KiB. */
function resident({ pid }: ChildProcess): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }))
}

function quantile(part: number): number {
  const sorted = [...milliseconds].sort((one, other) => one - other)
  return Math.round(sorted[Math.floor(sorted.length * part)] ?? Number.NaN)
}

function mebibytes(kibibytes: number): string {
  return `${Math.round(kibibytes / 1024)} MiB`
}
