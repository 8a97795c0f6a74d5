import type { Item, ItemKey, Items } from '../../lambda/shared/items/items.ts'
import { patientsOf, wrappedKeysOf } from '../../lambda/shared/vault/wrapped-keys.ts'

/** What was erased by one run. */
export interface Erased {
  readonly patients: number
  /** Wrapped keys that were deleted; 0 when an earlier run had deleted them all. */
  readonly keys: number
}

/** Keys are still being made while they are erased. Nothing was kept that was deleted; running it again goes on. */
export class ErasureError extends Error {
  override readonly name = 'ErasureError'
  readonly code = 'ERASURE'
}

/** A write takes at most so many parts. */
const together = 100
/** How often a patient's keys may come back before the erasure gives up. */
const rounds = 20
/** Patients of a practice that are erased side by side. */
const sideBySide = 10

/**
 * Erases a patient: deletes every wrapped key, of whatever age, so that nothing that was sealed with them opens any more. Records stay as they
 * are, unreadable. Idempotent, and a run that was cut off is finished by the next. Functions hold keys they have opened for some minutes more.
 *
 * @throws ErasureError when keys of the patient are being made all the time
 */
export async function erasePatient(items: Items, practice: string, patient: string): Promise<Erased> {
  let keys = 0
  for (let round = 0; round < rounds; round += 1) {
    const found = await keysOf(items, practice, patient)
    if (found.length > 0) {
      // A refusal means that one of them is being written at this moment: the next round finds it.
      if ((await items.write(found.map((remove) => ({ remove })))) === 'refused') continue
      keys += found.length
      // After a full page more are left; that says nothing of keys that come back.
      if (found.length === together) round = 0
      continue
    }
    // The index goes last, and a key made meanwhile has put it back with itself: only when none has is the patient erased.
    await items.write([{ remove: { ...patientsOf(practice), sk: patient } }])
    if ((await keysOf(items, practice, patient)).length === 0) return { patients: 1, keys }
  }
  throw new ErasureError(
    'Keys of the patient are being made while they are erased. Close their sign-in and their calls, then run it again.',
  )
}

/**
 * Erases every patient of a practice who has a key, as the index says that is written with each key.
 *
 * @param told is told how much is done, after every few patients
 * @throws ErasureError when keys are being made all the time
 */
export async function erasePractice(items: Items, practice: string, told: (done: Erased) => void = () => {}): Promise<Erased> {
  let done: Erased = { patients: 0, keys: 0 }
  for (;;) {
    const listed = await items.query({ ...patientsOf(practice), limit: sideBySide, attributes: [] })
    if (listed.length === 0) return done
    const erased = await Promise.all(listed.map(({ sk }) => erasePatient(items, practice, sk)))
    done = erased.reduce((all, one) => ({ patients: all.patients + one.patients, keys: all.keys + one.keys }), done)
    told(done)
  }
}

// Names only: whoever erases sees no wrapped key.
async function keysOf(items: Items, practice: string, patient: string): Promise<ItemKey[]> {
  const found: readonly Item[] = await items.query({ ...wrappedKeysOf({ practice, patient }), limit: together, attributes: [] })
  return found.map(({ table, pk, sk }) => ({ table, pk, sk }))
}
