import { expect, test } from 'vitest'
import { wrapCommand, wrapText } from '../../lib/prepare/wrap.ts'

test('a text is filled line by line', () => {
  expect(wrapText('one two three four', '  ', 10)).toEqual(['  one two', '  three', '  four'])
})

test('a word wider than the line stands alone', () => {
  expect(wrapText('a abcdefghijkl b', '', 5)).toEqual(['a', 'abcdefghijkl', 'b'])
})

test('a short command stays on its line', () => {
  expect(wrapCommand('aws sts get-caller-identity --query Account', '  ', 100)).toEqual(['  aws sts get-caller-identity --query Account'])
})

test('a long command breaks before options and pipes, each line but the last with a backslash', () => {
  expect(wrapCommand('aws iam list --name first --output text | xargs -r aws iam delete --name first', '', 30)).toEqual([
    'aws iam list --name first \\',
    '  --output text \\',
    '  | xargs -r aws iam delete \\',
    '  --name first',
  ])
})

test('quotes are never broken, code in double quotes may be', () => {
  expect(wrapCommand(`aws x --query 'a --b | c' --id "$(aws y --output text)"`, '', 24)).toEqual([
    'aws x \\',
    "  --query 'a --b | c' \\",
    '  --id "$(aws y \\',
    '  --output text)"',
  ])
})

test('quotes within code within quotes are told apart', () => {
  const command = `a x="$(b --c "d --e" | f 'g | h "i --j"')" && k --l "$M --n" --o "$(p --q)"`
  expect(wrapCommand(command, '', 12)).toEqual([
    'a x="$(b \\',
    '  --c "d --e" \\',
    `  | f 'g | h "i --j"')" \\`,
    '  && k \\',
    '  --l "$M --n" \\',
    '  --o "$(p \\',
    '  --q)"',
  ])
})

test('what is wrapped is, put together again, the command', () => {
  const command = `aws a b --c 'd --e' --f "g --h" --i jjjjjjjjjjjjjjj && aws k --l`
  expect(
    wrapCommand(command, '    ', 20)
      .map((line) => line.trim().replace(/ \\$/, ''))
      .join(' '),
  ).toBe(command)
})
