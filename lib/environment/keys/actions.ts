/** Actions that only encrypt; a multipart upload to S3 needs more than these. */
export const sealing = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'] as const

/** Actions that encrypt and decrypt. */
export const sealingAndOpening = [...sealing, 'kms:Decrypt'] as const

/** What AWS's documentation lets a service do that keeps data under the key: encrypt, decrypt, and move data from key to key. */
export const sealingOpeningAndMoving = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
] as const

/** Every action that turns ciphertext into plaintext or makes new keys. ReEncrypt can change the context and so counts as opening. */
export const useActions = [...sealingOpeningAndMoving, 'kms:GenerateDataKeyPair', 'kms:GenerateDataKeyPairWithoutPlaintext'] as const
