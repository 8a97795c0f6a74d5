/**
 * Reads the environment variables a function was given.
 *
 * @param names the names the function's `env.ts` lists, which its stack sets by the same constants
 * @throws Error that names every missing variable; the function then fails at start, before it has taken an event
 */
export function readEnvironmentVariables<const Name extends string>(
  names: readonly Name[],
  source: NodeJS.ProcessEnv = process.env,
): Readonly<Record<Name, string>> {
  const missing = names.filter((name) => (source[name] ?? '') === '')
  if (missing.length > 0) throw new Error(`Missing environment variables: ${missing.join(', ')}. The stack of this function sets them.`)
  return Object.fromEntries(names.map((name) => [name, source[name]])) as Record<Name, string>
}
