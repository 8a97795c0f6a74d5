import type { z } from 'zod'
import { schemaOf } from './schema.ts'

/** What a store holds, from the most to the least sensitive. */
export const dataClasses = ['patient-data', 'access-ledger', 'audit-trail', 'routing', 'operational', 'no-data'] as const
/** What one store holds. */
export type DataClass = (typeof dataClasses)[number]

const acceptanceSchema = schemaOf(({ z }) =>
  z.strictObject({
    rule: z.string(),
    /** Kind of construct the acceptance is for. */
    kind: z.string(),
    /** How many matches the acceptance says there are. */
    expected: z.int(),
    /** Construct paths that the rule pack found. */
    matched: z.array(z.string()),
    owner: z.string(),
    reason: z.string(),
    compensatingControl: z.string(),
    /** Last day it holds, `YYYY-MM-DD`. */
    expires: z.string(),
  }),
)

/** Schema of `safe-harbor.json`: what the templates of an assembly do not say and the gate needs. */
export const factsSchema = schemaOf(({ z }) =>
  z.strictObject({
    schema: z.literal('safe-harbor-facts/1'),
    environment: z.strictObject({ name: z.string(), purpose: z.string(), phase: z.string() }),
    practices: z.array(z.strictObject({ id: z.string(), patients: z.int() })),
    /** Identifiers of the breached environment that must appear in no template. */
    breached: z.array(z.string()),
    stores: z.array(z.strictObject({ stack: z.string(), logicalId: z.string(), type: z.string(), dataClass: z.enum(dataClasses) })),
    hipaaPack: z.strictObject({
      name: z.string(),
      version: z.string(),
      /** By stack: resources the pack looked at, and rule evaluations that applied to one of them. */
      stacks: z.record(z.string(), z.strictObject({ resources: z.int(), evaluations: z.int() })),
    }),
    accepted: z.array(acceptanceSchema()),
    /** The context the app was synthesized with, as people chose it. */
    context: z.record(z.string(), z.unknown()),
  }),
)

/** Facts about an assembly. */
export type Facts = z.infer<ReturnType<typeof factsSchema>>
/** One accepted finding of the rule pack, as the facts tell it. */
export type Acceptance = z.infer<ReturnType<typeof acceptanceSchema>>

/** Name of the facts file, beside `manifest.json` in the cloud assembly. */
export const factsFile = 'safe-harbor.json'
