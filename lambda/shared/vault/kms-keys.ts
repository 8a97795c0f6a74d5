import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  IncorrectKeyException,
  InvalidCiphertextException,
  KMSClient,
} from '@aws-sdk/client-kms'
import type { KeyContext, KeyService } from './ports.ts'
import { SealedRecordError } from './sealed-record-error.ts'

/** The two keys a data key is wrapped with. */
export interface KmsKeyArns {
  readonly vaultKeyArn: string
  /** ARN of the key or its alias in the recovery account; by alias the workload need not know the key's id. */
  readonly recoveryKeyArn: string
}

/** A caller waits behind each of these calls: two attempts more, and none longer than this. KMS answers within milliseconds. */
export const kmsSettings = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
}

/** The key service on AWS KMS. Throttling, refusals and failures of KMS are thrown as the SDK names them, `AccessDeniedException` for one. */
export const kmsKeys = ({ vaultKeyArn, recoveryKeyArn }: KmsKeyArns, client = new KMSClient(kmsSettings)): KeyService => ({
  generate: async (context) => {
    const { Plaintext, CiphertextBlob } = await client.send(
      new GenerateDataKeyCommand({ KeyId: vaultKeyArn, KeySpec: 'AES_256', EncryptionContext: contextOf(context) }),
    )
    return { plaintext: given(Plaintext), wrapped: given(CiphertextBlob) }
  },
  // Naming the key makes KMS refuse a wrapped key of any other, an intruder's own for one (AWS KMS API Reference, Decrypt, KeyId).
  unwrap: async (wrapped, context) => {
    const command = new DecryptCommand({ KeyId: vaultKeyArn, CiphertextBlob: wrapped, EncryptionContext: contextOf(context) })
    const { Plaintext } = await client.send(command).catch(sealedRecordErrorOf)
    return given(Plaintext)
  },
  wrapForRecovery: async (plaintext, context) => {
    const command = new EncryptCommand({ KeyId: recoveryKeyArn, Plaintext: plaintext, EncryptionContext: contextOf(context) })
    return given((await client.send(command)).CiphertextBlob)
  },
})

// The context holds these two and nothing else: it stands in the audit trail, and the key policies name exactly them.
const contextOf = ({ practice, patient }: KeyContext): Record<string, string> => ({ practice, patient })

// "Invalid ciphertext": damaged, or wrapped under another context. "Incorrect key": wrapped by another key (AWS KMS API Reference, Decrypt, Errors).
function sealedRecordErrorOf(error: unknown): never {
  throw error instanceof InvalidCiphertextException || error instanceof IncorrectKeyException ? new SealedRecordError() : error
}

function given(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) throw new Error('AWS KMS answered without the key it was asked for.')
  return bytes
}
