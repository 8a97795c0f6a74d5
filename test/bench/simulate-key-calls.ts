import { dataKeyOf } from '../../lambda/shared/vault/data-key.ts'
import { dataKeyCache } from '../../lambda/shared/vault/data-key-cache.ts'

const patients = 50_000
const records = 1_000_000
/** One in so many is simulated and counted so many times: more would show the same, later. */
const share = 20
const practices = 10
const year = 365 * 86_400_000
const minute = 60_000

interface Use {
  readonly holder: (practice: number, patient: number) => string
  readonly does: 'seal' | 'open'
  /** Which sealed record is opened, as the use that sealed it. */
  readonly of?: number
  /** Minutes after the conversation began. */
  readonly at: number
}

const intake = (): string => 'intake'
const provider = (practice: number): string => `provider ${practice}`
const patient = (_: number, patientNumber: number): string => `patient ${patientNumber}`

// A call and a second message a minute later, read together; an answer and a second one, read together.
const conversation: readonly Use[] = [
  { at: 0, does: 'seal', holder: intake },
  { at: 1, does: 'seal', holder: intake },
  { at: 2, does: 'open', of: 0, holder: provider },
  { at: 2, does: 'open', of: 1, holder: provider },
  { at: 3, does: 'seal', holder: provider },
  { at: 4, does: 'seal', holder: provider },
  { at: 6, does: 'open', of: 4, holder: patient },
  { at: 6, does: 'open', of: 5, holder: patient },
]

/** How often KMS is called for a million records of 50,000 patients, counted on the real cache with its default limits and a clock of its own. */
export async function simulateCalls(): Promise<readonly string[]> {
  const imported = timesShare(await simulate(importing()))
  const live = timesShare(await simulate(living()))
  const line = ({ generate, encrypt, decrypt }: Calls): string =>
    `${generate + encrypt + decrypt} (GenerateDataKey ${generate}, Encrypt ${encrypt}, Decrypt ${decrypt})`
  return [
    `KMS calls for ${records} records of ${patients} patients, a ${share}th of them simulated:`,
    `  imported patient by patient:                 ${line(imported)}`,
    `  a year of conversations, sealed and opened:  ${line(live)}`,
    `  the same without a cache:                    ${line({ generate: records, encrypt: records, decrypt: records })}`,
    `Conversations: ${records / 4} in a year, by patients and at times at random: a call, a second message a minute later, both read after two minutes; two`,
    `answers, both read after six. ${practices} practices with one provider on call each, one instance of every function, keys for at most five minutes.`,
    'A patient rarely calls twice in five minutes: what the cache saves, it saves within a conversation.',
  ]
}

const timesShare = ({ generate, encrypt, decrypt }: Calls): Calls => ({
  generate: generate * share,
  encrypt: encrypt * share,
  decrypt: decrypt * share,
})

interface Calls {
  generate: number
  encrypt: number
  decrypt: number
}
interface Step {
  readonly time: number
  readonly patient: number
  readonly conversation: number
  readonly use: number
}

// A record every millisecond, all of a patient in a row.
function* importing(): Generator<Step> {
  const each = records / patients
  for (let record = 0; record < records / share; record += 1)
    yield { time: record, patient: Math.floor(record / each), conversation: record, use: 0 }
}

// Every use of a conversation comes as long after its beginning, so that the uses are as many sorted rows, merged.
function* living(): Generator<Step> {
  const starts = Float64Array.from({ length: records / 4 / share }, () => (Math.random() * year) / share).sort()
  const who = Uint32Array.from(starts, () => Math.floor(Math.random() * patients))
  const next = conversation.map(() => 0)
  const timeOf = (use: number): number => (starts[next[use] ?? 0] ?? Number.POSITIVE_INFINITY) + (conversation[use]?.at ?? 0) * minute
  for (;;) {
    let use = 0
    for (let other = 1; other < next.length; other += 1) if (timeOf(other) < timeOf(use)) use = other
    const time = timeOf(use)
    if (time === Number.POSITIVE_INFINITY) return
    const number = next[use] ?? 0
    next[use] = number + 1
    yield { time, patient: who[number] ?? 0, conversation: number, use }
  }
}

async function simulate(steps: Iterable<Step>): Promise<Calls> {
  const calls: Calls = { generate: 0, encrypt: 0, decrypt: 0 }
  let time = 0
  const cache = dataKeyCache({ now: () => time })
  /** Which key sealed a record, by conversation and use. */
  const sealedWith = new Map<string, string>()
  for (const step of steps) {
    time = step.time
    const { holder, does, of } = conversation[step.use] ?? { holder: intake, does: 'seal' }
    const named = {
      holder: holder(step.patient % practices, step.patient),
      practice: `practice${step.patient % practices}`,
      patient: `patient${step.patient}`,
    }
    if (does === 'seal') {
      const make = async () => {
        calls.generate += 1
        calls.encrypt += 1
        return dataKeyOf(Buffer.from(String(calls.generate)), new Uint8Array(32))
      }
      const key = await cache.use({ ...named, purpose: 'sealing' }, make, ({ id }) => String(id))
      sealedWith.set(`${step.conversation} ${step.use}`, key)
    } else {
      const record = `${step.conversation} ${of}`
      const load = async () => {
        calls.decrypt += 1
        return dataKeyOf(new Uint8Array(16), new Uint8Array(32))
      }
      await cache.use({ ...named, purpose: sealedWith.get(record) ?? '' }, load, () => undefined)
      sealedWith.delete(record)
    }
  }
  cache.clear()
  return calls
}
