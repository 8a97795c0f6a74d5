import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  getLocalCryptographicMaterialsCache,
  NodeCachingMaterialsManager,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node'
import { dataKeyCache } from '../../lambda/shared/vault/data-key-cache.ts'
import { additionalData } from '../../lambda/shared/vault/record-name.ts'
import { type RecordName, vault } from '../../lambda/shared/vault/vault.ts'
import { itemsInMemory } from '../lambda/items-in-memory.ts'
import { keysInMemory } from '../lambda/keys-in-memory.ts'
import { simulateCalls } from './simulate-key-calls.ts'

// Sealing and opening records of 1 KiB, all in one run on one thread, one way after the other in every round, so that a slow moment of the machine
// slows all, and in processor time, so that other work of the machine does not count. Prints medians over the rounds; asserts nothing. Keys are warm everywhere: the network is no part of it.
const rounds = 41
const record = new Uint8Array(randomBytes(1024))
const practice = 'k3v9q2mx7t4z'
const patients = Array.from({ length: 100 }, (_, number) => `patient${String(number).padStart(4, '0')}`)
const nameOf = (turn: number): RecordName => ({
  practice,
  patient: patients[turn % patients.length] ?? '',
  type: 'message',
  id: '01hqzj60n4r8s1t5v9w2x6y0za#01hqzj61p3q7r0s4t8v1w5x9yb',
  version: 1,
})

/** One way to seal and to open. What `seal` returned for a turn is opened in the same turn. */
interface Way {
  readonly name: string
  /** Records a round. */
  readonly records: number
  readonly seal: (turn: number) => Uint8Array | Promise<Uint8Array>
  readonly open: (turn: number, sealed: Uint8Array) => Uint8Array | Promise<Uint8Array>
}

const ours = vault({ items: itemsInMemory(), keys: keysInMemory(), cache: dataKeyCache(), holder: 'bench' })
const safeHarbor: Way = {
  name: 'Safe Harbor vault',
  records: 300,
  seal: (turn) => ours.seal(nameOf(turn), record),
  open: (turn, sealed) => ours.open(nameOf(turn), sealed),
}

// Additional data of the vault's length, made once: raw pays for neither names, nor a derived key, nor a commitment.
const rawKey = randomBytes(32)
const rawAbout = additionalData(randomBytes(16), nameOf(0))
const raw: Way = {
  name: 'raw AES-256-GCM',
  records: 300,
  seal: () => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', rawKey, nonce).setAAD(rawAbout)
    return Buffer.concat([nonce, cipher.update(record), cipher.final(), cipher.getAuthTag()])
  },
  open: (_, sealed) => {
    const decipher = createDecipheriv('aes-256-gcm', rawKey, sealed.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(rawAbout).setAuthTag(sealed.subarray(-16))
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
  },
}

// A local keyring in place of KMS, the suite with commitment and without signatures: the SDK at its fastest. Its context is the patient alone, for its
// cache finds a key again only under the same context.
const sdk = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)
const keyring = new RawAesKeyringNode({
  keyNamespace: 'bench',
  keyName: 'bench',
  unencryptedMasterKey: new Uint8Array(randomBytes(32)),
  wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
})
const cached = new NodeCachingMaterialsManager({
  backingMaterials: keyring,
  cache: getLocalCryptographicMaterialsCache(1000),
  maxAge: 300_000,
  maxMessagesEncrypted: 100_000,
})
const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY
const sdkWay = (name: string, materials: typeof keyring | typeof cached): Way => ({
  name,
  records: 20,
  seal: async (turn) => {
    const encryptionContext = { practice, patient: nameOf(turn).patient }
    return (await sdk.encrypt(materials, record, { suiteId, encryptionContext, plaintextLength: record.length })).result
  },
  open: async (_, sealed) => (await sdk.decrypt(materials, sealed)).plaintext,
})
const ways = [safeHarbor, raw, sdkWay('AWS SDK, its cache', cached), sdkWay('AWS SDK, no cache', keyring)]

/** Microseconds a record, by way, one number a round. */
const timings = new Map(ways.map((way) => [way, { seal: [] as number[], open: [] as number[] }]))

// Each answer is awaited only when there is something to wait for, so that raw does not pay for promises.
async function timeRound({ records, seal, open }: Way): Promise<{ seal: number; open: number; bytes: number }> {
  const sealed: Uint8Array[] = []
  const started = processorTime()
  for (let turn = 0; turn < records; turn += 1) {
    const one = seal(turn)
    sealed.push(one instanceof Uint8Array ? one : await one)
  }
  const halfway = processorTime()
  for (let turn = 0; turn < records; turn += 1) {
    const one = open(turn, sealed[turn] ?? record)
    const opened = one instanceof Uint8Array ? one : await one
    if (opened.length !== record.length) throw new Error('A record came back with another length.')
  }
  const ended = processorTime()
  const each = 1 / records
  return { seal: (halfway - started) * each, open: (ended - halfway) * each, bytes: (sealed[0]?.length ?? 0) - record.length }
}

/** Microseconds of this process. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

const added = new Map<Way, number>()
for (let round = -3; round < rounds; round += 1)
  for (const way of ways) {
    const { seal, open, bytes } = await timeRound(way)
    added.set(way, bytes)
    // The first rounds warm up caches and compiler.
    if (round >= 0) for (const [what, value] of Object.entries({ seal, open })) timings.get(way)?.[what as 'seal' | 'open'].push(value)
  }

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}
const medianOf = (way: Way, what: 'seal' | 'open'): number => median(timings.get(way)?.[what] ?? [])

console.log(
  `Node ${process.version}, one thread, records of ${record.length} bytes of ${patients.length} patients, median processor time of ${rounds} rounds`,
)
console.log('                       seal us   of raw   open us   of raw   bytes added')
for (const way of ways) {
  const [seal, open] = [medianOf(way, 'seal'), medianOf(way, 'open')]
  const figures = [
    seal.toFixed(1).padStart(8),
    (medianOf(raw, 'seal') / seal).toFixed(2).padStart(8),
    open.toFixed(1).padStart(9),
    (medianOf(raw, 'open') / open).toFixed(2).padStart(8),
    String(added.get(way)).padStart(13),
  ]
  console.log(way.name.padEnd(22) + figures.join(' '))
}
const [, , withCache] = ways
if (withCache !== undefined)
  for (const what of ['seal', 'open'] as const)
    console.log(`${what}: ${(medianOf(withCache, what) / medianOf(safeHarbor, what)).toFixed(1)} times the AWS SDK with its cache`)
console.log(
  '"of raw": throughput as a part of raw AES-256-GCM. The SDK runs on a local AES keyring, with key commitment, without signatures.',
)
for (const line of await simulateCalls()) console.log(line)
