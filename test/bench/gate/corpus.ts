import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sixtyTemplates, tinyTemplate } from './templates.ts'
import { toYaml } from './yaml.ts'

/** The templates that the tools are timed on. */
export interface Corpus {
  /** What it is, for the head of the table. */
  readonly title: string
  readonly templates: readonly string[]
}

/** Writes the sixty generated templates, every other one in YAML. */
export function generatedCorpus(folder: string): Corpus {
  mkdirSync(folder, { recursive: true })
  const templates = sixtyTemplates().map((template, index) => {
    const yaml = index % 2 === 1
    const file = join(folder, `template-${String(index + 1).padStart(2, '0')}.${yaml ? 'yaml' : 'json'}`)
    writeFileSync(file, yaml ? toYaml(template) : JSON.stringify(template, undefined, 2))
    return file
  })
  return { title: `${templates.length} generated templates of 5 to 80 resources, half of them in YAML`, templates }
}

/** The templates of a person's folder and of the folders in it: the JSON and YAML files that name resources. */
export function corpusOf(folder: string): Corpus {
  const templates = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|ya?ml|template)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => /^\s*["']?Resources["']?\s*:/m.test(readFileSync(file, 'utf8')))
    .sort()
  return { title: `${templates.length} templates of ${folder}`, templates }
}

/** Writes the template of one resource that start-up is timed on. */
export function writeTiny(folder: string): string {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'tiny.json')
  writeFileSync(file, JSON.stringify(tinyTemplate()))
  return file
}
