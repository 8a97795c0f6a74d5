// A reader of sealed records written from lambda/shared/vault/FORMAT.md alone, on Web Crypto. It shares no code with the vault, on purpose.
const { subtle } = globalThis.crypto

/** The name a value is asked for by. */
export interface Name {
  readonly practice: string
  readonly patient: string
  readonly type: string
  readonly id: string
  readonly version: number
}

/** Opens a sealed value; undefined for a refusal. @param dataKeys data keys of this practice and patient, by key id in hexadecimal */
export async function read(
  dataKeys: Readonly<Record<string, Uint8Array>>,
  name: Name,
  sealed: Uint8Array,
): Promise<Uint8Array | undefined> {
  if (sealed.length < 97 || sealed[0] !== 1) return undefined
  const dataKey = dataKeys[[...sealed.slice(1, 17)].map((byte) => byte.toString(16).padStart(2, '0')).join('')]
  const about = additional(sealed.slice(1, 17), name)
  if (dataKey === undefined || about === undefined) return undefined
  const hmac = await subtle.importKey('raw', copy(dataKey), { name: 'HMAC', hash: 'SHA-512' }, false, ['sign'])
  const derived = new Uint8Array(
    await subtle.sign('HMAC', hmac, copy([...ascii('safe-harbor/record/v1'), ...sealed.slice(17, 49), ...about])),
  )
  let difference = 0
  for (let at = 0; at < 32; at += 1) difference |= (derived[32 + at] ?? 0) ^ (sealed[49 + at] ?? 0)
  if (difference !== 0) return undefined
  const key = await subtle.importKey('raw', derived.slice(0, 32), 'AES-GCM', false, ['decrypt'])
  const how = { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: copy(about), tagLength: 128 }
  return subtle.decrypt(how, key, copy(sealed.slice(81))).then(
    (record) => new Uint8Array(record),
    () => undefined,
  )
}

function additional(keyId: Uint8Array, { practice, patient, type, id, version }: Name): number[] | undefined {
  const identifier = /^[a-z0-9]{8,32}$/
  if (!identifier.test(practice) || !identifier.test(patient)) return undefined
  if (!/^[\x21-\x7e]{1,64}$/.test(type) || !/^[\x21-\x7e]{1,256}$/.test(id)) return undefined
  if (!Number.isInteger(version) || version < 1 || version > 2 ** 53 - 1) return undefined
  const digits = version.toString(16).padStart(16, '0')
  const versionBytes = Array.from({ length: 8 }, (_, at) => Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16))
  const parts = [[1], [...keyId], ascii(practice), ascii(patient), ascii(type), ascii(id), versionBytes]
  return parts.flatMap((part) => [part.length >> 8, part.length & 0xff, ...part])
}

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0))
const copy = (bytes: Iterable<number>): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes)
