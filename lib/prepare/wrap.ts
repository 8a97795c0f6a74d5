/** Fills lines with the words of a text, each line after an indent, none wider than `width` unless a word is. */
export const wrapText = (text: string, indent: string, width: number): string[] => fill(text.split(' '), indent, indent, width, '')

/** Breaks a shell command before its options and pipes, with backslashes, so that it can be copied as it stands. */
export const wrapCommand = (command: string, indent: string, width: number): string[] =>
  fill(breakable(command), indent, `${indent}  `, width, ' \\')

function fill(parts: readonly string[], first: string, next: string, width: number, carry: string): string[] {
  const lines: string[] = []
  let line = first
  for (const [index, part] of parts.entries()) {
    const joined = line === first || line === next ? line + part : `${line} ${part}`
    // Every line but the last one ends with the mark that carries it on.
    const room = index === parts.length - 1 ? width : width - carry.length
    if (joined.length <= room || line.trim() === '') line = joined
    else {
      lines.push(line + carry)
      line = next + part
    }
  }
  return [...lines, line]
}

type Place = 'code' | 'double' | 'single'

// A command may be broken where an option, a pipe or a further command begins, but not inside quotes; what stands in `$(...)` is code again, quoted or not.
function breakable(command: string): string[] {
  const places: Place[] = ['code']
  const breaks = [...command].flatMap((character, at) => {
    enterOrLeave(places, character, command[at - 1])
    return places.at(-1) === 'code' && /^ (--\w|\||&&)/.test(command.slice(at, at + 4)) ? [at] : []
  })
  return [...breaks, command.length].map((end, index) => command.slice(index === 0 ? 0 : (breaks[index - 1] ?? 0) + 1, end))
}

function enterOrLeave(places: Place[], character: string, before: string | undefined): void {
  const place = places.at(-1)
  if (place === 'single') {
    if (character === "'") places.pop()
  } else if (character === '(' && before === '$') places.push('code')
  else if (character === '"') place === 'double' ? places.pop() : places.push('double')
  else if (character === "'" && place === 'code') places.push('single')
  else if (character === ')' && place === 'code' && places.length > 1) places.pop()
}
