import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, describe, expect, test } from 'vitest'
import { addErase } from '../../bin/commands/erase.ts'
import { openLocalItems } from '../../lib/local-service/level-items.ts'
import { recordingTerminal } from '../bin/recording-terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'erase-command-'))
const practice = 'w8c5n1rj6h0d'

/** Types the command in this process. */
async function erase(...args: readonly string[]) {
  const { terminal, result } = recordingTerminal()
  await addErase(new Command().exitOverride(), terminal).parseAsync(['erase', ...args], { from: 'user' })
  const { stdout: out, stderr: err, status } = result()
  return { out, err, status }
}

async function storeKeys(...patients: readonly string[]): Promise<void> {
  const items = await openLocalItems(join(folder, 'items'))
  const key = (pk: string, sk: string) => ({ put: { table: 'wrapped-keys', pk, sk, attributes: {} } }) as const
  for (const patient of patients) await items.write([key(`${practice}#${patient}`, 'key#1'), key(`${practice}#index`, patient)])
  await items.close()
}

async function patientsLeft(): Promise<string[]> {
  const items = await openLocalItems(join(folder, 'items'))
  const left = await items.query({ table: 'wrapped-keys', pk: `${practice}#index` })
  await items.close()
  return left.map(({ sk }) => sk)
}

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('safe-harbor erase', () => {
  test('without a confirmation prints the dates and erases nothing', async () => {
    const { status, out, err } = await erase('patient', 'production', practice, 'patient01')
    expect([status, err]).toEqual([2, 'Nothing was erased. Add --confirm patient01 to erase it; nothing brings it back.\n'])
    expect(out).toContain('backup-vault:safe-harbor-production-air-gapped')
  })

  test('with the confirmation of another id erases nothing', async () => {
    await storeKeys('patient01')
    const { status, err } = await erase('practice', 'production', practice, '--confirm', 'patient01', '--data', folder)
    expect([status, err]).toEqual([2, 'Nothing was erased: --confirm names another id.\n'])
    expect(await patientsLeft()).toEqual(['patient01'])
  })

  test('refuses what is no id', async () => {
    await expect(erase('patient', 'production', practice, 'index', '--confirm', 'index')).rejects.toThrow(
      'patient is "index": must be an id',
    )
  })

  test('erases a patient, then the practice, of a data folder', async () => {
    await storeKeys('patient01', 'patient02', 'patient03')
    const one = await erase('patient', 'sandbox', practice, 'patient02', '--confirm', 'patient02', '--data', folder)
    expect(one).toEqual({ status: 0, err: '', out: 'Erased 1 patient: 1 wrapped keys deleted.\n' })
    expect(await patientsLeft()).toEqual(['patient01', 'patient03'])
    const all = await erase('practice', 'sandbox', practice, '--confirm', practice, '--data', folder)
    expect(all).toEqual({ status: 0, err: '', out: 'erased 2 patients\nErased 2 patients: 2 wrapped keys deleted.\n' })
    expect(await patientsLeft()).toEqual([])
  })

  test('says so when there was nothing to erase, as after a mistyped id', async () => {
    await storeKeys('patient01')
    const { status, out } = await erase('patient', 'sandbox', practice, 'patient10', '--confirm', 'patient10', '--data', folder)
    expect([status, out]).toEqual([0, 'No wrapped key was there: everything was erased before, or the id is of nobody.\n'])
    expect(await patientsLeft()).toEqual(['patient01'])
  })

  test('erases nothing, and makes nothing, in a folder that is none of the service', async () => {
    const wrong = join(folder, 'wrong')
    const erasing = erase('patient', 'sandbox', practice, 'patient01', '--confirm', 'patient01', '--data', wrong)
    await expect(erasing).rejects.toThrow('is not the data folder of a service')
    expect(existsSync(wrong)).toBe(false)
  })
})
