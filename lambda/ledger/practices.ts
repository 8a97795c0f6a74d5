import * as z from 'zod/mini'
import { identifierPattern } from '../shared/identifiers.ts'

const practices = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text): unknown => JSON.parse(text)),
  ),
  z.array(z.string().check(z.regex(identifierPattern))).check(z.minLength(1)),
)

/** Ids of practices from an environment variable that holds them as a JSON list. @throws $ZodError or SyntaxError; the function then fails at start */
export const practicesFrom = (value: string): readonly string[] => practices.parse(value)
