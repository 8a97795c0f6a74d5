import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  IncorrectKeyException,
  InvalidCiphertextException,
  KMSClient,
  KMSInternalException,
} from '@aws-sdk/client-kms'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { kmsKeys } from '../../../../lambda/shared/vault/kms-keys.ts'
import { SealedRecordError } from '../../../../lambda/shared/vault/sealed-record-error.ts'

const kms = mockClient(KMSClient)
// Files share a process: what one mocks, it gives back.
afterAll(() => {
  kms.restore()
})
const arns = {
  vaultKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/mrk-1',
  recoveryKeyArn: 'arn:aws:kms:us-east-1:222233334444:alias/safe-harbor-sandbox-recovery',
}
const keys = kmsKeys(arns, new KMSClient({ region: 'us-east-1' }))
const context = { practice: 'k3v9q2mx7t4z', patient: 'w8c5n1rj6h0d' }
const [plain, wrapped] = [new Uint8Array(32).fill(1), Uint8Array.of(2, 3)]
const named = { message: 'no', $metadata: {} }

beforeEach(() => {
  kms.reset()
})

describe('The key service on KMS', () => {
  test('makes a key of 256 bits under the vault key, for one patient', async () => {
    kms.on(GenerateDataKeyCommand).resolves({ Plaintext: plain, CiphertextBlob: wrapped })
    expect(await keys.generate(context)).toEqual({ plaintext: plain, wrapped })
    const input = { KeyId: arns.vaultKeyArn, KeySpec: 'AES_256', EncryptionContext: context }
    expect(kms.commandCalls(GenerateDataKeyCommand)[0]?.args[0].input).toEqual(input)
  })

  test('opens with the vault key named, for one patient', async () => {
    kms.on(DecryptCommand).resolves({ Plaintext: plain })
    expect(await keys.unwrap(wrapped, context)).toEqual(plain)
    const input = { KeyId: arns.vaultKeyArn, CiphertextBlob: wrapped, EncryptionContext: context }
    expect(kms.commandCalls(DecryptCommand)[0]?.args[0].input).toEqual(input)
  })

  test('wraps for recovery under the key of the recovery account', async () => {
    kms.on(EncryptCommand).resolves({ CiphertextBlob: wrapped })
    expect(await keys.wrapForRecovery(plain, context)).toEqual(wrapped)
    const input = { KeyId: arns.recoveryKeyArn, Plaintext: plain, EncryptionContext: context }
    expect(kms.commandCalls(EncryptCommand)[0]?.args[0].input).toEqual(input)
  })

  test('puts practice and patient into the context and nothing else it is given', async () => {
    kms.on(GenerateDataKeyCommand).resolves({ Plaintext: plain, CiphertextBlob: wrapped })
    await keys.generate({ ...context, type: 'call' } as typeof context)
    expect(kms.commandCalls(GenerateDataKeyCommand)[0]?.args[0].input.EncryptionContext).toEqual(context)
  })

  test.each([new InvalidCiphertextException(named), new IncorrectKeyException(named)])(
    'calls $name a sealed record that does not open',
    async (error) => {
      kms.on(DecryptCommand).rejects(error)
      const thrown = await keys.unwrap(wrapped, context).catch((one: unknown) => one)
      expect(thrown).toBeInstanceOf(SealedRecordError)
      expect((thrown as Error).cause).toBeUndefined()
    },
  )

  test.each([new KMSInternalException(named), Object.assign(new Error('no'), { name: 'AccessDeniedException' })])(
    'lets $name through',
    async (error) => {
      kms.rejects(error)
      await expect(keys.unwrap(wrapped, context)).rejects.toBe(error)
      await expect(keys.generate(context)).rejects.toBe(error)
      await expect(keys.wrapForRecovery(plain, context)).rejects.toBe(error)
    },
  )

  test('is not content with an answer without a key', async () => {
    kms.resolves({})
    await expect(keys.generate(context)).rejects.toThrow('without the key')
    await expect(keys.unwrap(wrapped, context)).rejects.toThrow('without the key')
  })
})
