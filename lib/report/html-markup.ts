/** Text that is already HTML. Only `html` makes it, so that nothing from a template reaches the page unescaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

type Part = Markup | string | number | readonly Part[]

/** A template tag: what is put in is escaped unless it is markup itself. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(strings.reduce((text, literal, index) => `${text}${rendered(parts[index - 1] ?? '')}${literal}`))

/** Escapes text for HTML, in elements and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

function rendered(part: Part): string {
  if (part instanceof Markup) return part.text
  return typeof part === 'object' ? part.map(rendered).join('\n') : escapeHtml(String(part))
}
