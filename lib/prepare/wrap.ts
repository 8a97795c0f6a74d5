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

// A command may be broken where an option, a pipe or a further command begins, but not inside quotes; `"$(...)"` is code.
function breakable(command: string): string[] {
  const quotes = /'[^']*'|"[^"$]*"/g
  const hidden: string[] = []
  const bare = command.replace(quotes, (quoted) => `\u0000${hidden.push(quoted) - 1}\u0000`)
  const parts = bare.split(/ (?=--\w|\||&&)/)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it marks the place of what was quoted and stands in no command
  return parts.map((part) => part.replace(/\u0000(\d+)\u0000/g, (_, index: string) => hidden[Number(index)] ?? ''))
}
