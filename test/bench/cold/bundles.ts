import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { exampleTrial } from '../../config/example-environments.ts'
import { synthesizedFrom } from '../../environment/synthesized.ts'
import { bundling } from '../bundling.ts'

/** A function as it is deployed: one file, and the environment variables it reads as it starts. */
export interface Bundle {
  readonly name: string
  readonly file: string
  readonly bytes: number
  readonly variables: Readonly<Record<string, string>>
  /** Whether it holds anything of the AWS SDK. */
  readonly clients: boolean
  /** The source files it is made of, of ours alone, from the root of the project. */
  readonly sources: readonly string[]
}

interface FunctionProperties {
  readonly FunctionName?: string
  readonly Runtime: string
  readonly Handler: string
  readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> }
}

/** Where a function's handler may be, by its name. */
const areas = ['detection', 'ledger', 'people', 'recovery', 'service']

/** Bundles every function of the trial environment into a folder. */
export async function bundlesInto(folder: string): Promise<readonly Bundle[]> {
  const templates = [...synthesizedFrom(exampleTrial).values()]
  const functions = templates.flatMap((template) => Object.values(template.findResources('AWS::Lambda::Function')))
  const ours = functions
    .map(({ Properties }) => Properties as FunctionProperties)
    .filter(({ Runtime, Handler }) => Runtime === 'nodejs24.x' && Handler === 'index.handler')
  return Promise.all(ours.map((properties) => bundleOf(properties, folder)))
}

async function bundleOf({ FunctionName = '', Environment }: FunctionProperties, folder: string): Promise<Bundle> {
  const name = FunctionName.replace(/^safe-harbor-[^-]+-/, '')
  const outfile = join(folder, `${name}.mjs`)
  const { metafile } = await build({ ...bundling, entryPoints: [handlerOf(name)], outfile, metafile: true })
  // What the template only refers to is the ARN or the name of something, as every test's stand-in for one.
  const variables = Object.entries(Environment?.Variables ?? {}).map(([variable, value]): [string, string] => [
    variable,
    typeof value === 'string' ? value : 'arn:aws:any',
  ])
  const inputs = Object.keys(metafile.inputs)
  const sources = inputs.filter((path) => path.startsWith('lambda/'))
  const clients = inputs.some((path) => path.includes('/@aws-sdk/'))
  return { name, file: outfile, bytes: statSync(outfile).size, variables: Object.fromEntries(variables), clients, sources }
}

function handlerOf(name: string): string {
  const folders = areas.map((area) => join('lambda', area, name.replace(`${area}-`, '')))
  const file = folders.map((folder) => join(folder, 'handler.ts')).find((path) => existsSync(path))
  if (file === undefined) throw new Error(`No handler of the function ${name} in lambda/.`)
  return file
}
