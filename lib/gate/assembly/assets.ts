import { schemaOf } from './schema.ts'

/** Schema of a stack's list of assets, `<stack>.assets.json`, as far as the gate reads it ("Cloud assembly" of the AWS CDK Developer Guide). */
export const assetsSchema = schemaOf(({ z }) =>
  z.object({ files: z.record(z.string(), z.object({ source: z.object({ path: z.string().optional() }) })) }),
)
