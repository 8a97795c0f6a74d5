/** How deep values of a request may be nested; the deepest schema of the API has three levels. */
const deepest = 8
/** Keys that change what an object is, instead of what it holds. */
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Parses JSON that a stranger sent. Refused is also what parsers disagree about or choke on: a key twice in one object (RFC 8259, section 4, leaves its
 * meaning open), a key that reaches the prototype, and deep nesting.
 *
 * @returns the value, or undefined when the text is refused
 */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return isPlain(text) ? { value: JSON.parse(text) as unknown } : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

// Strings as wholes, and marks of structure. It matches a string that never ends as well, so that the search passes over every character once.
const tokens = /"(?:[^"\\]|\\(?:.|$))*(?:"|$)|[{}[\]:]/gs

/** Reads the structure of a text; what it makes of text that is no JSON does not matter, as that is refused by the parser. */
function isPlain(text: string): boolean {
  const open: Set<string>[] = []
  let string = ''
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{' || token === '[') {
      if (open.push(new Set()) > deepest) return false
    } else if (token === '}' || token === ']') open.pop()
    else if (token !== ':') string = token
    else if (!isNewKey(JSON.parse(string) as string, open.at(-1))) return false
  }
  return true
}

function isNewKey(key: string, keys: Set<string> | undefined): boolean {
  if (forbiddenKeys.has(key) || keys?.has(key)) return false
  keys?.add(key)
  return true
}
