/**
 * The phases of the restoration, in order. A later phase opens what an earlier one keeps closed:
 * `isolated` nothing but the empty environment; `evidence` recorded evidence may be kept; `restoring` the importer fills the stores;
 * `read-only` people read, nobody writes patient records; `pilot` the pilot practices are served; `open` every practice is.
 */
export const phases = ['isolated', 'evidence', 'restoring', 'read-only', 'pilot', 'open'] as const

/** One phase of the restoration. */
export type Phase = (typeof phases)[number]

/** Phases in which no item of a patient-data store may be written; the access ledger is not patient data and stays writable. */
const phasesWithoutRecordWrites = ['isolated', 'evidence', 'read-only'] as const satisfies readonly Phase[]

/** Whether patient records may be written in this phase. */
export const recordsAreWritable = (phase: Phase): boolean => !(phasesWithoutRecordWrites as readonly Phase[]).includes(phase)
