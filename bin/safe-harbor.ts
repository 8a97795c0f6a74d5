import { run } from './run.ts'

// Whoever reads along may stop early, as `head` does; what was judged stands all the same.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

await run(process.argv.slice(2), process)
