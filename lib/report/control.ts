import pico from 'picocolors'
import { stringify } from 'yaml'
import { citations } from '../gate/checks/citations.ts'
import type { ControlText, ResourceControl } from '../gate/checks/control.ts'

/** A control's page for a terminal. */
export function renderControl(control: ControlText & Partial<ResourceControl>, { color }: { readonly color: boolean }): string {
  const paint = pico.createColors(color)
  const { id, title, topic, severity, why, remedy, types, passing, failing } = control
  const section = (head: string, body: string) => (body === '' ? '' : `${paint.bold(head)}\n${indented(body)}`)
  const blocks = [
    `${paint.bold(`${title}.`)}\n${paint.dim(`${id}  ${topic}  ${severity}`)}`,
    section('Why', wrapped(why)),
    section('What to write', wrapped(remedy)),
    section('What asks for it', control.citations.map((citation) => wrapped(`45 CFR ${citation}  ${citations[citation]}`)).join('\n')),
    section('Applies to', types === undefined ? '' : types === 'every' ? 'every resource' : types.join('\n')),
    section('Passes', passing === undefined ? '' : stringify({ Resources: passing }).trimEnd()),
    section('Fails', failing === undefined ? '' : stringify({ Resources: failing }).trimEnd()),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

/** The list of controls for a terminal, in their order. */
export function renderControlList(controls: readonly ControlText[], { color }: { readonly color: boolean }): string {
  const paint = pico.createColors(color)
  const widest = Math.max(...controls.map(({ id }) => id.length))
  const lines = controls.map(({ id, title, severity }) => `${id.padEnd(widest)}  ${paint.dim(severity.padEnd(8))}  ${title}`)
  return `${lines.join('\n')}\n\n${controls.length} controls. \`npx safe-harbor explain ID\` prints one in full.\n`
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n')

const width = 96

function wrapped(text: string): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length + 1 > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.join('\n')
}
