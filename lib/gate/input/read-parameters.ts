import { readJson } from '../assembly/read-json.ts'
import { schemaOf } from '../assembly/schema.ts'
import type { Given } from '../template/template.ts'

// The three forms AWS's tools take: a list of ParameterKey and ParameterValue (aws cloudformation), { Parameters } (a configuration of CodePipeline), and plain names.
const parametersSchema = schemaOf(({ z }) => {
  const value = z.union([z.string(), z.number(), z.boolean()])
  return z.union([
    z
      .array(z.object({ ParameterKey: z.string(), ParameterValue: value }))
      .transform((list) => list.map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue] as const)),
    z.object({ Parameters: z.record(z.string(), value) }).transform(({ Parameters }) => Object.entries(Parameters)),
    z.record(z.string(), value).transform((map) => Object.entries(map)),
  ])
})

/**
 * Reads values of parameters from a JSON file.
 * @throws UnreadableError naming the file and the next step
 */
export const readParameters = (file: string): ReadonlyMap<string, Given> =>
  new Map(
    readJson(file, parametersSchema, 'Write { "Name": "value" }, or what `aws cloudformation create-stack --parameters` takes.').map(
      ([name, written]) => [name, { written, from: undefined }],
    ),
  )
