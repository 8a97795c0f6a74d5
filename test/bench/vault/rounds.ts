import { record, type Way } from './way.ts'

/** Microseconds of processor time a record, one number a round, and how many bytes sealing added. */
export interface Timings {
  readonly seal: number[]
  readonly open: number[]
  bytes: number
}

/**
 * Times every way in every round, one after the other, so that a slow moment of the machine slows all; in processor time of the process, so that other
 * work of the machine counts little. The first rounds warm up caches and compiler and are not counted.
 */
export async function timed(ways: readonly Way[], rounds: number, warmUp: number): Promise<Map<Way, Timings>> {
  const timings = new Map(ways.map((way): [Way, Timings] => [way, { seal: [], open: [], bytes: 0 }]))
  for (let round = -warmUp; round < rounds; round += 1)
    for (const [way, of] of timings) {
      const { seal, open, bytes } = await timedRound(way)
      of.bytes = bytes
      if (round < 0) continue
      of.seal.push(seal)
      of.open.push(open)
    }
  return timings
}

// Each answer is awaited only when there is something to wait for, so that raw does not pay for promises.
async function timedRound({ records, seal, open }: Way): Promise<{ seal: number; open: number; bytes: number }> {
  const sealed: Uint8Array[] = []
  const started = processorTime()
  for (let turn = 0; turn < records; turn += 1) {
    const one = seal(turn)
    sealed.push(one instanceof Uint8Array ? one : await one)
  }
  const halfway = processorTime()
  for (const [turn, bytes] of sealed.entries()) {
    const one = open(turn, bytes)
    const opened = one instanceof Uint8Array ? one : await one
    if (opened.length !== record.length) throw new Error('A record came back with another length.')
  }
  const ended = processorTime()
  return { seal: (halfway - started) / records, open: (ended - halfway) / records, bytes: (sealed[0]?.length ?? 0) - record.length }
}

/** Microseconds of this process. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}
