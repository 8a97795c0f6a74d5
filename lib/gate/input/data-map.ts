import type { z } from 'zod'
import { dataClasses } from '../assembly/facts.ts'
import { readJson } from '../assembly/read-json.ts'
import { schemaOf } from '../assembly/schema.ts'
import type { DataClassOf } from '../template/deployment.ts'

/** Which stores hold what. A Safe Harbor facts file is one, and so is a file with nothing but `stores`. */
const dataMapSchema = schemaOf(({ z }) =>
  z.object({
    stores: z.array(
      z.object({
        /** Stack, or template file, that makes the store; absent for a logical id that is the same everywhere. */
        stack: z.string().optional(),
        logicalId: z.string(),
        dataClass: z.enum(dataClasses),
      }),
    ),
  }),
)

/** Which stores hold what. */
export type DataMap = z.infer<ReturnType<typeof dataMapSchema>>

/** @throws UnreadableError naming the file and the next step */
export const readDataMap = (file: string): DataMap =>
  readJson(
    file,
    dataMapSchema,
    `Write { "stores": [{ "stack": "...", "logicalId": "...", "dataClass": "..." }] }; classes are ${dataClasses.join(', ')}.`,
  )

/** Looks up stores in a map; every store that it does not name counts as sensitive. */
export function dataClassOf(map: DataMap | undefined): DataClassOf {
  if (map === undefined || map.stores.length === 0) return () => undefined
  const classes = new Map(map.stores.map(({ stack, logicalId, dataClass }) => [`${stack ?? '*'}/${logicalId}`, dataClass]))
  return ({ template, logicalId }) => classes.get(`${template.key}/${logicalId}`) ?? classes.get(`*/${logicalId}`)
}
