import type { Check } from './check.ts'

const common = { control: 'template-unchanged', topic: 'other' } as const

/** Templates are as they were synthesized: the CDK names each among the stack's assets by the SHA-256 of its bytes. */
export const templatesAreUnchanged: Check = ({ assembly: { stacks } }) => {
  const named = stacks.filter(({ synthesizedDigest }) => synthesizedDigest !== undefined)
  const changed = named.filter(({ synthesizedDigest, template }) => synthesizedDigest !== template.digest)
  return {
    findings: changed.map(({ name, file, template, synthesizedDigest }) => ({
      ...common,
      status: 'fail',
      property: 'SHA-256',
      value: template.digest,
      file,
      line: 1,
      message: `The template of ${name} was changed after synthesis: its assets name it by ${synthesizedDigest?.slice(0, 12)}…, and it is ${template.digest.slice(0, 12)}….`,
      remedy: 'Make the change in the code, synthesize again, and judge the folder as it was written.',
      citations: ['164.308(a)(8)', '164.312(c)(1)'],
    })),
    passes: named
      .filter((stack) => !changed.includes(stack))
      .map(({ name, template }) => ({ ...common, property: `${name} SHA-256`, value: template.digest })),
  }
}
