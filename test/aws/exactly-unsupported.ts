import type { Template } from './assembly.ts'
import type { StackMaker } from './make-stack.ts'
import { type RefusedForm, refusedForms, unknownTypes, within } from './unsupported.ts'

/** Where the list of types and the emulator differ, a sentence each. */
export async function wrongTypes(maker: StackMaker, templates: readonly Template[]): Promise<readonly string[]> {
  const unknown = new Set<string>()
  for (const template of templates) for (const type of await maker.unknownTypes(template)) unknown.add(type)
  return [
    ...[...unknown].filter((type) => !unknownTypes.includes(type)).map((type) => `The emulator does not know ${type}; it is not listed.`),
    ...unknownTypes.filter((type) => !unknown.has(type)).map((type) => `${type} is listed, but known to the emulator or in no template.`),
    ...(JSON.stringify(unknownTypes) === JSON.stringify([...unknownTypes].sort()) ? [] : ['The list is not sorted.']),
  ]
}

/** Forms that are listed though the emulator takes them, a sentence each. They are tried, each in a stack of its own, when everything else stands. */
export async function wrongForms(maker: StackMaker, templates: readonly Template[]): Promise<readonly string[]> {
  return (await Promise.all(refusedForms.map((form) => judged(maker, templates, form)))).flat()
}

async function judged(maker: StackMaker, templates: readonly Template[], { what, is }: RefusedForm): Promise<string[]> {
  const found = templates.flatMap(({ Resources }) => Object.values(Resources)).find(is)
  if (found === undefined) return [`${what} is listed, but in no template.`]
  const name = `refused-${refusedForms.findIndex((form) => form.what === what)}`
  const refused = await maker.create(name, within({ Resources: { Refused: found } })).then(
    () => false,
    () => true,
  )
  return refused ? [] : [`${what} is listed, but the emulator takes it.`]
}
