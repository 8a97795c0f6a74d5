import { factsFile } from '../../assembly/facts.ts'
import type { Found } from '../../verdict.ts'
import { type Check, type Judgement, ownPlugin } from './check.ts'

const topic = 'other'

/** Name of the rule pack in reports: cdk-nag's HIPAA Security pack. */
const packName = 'HIPAA.Security'

/**
 * The HIPAA pack ran, and over every resource of every template. A report without the pack looks like a clean one: the construct library
 * writes it all the same when nothing was registered.
 */
export const hipaaPackRan: Check = ({ assembly: { stacks, reports, facts } }) => {
  const reported = (name: string) => reports?.some(({ plugin }) => plugin === name) ?? false
  if (facts === undefined) return withoutFacts(reported(packName), reported(ownPlugin))
  if (!reported(packName))
    return {
      findings: [
        missing(
          'validation-report.json',
          'pluginReports',
          reports?.map(({ plugin }) => plugin),
          `names no report of ${packName}: the pack did not run.`,
        ),
      ],
      passes: [],
    }
  const short = stacks.filter(({ name, resources }) => facts.hipaaPack.stacks[name]?.resources !== resources.length && resources.length > 0)
  return {
    findings: short.map(({ name, file, resources }) => unequal(name, file, facts.hipaaPack.stacks[name]?.resources ?? 0, resources.length)),
    passes: stacks
      .filter((stack) => !short.includes(stack))
      .map(({ name, resources }) => ({
        control: 'hipaa-pack-complete',
        topic,
        property: `hipaaPack.stacks.${name}.resources`,
        value: resources.length,
      })),
  }
}

/** Another team's assembly: the pack is not asked for where the gate's own controls ran at synthesis. Facts that are gone from one of ours leave it open. */
function withoutFacts(pack: boolean, own: boolean): Judgement {
  if (own && !pack) return { findings: [], passes: [{ control: 'hipaa-pack-ran', topic, property: 'pluginReports', value: ownPlugin }] }
  const says = pack
    ? `${factsFile} is missing: nothing says how many resources the pack judged.`
    : 'No rule pack judged the app at synthesis: the gate judges its templates only.'
  const open = missing(pack ? factsFile : 'validation-report.json', '', undefined, says)
  return { findings: [{ ...open, status: 'undecided', message: says }], passes: [] }
}

const missing = (file: string, property: string, value: unknown, says: string): Found => ({
  control: 'hipaa-pack-ran',
  topic,
  status: 'fail',
  property,
  value,
  file,
  line: 1,
  message: `${file} ${says}`,
  remedy: 'Register the pack on the app, as lib/environment/synthesize.ts does, and synthesize again.',
  citations: ['164.308(a)(8)'],
})

const unequal = (stack: string, file: string, judged: number, held: number): Found => ({
  control: 'hipaa-pack-complete',
  topic,
  status: 'fail',
  property: `hipaaPack.stacks.${stack}.resources`,
  value: judged,
  file,
  line: 1,
  message: `The pack judged ${judged} resources of ${stack}, but its template holds ${held}: the template was changed after synthesis, or the pack skipped some.`,
  remedy: 'Synthesize again, and judge the folder as it was written.',
  citations: ['164.308(a)(8)'],
})
