import {
  type Accepted,
  type Finding,
  type KeySummary,
  type StackSummary,
  type StoreSummary,
  type Subject,
  soonDays,
  type Verdict,
} from '../gate/verdict.ts'
import { counted } from './counts.ts'
import { escapeHtml, html, type Markup } from './html-markup.ts'
import { style } from './html-style.ts'

/** A verdict as one self-contained page: no script, no request to anywhere, readable on paper and on a phone. */
export function renderHtml(verdict: Verdict): string {
  const title = `Safe Harbor: ${verdict.subjects.map(({ environment, path }) => environment ?? path).join(', ')}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${header(verdict, title)}
<main>
${verdict.subjects.map(subjectSections).join('\n')}
</main>
<footer>${escapeHtml(verdict.tool.name)} ${escapeHtml(verdict.tool.version)}, judged on ${escapeHtml(verdict.date)}</footer>
</body>
</html>
`
}

const sentences = {
  pass: 'Clean. No open finding.',
  fail: 'Not clean. At least one finding is open.',
  unreadable: 'No verdict. An input could not be judged.',
} as const satisfies Record<Verdict['verdict'], string>

const header = (verdict: Verdict, title: string): Markup => html`<header class="${verdict.verdict}">
<p class="name">${title}</p>
<h1>${sentences[verdict.verdict]}</h1>
<dl>${counted(verdict).map(([count, what]) => html`<div><dt>${what}</dt><dd>${count.toLocaleString('en')}</dd></div>`)}</dl>
</header>`

function subjectSections(subject: Subject): Markup {
  if (subject.error !== undefined) return html`<section><h2>Unreadable</h2><p>${subject.error}</p></section>`
  const open = subject.findings.filter(({ status }) => status !== 'waived')
  return html`${findingsSection(open)}
${table(
  'Accepted findings',
  'Each has an owner, a reason, a control that stands in its place, and an end.',
  acceptedColumns,
  subject.accepted.filter(({ matches }) => matches > 0),
)}
${table('Stacks', 'Every stack of the assembly, with what the rule pack judged in it.', stackColumns, subject.stacks)}
${table('Keys', 'Customer managed keys. The templates hold their policies in full.', keyColumns, subject.keys)}
${table('Stores', 'Everything that holds data, by what it holds.', storeColumns, subject.stores)}`
}

function findingsSection(findings: readonly Finding[]): Markup {
  if (findings.length === 0) return html`<section><h2>Findings</h2><p>None is open.</p></section>`
  const citations = [...new Set(findings.flatMap(citationsOf))].sort()
  return html`<section><h2>Findings by citation</h2>${citations.map(
    (citation) =>
      html`<h3>${citation}</h3><ul class="findings">${findings.filter((finding) => citationsOf(finding).includes(citation)).map(findingItem)}</ul>`,
  )}</section>`
}

const citationsOf = ({ citations }: Finding): readonly string[] =>
  citations.length === 0 ? ['No citation'] : citations.map((text) => `45 CFR ${text}`)

const findingItem = (finding: Finding): Markup => html`<li class="${finding.status}">
<p><strong>${finding.control}</strong> ${finding.message}</p>
<p class="evidence"><code>${finding.file}:${finding.line}</code> ${finding.resource === undefined ? '' : html`<code>${finding.resource.path ?? finding.resource.logicalId}</code> `}${
  finding.value === undefined ? '' : html`<code>${finding.property} = ${JSON.stringify(finding.value)}</code>`
}</p>
<p>${finding.remedy}</p>
</li>`

interface Column<Row> {
  readonly head: string
  readonly cell: (row: Row) => Markup | string | number
  /** Numbers stand to the right. */
  readonly numeric?: true
}

const acceptedColumns: readonly Column<Accepted>[] = [
  { head: 'Rule', cell: ({ rule, citations }) => html`${rule.replace('HIPAA.Security-', '')}<br><small>${citations.join(', ')}</small>` },
  { head: 'On', cell: ({ matches, kind }) => `${matches}\u00a0×\u00a0${kind}` },
  { head: 'Reason', cell: ({ reason }) => reason },
  { head: 'In its place', cell: ({ compensatingControl }) => compensatingControl },
  { head: 'Owner', cell: ({ owner }) => owner },
  {
    head: 'Days left',
    numeric: true,
    cell: ({ daysLeft, expires }) => html`<time datetime="${expires}" class="${daysLeft <= soonDays ? 'soon' : ''}">${daysLeft}</time>`,
  },
]

const stackColumns: readonly Column<StackSummary>[] = [
  { head: 'Stack', cell: ({ name, description }) => html`${name}<br><small>${description}</small>` },
  { head: 'Account', cell: ({ account }) => account },
  { head: 'Region', cell: ({ region }) => region },
  { head: 'Resources', numeric: true, cell: ({ resources }) => resources },
  { head: 'Rules evaluated', numeric: true, cell: ({ evaluations }) => evaluations },
]

const keyColumns: readonly Column<KeySummary>[] = [
  { head: 'Key', cell: ({ alias, description }) => html`${alias}<br><small>${description}</small>` },
  { head: 'Stack', cell: ({ stack }) => stack },
  { head: 'Rotated', cell: ({ rotated }) => (rotated ? 'yearly' : 'no') },
  {
    head: 'Deletion window',
    cell: ({ deletionWindowDays }) => (deletionWindowDays === undefined ? 'default' : `${deletionWindowDays} days`),
  },
  { head: 'Regions', cell: ({ multiRegion }) => (multiRegion ? 'several' : 'one') },
]

const storeColumns: readonly Column<StoreSummary>[] = [
  { head: 'Store', cell: ({ name }) => name },
  { head: 'Holds', cell: ({ dataClass }) => dataClass.replaceAll('-', ' ') },
  { head: 'Type', cell: ({ type }) => type.replace('AWS::', '').replaceAll('::', ' ') },
  { head: 'Encrypted under', cell: ({ encryption }) => encryption },
  { head: 'Stack', cell: ({ stack }) => stack },
]

function table<Row>(title: string, says: string, columns: readonly Column<Row>[], rows: readonly Row[]): Markup {
  if (rows.length === 0) return html`<section><h2>${title}</h2><p>None.</p></section>`
  const align = (column: Column<Row>) => (column.numeric === true ? 'number' : 'text')
  return html`<section><h2>${title} <small>${rows.length}</small></h2><p>${says}</p>
<div class="table"><table><thead><tr>${columns.map((column) => html`<th scope="col" class="${align(column)}">${column.head}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${columns.map((column) => html`<td class="${align(column)}" data-head="${column.head}"><span>${column.cell(row)}</span></td>`)}</tr>`)}</tbody></table></div></section>`
}
