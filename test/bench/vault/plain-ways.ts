import {
  type CipherKey,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { additionalDataIn, derivationInput } from '../../../lambda/shared/vault/derivation-input.ts'
import { keyForm } from '../../../lambda/shared/vault/key-form.ts'
import { nameOf, record, type Way } from './way.ts'

const bytes = randomBytes(32)
const header = randomBytes(49)
const options = { authTagLength: 16 }

/**
 * AES-256-GCM under one key, as somebody writes it who stores nonce | ciphertext | tag in one buffer, with a random nonce and the same additional data,
 * encoded for each record as the vault does. It pays for no key of its own, no commitment, no check of names, no cache and no promise.
 */
const rawWay = (name: string, key: CipherKey): Way => ({
  name,
  records: 300,
  seal: (turn) => {
    const sealed = Buffer.allocUnsafe(record.length + 28)
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce, options).setAAD(additionalDataIn(derivationInput(header, nameOf(turn))))
    sealed.set(nonce)
    sealed.set(cipher.update(record), 12)
    cipher.final()
    sealed.set(cipher.getAuthTag(), sealed.length - 16)
    return sealed
  },
  open: (turn, sealed) => {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), options)
    decipher.setAAD(additionalDataIn(derivationInput(header, nameOf(turn)))).setAuthTag(sealed.subarray(-16))
    const opened = decipher.update(sealed.subarray(12, -16))
    decipher.final()
    return opened
  },
})

/** Raw at its fastest on every Node: the key is made an object once. What the others are compared with. */
export const raw = rawWay('raw AES-256-GCM', createSecretKey(bytes))

/** Raw with the key handed over as bytes, as most examples do. */
export const rawWithBytes = rawWay('the same, key as bytes', bytes)

const hmacKey: KeyObject = createSecretKey(bytes)
const input = randomBytes(190)
const about = input.subarray(53)
const zeroNonce = Buffer.alloc(12)
const derive = (): Buffer => createHmac('sha512', hmacKey).update(input).digest()
const commitment = derive().subarray(32)

/** Only what no sealing with a derived key can do without: HMAC-SHA-512, then AES-256-GCM under the new key. How much of the vault's time is node:crypto's. */
export const leastWithDerivedKey: Way = {
  name: 'HMAC and AES alone',
  records: 300,
  seal: () => {
    const sealed = Buffer.allocUnsafe(record.length + 97)
    const derived = derive()
    const cipher = createCipheriv('aes-256-gcm', keyForm(derived.subarray(0, 32)), zeroNonce, options).setAAD(about)
    sealed.set(cipher.update(record), 81)
    cipher.final()
    sealed.set(cipher.getAuthTag(), sealed.length - 16)
    return sealed
  },
  open: (_, sealed) => {
    const derived = derive()
    if (!timingSafeEqual(derived.subarray(32), commitment)) throw new Error('A commitment differs.')
    const decipher = createDecipheriv('aes-256-gcm', keyForm(derived.subarray(0, 32)), zeroNonce, options)
    decipher.setAAD(about).setAuthTag(sealed.subarray(-16))
    const opened = decipher.update(sealed.subarray(81, -16))
    decipher.final()
    return opened
  },
}
