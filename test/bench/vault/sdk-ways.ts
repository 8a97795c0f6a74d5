import { randomBytes } from 'node:crypto'
import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  getLocalCryptographicMaterialsCache,
  NodeCachingMaterialsManager,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node'
import { nameOf, record, type Way } from './way.ts'

// A local keyring in place of KMS, the suite with commitment and without signatures: the SDK at its fastest. Its context is practice and patient alone,
// for its cache finds a key again only under the same context.
const sdk = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)
const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY
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

const sdkWay = (name: string, materials: typeof keyring | typeof cached): Way => ({
  name,
  records: 20,
  seal: async (turn) => {
    const { practice, patient } = nameOf(turn)
    return (await sdk.encrypt(materials, record, { suiteId, encryptionContext: { practice, patient }, plaintextLength: record.length }))
      .result
  },
  open: async (_, sealed) => (await sdk.decrypt(materials, sealed)).plaintext,
})

/** The AWS Encryption SDK with its cache, as many use it. */
export const sdkWithCache = sdkWay('AWS SDK, its cache', cached)

/** The AWS Encryption SDK with a new data key for every record. */
export const sdkAlone = sdkWay('AWS SDK, no cache', keyring)
