import * as z from 'zod/mini'

const envelope = z.object({
  id: z.string().check(z.minLength(1)),
  source: z.string(),
  'detail-type': z.string(),
  account: z.string(),
  region: z.string(),
  time: z.string(),
  detail: z.unknown(),
})

/** An event as EventBridge delivers it (EventBridge User Guide, "AWS service event metadata"). */
export type Envelope = z.infer<typeof envelope>

/** Parses the envelope of an event; undefined when it is none. */
export const readEnvelope = (event: unknown): Envelope | undefined => envelope.safeParse(event).data
