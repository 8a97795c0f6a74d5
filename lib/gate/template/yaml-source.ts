import type { Composer, Document, Node } from 'yaml'
import type { Reading, TemplateText } from './source.ts'
import { yamlLibrary } from './yaml-library.ts'
import { dataOf } from './yaml-value.ts'

/** More words and signs than a text of CloudFormation's 1 MB can have; the tree of them takes a few hundred bytes each. */
const mostSigns = 2_000_000

/**
 * Reads YAML, with the library's lexer, parser and composer apart: so its nesting is known sign by sign, before the composer, which calls itself
 * once a level, sees it.
 *
 * @throws what `refuse` makes, where the text is broken, nested too deep, or holds a second document.
 */
export function readYaml(source: TemplateText): Reading {
  const [first, ...others] = documentsOf(source)
  const second = others.find(isFilled)
  if (second !== undefined)
    throw source.refuse(second.contents?.range?.[0] ?? 0, 'a second YAML document begins here', 'Keep one template in a file')
  return dataOf((first?.contents ?? null) as Node | null, source)
}

const isFilled = ({ contents }: Document): boolean => contents !== null && !(yamlLibrary().isScalar(contents) && contents.source === '')

function documentsOf(source: TemplateText): Document[] {
  const composer = composerOf(source)
  const documents: Document[] = []
  for (const token of tokensOf(source)) {
    if (token.type === 'error') throw brokenYaml(source, token.offset, token.message)
    documents.push(...composer.next(token))
  }
  documents.push(...composer.end(true, source.text.length))
  return documents
}

/** Whole documents of the text, as trees of tokens. */
function* tokensOf({ text, deepest, refuse, tooDeep }: TemplateText) {
  const { Lexer, Parser } = yamlLibrary()
  const parser = new Parser()
  let signs = 0
  for (const sign of new Lexer().lex(text)) {
    yield* parser.next(sign)
    // Beside the open maps and lists, the stack holds the document and, at its end, a scalar.
    if (parser.stack.length > deepest + 2) throw tooDeep(parser.offset)
    if (++signs > mostSigns) throw refuse(parser.offset, `the YAML has more than ${mostSigns} words and signs`, 'Split the template')
  }
  yield* parser.end()
}

/** Where the library sees an error: a position, a range, or a token. */
type Where = number | readonly [number, number] | { readonly offset: number }

/**
 * A composer that takes every scalar as a string and stops at the first error: a hostile text has millions of them. What it only warns of,
 * above all tags that it does not know, is read by the conversion.
 */
function composerOf(source: TemplateText): Composer {
  const { Composer } = yamlLibrary()
  const composer = new Composer({ schema: 'failsafe', resolveKnownTags: false, merge: false, uniqueKeys: false })
  let first: Error | undefined
  composer['onError'] = (where: Where, _code: string, message: string, isWarning?: boolean) => {
    if (isWarning) return
    const at = typeof where === 'number' ? where : 'offset' in where ? where.offset : where[0]
    // The composer catches what is thrown in a map or list and reports it once more, at the place of the map or list.
    first ??= brokenYaml(source, at, message)
    throw first
  }
  return composer
}

/** The library's message, up to its first sentence. */
function brokenYaml({ refuse }: TemplateText, at: number, message: string): Error {
  const sentence = (message.split(/[\r\n]|[.:] /, 1)[0] ?? '').slice(0, 160).replace(/[.:]$/, '')
  const nextStep = /\btabs?\b/i.test(sentence) ? 'Indent with spaces' : 'Correct the YAML there'
  return refuse(at, `the YAML is broken: ${sentence}`, nextStep)
}
