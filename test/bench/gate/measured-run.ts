import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { peakOf } from './peak-of.ts'

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  /** What it exits with when it has judged, whatever it found. */
  readonly exits: readonly number[]
  readonly environment?: Readonly<Record<string, string>>
}

export interface MeasuredRun {
  readonly milliseconds: number
  /** Most memory that the largest of its processes held at once, in MB of 10^6 bytes; undefined where the system does not tell. */
  readonly megabytes: number | undefined
  /** Whether it came to no end of its own: it took too long, or broke off. */
  readonly stopped: boolean
}

const time = '/usr/bin/time'
const hasGnuTime = /GNU/.test(String(spawnSync(time, ['--version']).output))

/**
 * Runs a command with its output thrown away.
 * @param limit seconds after which it is stopped
 */
export function measuredRun({ file, args, exits, environment }: Command, limit: number): Promise<MeasuredRun> {
  const peakFile = join(tmpdir(), `bench-gate-peak-${process.pid}`)
  const [program, ...rest] = hasGnuTime ? [time, '-f', '%M', '-o', peakFile, file, ...args] : [file, ...args]
  return new Promise((resolve, reject) => {
    const started = performance.now()
    // A group of its own, so that all of it can be stopped.
    const child = spawn(program ?? file, rest, { stdio: 'ignore', detached: true, env: { ...process.env, ...environment } })
    const pid = child.pid ?? 0
    const polled = hasGnuTime ? undefined : peakOf(pid)
    let stopped = false
    const timer = setTimeout(() => {
      stopped = true
      process.kill(-pid, 'SIGKILL')
    }, limit * 1000)
    child.on('error', reject)
    child.on('exit', (code) => {
      const milliseconds = performance.now() - started
      clearTimeout(timer)
      const kilobytes = hasGnuTime && !stopped ? kilobytesIn(peakFile) : polled?.()
      rmSync(peakFile, { force: true })
      resolve({
        milliseconds,
        megabytes: kilobytes === undefined ? undefined : (kilobytes * 1024) / 1e6,
        stopped: stopped || !exits.includes(code ?? -1),
      })
    })
  })
}

// GNU time says first if the command exited with another number than 0.
const kilobytesIn = (file: string): number => Number(readFileSync(file, 'utf8').trim().split('\n').at(-1))
