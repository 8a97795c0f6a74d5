import { ulid } from 'ulid'

/**
 * Ids of practices, patients, people, calls and messages: 8 to 32 lower-case letters and digits. They stand in keys of items and in encryption
 * contexts, and so in the audit trail: they are random and say nothing of anybody.
 */
export const identifierPattern = /^[a-z0-9]{8,32}$/

/**
 * A new id of 26 characters, made of its time and 80 random bits, so that later ids sort after earlier ones (ULID specification).
 * @param time milliseconds since 1970
 */
export const newIdentifier = (time: number): string => ulid(time).toLowerCase()

/** The smallest id a moment can have: the start of a range of ids. @param time milliseconds since 1970 */
export const earliestIdentifier = (time: number): string => `${ulid(time).slice(0, 10).toLowerCase()}${'0'.repeat(16)}`
