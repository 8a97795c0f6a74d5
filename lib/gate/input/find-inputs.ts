import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Something to judge on its own. */
export interface Input {
  /** As given, or as found below what was given. */
  readonly path: string
  readonly kind: 'assembly' | 'template'
  /** Whether somebody named it: what was only found in a folder may turn out to be no template. */
  readonly named: boolean
}

const extensions = /\.(json|ya?ml|template)$/i
const skippedFolders = ['node_modules', '.git']

/**
 * What there is to judge at a path: a cloud assembly, a template, or each of them below a folder, in the order of their names.
 * @returns empty where nothing is there
 */
export function findInputs(path: string): readonly Input[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return []
  if (found.isDirectory()) return isAssembly(path) ? [{ path, kind: 'assembly', named: true }] : below(path)
  if (basename(path) === 'manifest.json' && isAssembly(dirname(path))) return [{ path: dirname(path), kind: 'assembly', named: true }]
  return [{ path, kind: 'template', named: true }]
}

function below(folder: string): readonly Input[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry): readonly Input[] => {
      const path = join(folder, entry.name)
      // A link may lead round in a circle, or out of what was named.
      if (entry.isDirectory())
        return skippedFolders.includes(entry.name) ? [] : isAssembly(path) ? [{ path, kind: 'assembly', named: true }] : below(path)
      return entry.isFile() && extensions.test(entry.name) ? [{ path, kind: 'template', named: false }] : []
    })
}

// Files that the CDK and Safe Harbor write into a cloud assembly. One of them is enough, so that a manifest that is gone or broken is an error and not a folder of templates.
const marks = ['cdk.out', 'validation-report.json', 'safe-harbor.json']

/** Whether a folder is a cloud assembly: it bears its marks, or its manifest lists artifacts ("Cloud assembly" of the AWS CDK Developer Guide). */
function isAssembly(folder: string): boolean {
  if (marks.some((mark) => statSync(join(folder, mark), { throwIfNoEntry: false })?.isFile() === true)) return true
  const manifest = join(folder, 'manifest.json')
  return existsSync(manifest) && readFileSync(manifest, 'utf8').includes('"artifacts"')
}
