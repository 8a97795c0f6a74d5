/**
 * Whether a pattern of a policy covers a text: `*` stands for any characters, also none, and `?` for any one.
 *
 * The text may be a pattern itself: then the answer is whether everything that the text matches is matched by the pattern, for a `*` of
 * the text is covered by a `*` alone. Takes time in proportion to the two lengths, whatever the pattern. (IAM User Guide, "IAM JSON
 * policy elements: Resource".)
 */
export function covers(pattern: string, text: string): boolean {
  if (pattern === '*') return true
  if (!hasWildcard(pattern)) return pattern === text
  let [at, place, star, resume] = [0, 0, -1, 0]
  while (place < text.length) {
    if (pattern[at] === '*') [star, resume, at] = [at, place, at + 1]
    else if (fits(pattern[at], text[place])) [at, place] = [at + 1, place + 1]
    else if (star >= 0) [at, resume, place] = [star + 1, resume + 1, resume + 1]
    else return false
  }
  return /^\**$/.test(pattern.slice(at))
}

const fits = (wanted: string | undefined, given: string | undefined): boolean => (wanted === '?' ? given !== '*' : wanted === given)

/** Whether a text holds a wildcard. */
export const hasWildcard = (text: string): boolean => text.includes('*') || text.includes('?')

/** Whether a text holds a variable of a policy, `${aws:username}`; `${*}`, `${?}` and `${$}` stand for these characters. */
export const hasVariable = (text: string): boolean => /\$\{[^*?$]/.test(text)
