import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * The file of findings that are accepted in an environment, `lib/config/waivers/<name>.yaml`; undefined where there is none. Whoever reviews keeps these files, not who
 * makes a change (.github/CODEOWNERS).
 */
export function waiversFileOf(environment: string): string | undefined {
  const file = fileURLToPath(new URL(`waivers/${environment}.yaml`, import.meta.url))
  return existsSync(file) ? file : undefined
}
