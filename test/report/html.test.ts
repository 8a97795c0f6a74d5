import { describe, expect, test } from 'vitest'
import { judge } from '../../lib/gate/judge.ts'
import { renderHtml } from '../../lib/report/html.ts'
import { renderTerminal } from '../../lib/report/terminal.ts'
import { perfectAssembly, violation, writeAssembly } from '../gate/perfect-assembly.ts'

const today = new Date('2027-06-15T00:00:00Z')
const hostile = '<img src=x onerror=alert(1)>"\''

function verdictOf(change: (files: ReturnType<typeof perfectAssembly>) => void) {
  const files = perfectAssembly()
  change(files)
  return judge([writeAssembly(files as unknown as Record<string, unknown>)], { today, controls: { resources: [], deployments: [] } })
}

describe('The page', () => {
  test('escapes everything that comes from a template', () => {
    const page = renderHtml(
      verdictOf((files) => {
        Object.assign(files['records.template.json'].Resources['Key']?.Properties ?? {}, { Description: hostile })
        files['validation-report.json'].pluginReports[0]?.violations.push({
          ...violation('S3BucketLoggingEnabled', 'records/Store/Resource'),
          description: hostile,
        })
      }),
    )
    expect(page).not.toContain('<img')
    expect(page.match(/&lt;img src=x onerror=alert\(1\)&gt;&quot;&#39;/g)).toHaveLength(2)
  })

  test('groups findings by citation and names each with its evidence', () => {
    const page = renderHtml(
      verdictOf((files) =>
        files['validation-report.json'].pluginReports[0]?.violations.push(violation('S3BucketLoggingEnabled', 'records/Store/Resource')),
      ),
    )
    expect(page).toContain('<h3>45 CFR 164.312(b)</h3>')
    expect(page).toContain('<code>records.template.json:15</code>')
  })

  test('tells how many days an acceptance has left, and marks the last month', () => {
    expect(renderHtml(verdictOf(() => undefined))).toContain('<time datetime="2027-06-30" class="soon">15</time>')
  })
})

describe('The terminal', () => {
  test('is without colour codes unless colour is asked for', () => {
    const verdict = verdictOf((files) => files['validation-report.json'].pluginReports.pop())
    const escapeCode = String.fromCharCode(27)
    expect(renderTerminal(verdict, { color: false })).not.toContain(escapeCode)
    expect(renderTerminal(verdict, { color: true })).toContain(escapeCode)
  })
})
