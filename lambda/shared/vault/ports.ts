/** Whose data key it is. Both ids stand in the audit trail of every use of the key (AWS KMS Developer Guide, "Encryption context"). */
export interface KeyContext {
  readonly practice: string
  readonly patient: string
}

/** A new data key, in plain and wrapped by the vault key. */
export interface GeneratedKey {
  /** 32 bytes. Whoever holds it wipes it. */
  readonly plaintext: Uint8Array
  readonly wrapped: Uint8Array
}

/** The keys a vault calls. Every call names the context; a wrapped key opens under the context it was made with and under no other. */
export interface KeyService {
  /** Makes a data key of 256 bits under the vault key. Needs no permission to open. */
  readonly generate: (context: KeyContext) => Promise<GeneratedKey>
  /** Opens a wrapped data key. @throws Error when the key, the context or the permission is not right */
  readonly unwrap: (wrapped: Uint8Array, context: KeyContext) => Promise<Uint8Array>
  /** Wraps a data key a second time, by the key of the recovery account, which cannot be opened from here. */
  readonly wrapForRecovery: (plaintext: Uint8Array, context: KeyContext) => Promise<Uint8Array>
}
