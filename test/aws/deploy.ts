import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { zipSync } from 'fflate'
import type { Assembly, Asset } from './assembly.ts'
import type { ClientSettings } from './emulator.ts'
import { wrongForms, wrongTypes } from './exactly-unsupported.ts'
import { stackMaker } from './make-stack.ts'
import { supportedPart } from './unsupported.ts'

/** A resource of a template, as it stands in the emulator. */
export interface Deployed {
  readonly stack: string
  /** In its template. */
  readonly id: string
  readonly type: string
  /** As the template says it: references are not resolved. */
  readonly properties: Readonly<Record<string, unknown>>
  /** What `Ref` gives. */
  readonly name: string
}

/**
 * Deploys every stack of an assembly through the emulator's CloudFormation, without what the list says the emulator does not support.
 * @throws Error when the list is not exact; and with the events of a stack that failed
 */
export async function deployTo(client: ClientSettings, { stacks }: Assembly): Promise<readonly Deployed[]> {
  const s3 = new S3Client(client)
  const maker = stackMaker(client, s3)
  const templates = stacks.map(({ template }) => template)
  refuse(await wrongTypes(maker, templates))
  const all: Deployed[] = []
  for (const { name, assets, template } of stacks) {
    for (const asset of assets) await publish(s3, asset)
    const part = supportedPart(template)
    const names = await maker.create(name, part)
    for (const [id, { Type, Properties = {} }] of Object.entries(part.Resources))
      all.push({ stack: name, id, type: Type, properties: Properties, name: names.get(id) ?? '' })
  }
  refuse(await wrongForms(maker, templates))
  return all
}

function refuse(wrong: readonly string[]): void {
  if (wrong.length > 0) throw new Error(`test/aws/unsupported.ts does not say exactly what the emulator lacks.\n${wrong.join('\n')}`)
}

async function publish(s3: S3Client, { bucket: Bucket, key: Key, folder }: Asset): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket })).catch(() => undefined)
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: zipOf(folder) }))
}

const zipOf = (folder: string): Uint8Array =>
  zipSync(
    Object.fromEntries(
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name))
        .filter((file) => statSync(file).isFile())
        .map((file) => [relative(folder, file), new Uint8Array(readFileSync(file))]),
    ),
    { level: 1 },
  )
