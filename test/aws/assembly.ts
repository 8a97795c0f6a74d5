import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EnvironmentConfig } from '../../lib/config/schema.ts'
import { buildEnvironment } from '../../lib/environment/index.ts'
import { openApp } from '../../lib/environment/synthesize.ts'

/** A resource of a template, as it was synthesized. */
export interface Resource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
  readonly DependsOn?: string | readonly string[]
}

/** A template as far as it is read here. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs?: Readonly<Record<string, unknown>>
}

/** A stack with its template and the bundles of its functions. */
export interface SynthesizedStack {
  readonly id: string
  readonly name: string
  readonly template: Template
  readonly assets: readonly Asset[]
}

/** A folder that is to lie, packed, in a bucket. */
export interface Asset {
  readonly folder: string
  readonly bucket: string
  readonly key: string
}

/** The stacks of an environment in the order of their deployment, with functions bundled as they are for AWS. */
export interface Assembly {
  readonly stacks: readonly SynthesizedStack[]
  readonly remove: () => void
}

/** @param context of the CDK app */
export function synthesizeEnvironment(config: EnvironmentConfig, context: Record<string, unknown>): Assembly {
  const outdir = mkdtempSync(join(tmpdir(), 'safe-harbor-assembly-'))
  const app = openApp({ outdir, context })
  buildEnvironment(app, config)
  const stacks = app.synth().stacks.map(({ id, stackName, templateFullPath }) => ({
    id,
    name: stackName,
    template: JSON.parse(readFileSync(templateFullPath, 'utf8')) as Template,
    assets: assetsOf(outdir, id),
  }))
  return { stacks, remove: () => rmSync(outdir, { recursive: true, force: true }) }
}

interface AssetsFile {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string; readonly packaging: 'zip' | 'file' }
        readonly destinations: Readonly<Record<string, { readonly bucketName: string; readonly objectKey: string }>>
      }
    >
  >
}

function assetsOf(outdir: string, stack: string): Asset[] {
  const { files } = JSON.parse(readFileSync(join(outdir, `${stack}.assets.json`), 'utf8')) as AssetsFile
  return Object.values(files)
    .filter(({ source }) => source.packaging === 'zip')
    .flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ bucketName, objectKey }) => ({
        folder: join(outdir, source.path),
        bucket: bucketName,
        key: objectKey,
      })),
    )
}
