import { median } from '../median.ts'
import { leastWithDerivedKey, raw, rawWithBytes } from './plain-ways.ts'
import { type Timings, timed } from './rounds.ts'
import { sdkAlone, sdkWithCache } from './sdk-ways.ts'
import { vaultWay } from './vault-way.ts'
import { record } from './way.ts'

// The program that bench-vault.ts bundles and runs. Prints medians over the rounds; asserts nothing. Keys are warm: the network is no part of it.
const rounds = 101
const timings = await timed([vaultWay, raw, rawWithBytes, leastWithDerivedKey, sdkWithCache, sdkAlone], rounds, 10)
const of = (way: typeof raw): Timings => timings.get(way) ?? { seal: [], open: [], bytes: 0 }

// The rounds are compared one by one, because raw and the other met the same moment of the machine only within a round.
const timesAsFast = (one: Timings, other: Timings, what: 'seal' | 'open'): number =>
  median(one[what].map((time, round) => (other[what][round] ?? Number.NaN) / time))

console.log(
  `Node ${process.version}, one thread, records of ${record.length} bytes of 100 patients, median processor time of ${rounds} rounds`,
)
console.log('                        seal us   of raw   open us   of raw   bytes added')
for (const [way, timing] of timings) {
  const figures = [
    median(timing.seal).toFixed(1).padStart(8),
    timesAsFast(timing, of(raw), 'seal').toFixed(2).padStart(8),
    median(timing.open).toFixed(1).padStart(9),
    timesAsFast(timing, of(raw), 'open').toFixed(2).padStart(8),
    String(timing.bytes).padStart(13),
  ]
  console.log(way.name.padEnd(23) + figures.join(' '))
}
for (const what of ['seal', 'open'] as const) {
  const times = timesAsFast(of(vaultWay), of(sdkWithCache), what).toFixed(1)
  const share = timesAsFast(of(vaultWay), of(leastWithDerivedKey), what).toFixed(2)
  console.log(`${what}: ${times} times the AWS SDK with its cache; ${share} of HMAC and AES alone`)
}
