import { describe, expect, test } from 'vitest'
import { loadEnvironment } from '../../lib/config/load-environment.ts'
import { checkGroups } from '../../lib/prepare/checks/index.ts'

describe.each(['sandbox', 'production'])('commands for %s', (environment) => {
  const groups = checkGroups(loadEnvironment(environment), undefined)
  const commands = groups.flatMap(({ account, checks }) =>
    checks.flatMap(({ look, mend }) => {
      const steps = mend.flatMap((step) => ('run' in step ? step.run : []))
      return [...(look === undefined ? [] : [look]), ...steps].map((command) => ({ command, account }))
    }),
  )

  test('have no placeholder but the telephone number, which the configuration does not know', () => {
    const placeholders = commands.filter(({ command }) =>
      /<|>|YOUR_|\bundefined\b|\bACCOUNT_ID\b|\bREGION\b/.test(command.replace('YOUR_PHONE_NUMBER', '')),
    )
    expect(placeholders).toEqual([])
  })

  test('name no account but the one they stand under', () => {
    const strangers = commands.filter(({ command, account }) => (command.match(/\b\d{12}\b/g) ?? []).some((id) => id !== account?.id))
    expect(strangers).toEqual([])
  })

  test('neither print nor take a secret in clear', () => {
    expect(commands.filter(({ command }) => /secret|echo|--(temporary-)?password (?!"\$PASSWORD")/i.test(command))).toEqual([])
  })

  test('every check says how it is mended', () => {
    expect(groups.flatMap(({ checks }) => checks).filter(({ mend }) => mend.length === 0)).toEqual([])
  })
})
