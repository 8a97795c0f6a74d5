import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { citations } from '../../../lib/gate/checks/citations.ts'

const packSource = readFileSync(createRequire(import.meta.url).resolve('cdk-nag/lib/packs/hipaa-security.js'), 'utf8')
const citedByPack = [...packSource.matchAll(/Control IDs?: ([^'"`]*)/g)].flatMap(
  ([, list]) => list?.match(/164\.\d{3}(\([A-Za-z0-9]+\))*/g) ?? [],
)

const standards = [
  '164.308(a)(1)(i)',
  '164.308(a)(7)(i)',
  '164.310(d)(1)',
  '164.312(a)(1)',
  '164.312(b)',
  '164.312(d)',
  '164.316(a)',
] as const
const addressable = [
  '164.308(a)(3)(ii)(A)',
  '164.308(a)(5)(ii)(C)',
  '164.312(a)(2)(iii)',
  '164.312(a)(2)(iv)',
  '164.312(c)(2)',
  '164.312(e)(2)(ii)',
] as const

describe('The citations', () => {
  it('has every section that the HIPAA pack of cdk-nag cites', () => {
    expect(citedByPack.length).toBeGreaterThan(90)
    expect([...new Set(citedByPack)].filter((section) => !(section in citations))).toEqual([])
  })

  it.each(Object.entries(citations))('%s is a section of part 164 and has a name, a duty and one sentence', (section, text) => {
    expect(section).toMatch(/^164\.\d{3}(\([a-z]\))?(\(\d\))?(\([ivx]+\))?(\([A-Z]\))?$/)
    expect(text).toMatch(/^[A-Z][^:.]* \((required|addressable)\): [A-Z].*\w\)?\.$/)
  })

  it.each(standards)('calls the standard %s required', (section) => {
    expect(citations[section]).toContain('(required)')
  })

  it.each(addressable)('calls the specification %s addressable', (section) => {
    expect(citations[section]).toContain('(addressable)')
  })

  it('has the 22 addressable specifications of the Security Rule and no more', () => {
    expect(Object.values(citations).filter((text) => text.includes('(addressable)'))).toHaveLength(22)
  })
})
