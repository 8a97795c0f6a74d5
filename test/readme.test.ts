import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { alertSections } from '../lambda/detection/alert/env.ts'
import { loadEnvironment } from '../lib/config/load-environment.ts'
import { savedQueries } from '../lib/environment/audit/saved-queries.ts'
import { resourcesOf } from './environment/claims/claim.ts'
import { templatesOf } from './environment/synthesized.ts'

const readme = readFileSync('README.md', 'utf8')
const anchors = [...readme.matchAll(/^#{2,3} (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(' ', '-'))
const environments = ['sandbox', 'production'] as const

describe('The README', () => {
  test.each(environments.flatMap((environment) => alarmsOf(environment)))('has a runbook section for the alarm %s', (what) => {
    expect(anchors).toContain(what)
  })

  test('has a section for every link of an alert mail', () => {
    expect(Object.values(alertSections).filter((section) => !anchors.includes(section))).toEqual([])
  })

  test('links only to what is there', () => {
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target)
    const broken = links.filter((target) =>
      target.startsWith('#') ? !anchors.includes(target.slice(1)) : !existsSync(join(dirname('README.md'), target)),
    )
    expect(broken).toEqual([])
  })

  test('names only saved queries that an investigator has', () => {
    const queries = Object.keys(savedQueries(loadEnvironment('sandbox'), (name) => name))
    const named = [...readme.matchAll(/(?:[Rr]un|with|query) (?:the saved query )?`([a-z]+-[a-z-]+)`/g)].map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter((name) => !queries.includes(name))).toEqual([])
  })
})

function alarmsOf(environment: (typeof environments)[number]): string[] {
  const alarms = [...templatesOf(environment).values()].flatMap((template) =>
    Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm')),
  )
  return alarms.map(({ Properties }) => String(Properties.AlarmName).replace(`safe-harbor-${environment}-`, ''))
}
