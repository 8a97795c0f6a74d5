import { expect } from 'vitest'
import type { Claim } from './claim.ts'

/** Values that a stack publishes to others are told apart by their names alone; what a name says must be what stands behind it. */
export const publishedClaims: readonly Claim[] = ['network', 'keys', 'records', 'recovery', 'people'].map((stack) => ({
  stack,
  says: 'What the stack publishes to others is the value its name says',
  check: (template) => {
    const outputs = Object.entries((template.toJSON().Outputs ?? {}) as Record<string, Output>)
    const published = outputs.filter(([name]) => name.startsWith('PublishOutput'))
    expect(published.length).toBeGreaterThan(0)
    // A name ends in a hash.
    for (const [name, output] of published) expect(name.replace(/[0-9A-F]{8}$/, '')).toBe(`PublishOutput${written(output)}`)
  },
}))

interface Output {
  readonly Value: { readonly Ref: string } | { readonly 'Fn::GetAtt': readonly [logicalId: string, attribute: string] }
}

const written = ({ Value }: Output): string => ('Ref' in Value ? `Ref${Value.Ref}` : `FnGetAtt${Value['Fn::GetAtt'].join('')}`)
