import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { contendersBut } from './gate/contenders.ts'
import { corpusOf, generatedCorpus, writeTiny } from './gate/corpus.ts'
import { growthOf, sizes } from './gate/growth.ts'
import { race } from './gate/race.ts'
import { comparison, growthTable, placingsTable } from './gate/tables.ts'

// The gate against its peers, on the same templates in one run: time a template, start-up, memory, and growth with the number of resources.
// Prints medians; asserts nothing. `npm run bench:gate -- [FOLDER] [--rounds 5] [--skip checkov] [--skip growth] [--guard-rules FILE] [--limit 300]`
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    skip: { type: 'string', multiple: true, default: [] },
    'guard-rules': { type: 'string' },
    limit: { type: 'string', default: '300' },
  },
})
const rounds = Number(values.rounds)
const limit = Number(values.limit)
const folder = mkdtempSync(join(tmpdir(), 'bench-gate-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const corpus = positionals[0] === undefined ? generatedCorpus(join(folder, 'templates')) : corpusOf(positionals[0])
const { present, absent } = contendersBut(values.skip, values['guard-rules'])

console.log(`The gate and its peers, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} cores.`)
for (const { name, version, rules } of present) console.log(`  ${name} ${version}: ${rules}`)
for (const reason of absent) console.log(`  ${reason}`)

const { templates } = corpus
const placings = await race(present, { tiny: writeTiny(folder), templates, rounds, limit, folder })
console.log(
  `\n${corpus.title}. Medians of up to ${rounds} runs; of fewer once a minute has gone by. Memory is that of the largest process.`,
)
console.table(placingsTable(placings, templates.length))
console.log(comparison(placings, 'Safe Harbor') ?? '')

if (!values.skip.includes('growth')) {
  const growth = await growthOf(present, rounds, limit, folder)
  console.log(
    `\nGrowth with the resources of an assembly, stacks of up to 500. The last column, start-up taken off, is linear at ${(sizes.at(-1) ?? 0) / sizes[0]}.`,
  )
  console.table(growthTable(growth, placings))
}
