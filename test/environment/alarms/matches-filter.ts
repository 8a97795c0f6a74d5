/**
 * Whether a JSON log event matches a filter pattern (Amazon CloudWatch Logs User Guide, "Filter pattern syntax for metric filters"): comparisons
 * of a field with text, in which `*` stands for anything at its start or end, or with a number; `EXISTS`, `NOT EXISTS`, `IS NULL`, `IS TRUE`,
 * `IS FALSE`; `&&`, `||` and parentheses. `&&` binds stronger.
 *
 * @throws Error for any other syntax
 */
export function matchesFilter(pattern: string, event: unknown): boolean {
  const inner = /^\{(.*)\}$/s.exec(pattern.trim())?.[1]
  if (inner === undefined) throw new Error(`Not a JSON pattern: ${pattern}`)
  const tokens = inner.match(token) ?? []
  if (tokens.join('').replace(/\s/g, '') !== inner.replace(/\s/g, '')) throw new Error(`Unknown syntax in ${pattern}`)
  const verdict = either(tokens, event)
  if (tokens.length > 0) throw new Error(`Unknown syntax at ${tokens.join(' ')}`)
  return verdict
}

const token = /&&|\|\||\(|\)|!=|<=|>=|=|<|>|"[^"]*"|\$[\w.[\]-]+|[^\s()&|=!<>"]+/g

function either(tokens: string[], event: unknown): boolean {
  let verdict = both(tokens, event)
  while (take(tokens, '||')) verdict = both(tokens, event) || verdict
  return verdict
}

function both(tokens: string[], event: unknown): boolean {
  let verdict = one(tokens, event)
  while (take(tokens, '&&')) verdict = one(tokens, event) && verdict
  return verdict
}

function one(tokens: string[], event: unknown): boolean {
  if (take(tokens, '(')) {
    const verdict = either(tokens, event)
    if (!take(tokens, ')')) throw new Error('A parenthesis is not closed')
    return verdict
  }
  const [field = '', operator = ''] = tokens.splice(0, 2)
  const value = field
    .split('.')
    .slice(1)
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name], event)
  if (operator === 'EXISTS') return value !== undefined
  if (operator === 'NOT' && take(tokens, 'EXISTS')) return value === undefined
  const operand = tokens.shift() ?? ''
  if (operator === 'IS') return value === ({ NULL: null, TRUE: true, FALSE: false } as Record<string, unknown>)[operand]
  return compare(value, operator, operand)
}

function compare(value: unknown, operator: string, operand: string): boolean {
  const text = operand.replace(/^"(.*)"$/s, '$1')
  if (operator === '=') return value !== undefined && value !== null && like(String(value), text)
  if (operator === '!=') return value !== undefined && value !== null && !like(String(value), text)
  const ordered: Readonly<Record<string, boolean>> = {
    '<': Number(value) < Number(text),
    '<=': Number(value) <= Number(text),
    '>': Number(value) > Number(text),
    '>=': Number(value) >= Number(text),
  }
  const verdict = ordered[operator]
  if (verdict === undefined) throw new Error(`Unknown operator ${operator}`)
  return verdict
}

const like = (value: string, text: string): boolean =>
  new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\*', '.*')}$`, 's').test(value)

function take(tokens: string[], expected: string): boolean {
  if (tokens[0] !== expected) return false
  tokens.shift()
  return true
}
