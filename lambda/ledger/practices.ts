import * as z from 'zod'
import { identifierPattern } from '../shared/identifiers.ts'

const practices = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.string().regex(identifierPattern)).min(1))

/** Ids of practices from an environment variable that holds them as a JSON list. @throws ZodError or SyntaxError; the function then fails at start */
export const practicesFrom = (value: string): readonly string[] => practices.parse(value)
