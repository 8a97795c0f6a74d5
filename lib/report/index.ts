import type { Verdict } from '../gate/verdict.ts'
import { renderHtml } from './html.ts'
import { renderJson } from './json.ts'
import { renderTerminal } from './terminal.ts'

/** Forms a verdict can be rendered in. */
export const formats = ['terminal', 'json', 'html'] as const
/** One form. */
export type Format = (typeof formats)[number]

/** How to render. */
export interface RenderOptions {
  /** Whether the terminal shows colour. */
  readonly color: boolean
}

const renderers = {
  terminal: renderTerminal,
  json: renderJson,
  html: renderHtml,
} as const satisfies Record<Format, (verdict: Verdict, options: RenderOptions) => string>

/** Renders a verdict. */
export const render = (verdict: Verdict, format: Format, options: RenderOptions): string => renderers[format](verdict, options)
