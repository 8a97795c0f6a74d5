import type { ServicePhase } from '../../lambda/service/phase.ts'
import { accounts, practices } from './seeded.ts'

/** What is printed when the service has started: where it is, who can sign in, and the first commands. */
export const startText = (url: string, dataFolder: string, phase: ServicePhase): string => `
Safe Harbor on-call line, on this machine: ${url}   phase ${phase}
For trying the service. NOT FOR PATIENTS: the keys lie beside the records in ${dataFolder}, and
whoever reaches this address can sign in as anybody. Nothing is sent to anybody: notifications are printed here.

Practices   northside ${practices.northside}   lakeview ${practices.lakeview}
${Object.entries(accounts)
  .map(([name]) => `  ${name.padEnd(9)} ${whoIs[name as keyof typeof accounts]}`)
  .join('\n')}

Sign in, take a call, and look at what is open:

  token() { curl -s ${url}/local/sign-in -H 'Content-Type: application/json' -d "{\\"person\\":\\"$1\\"}" | sed 's/.*"token":"\\([^"]*\\)".*/\\1/'; }
  curl -s ${url}/line/calls -H "Authorization: Bearer $(token line)" -H "Idempotency-Key: $(uuidgen)" -H 'Content-Type: application/json' \\
    -d '{"practice":"${practices.northside}","callbackNumber":"+12025550101","kind":"symptom","urgency":"urgent","message":"Chest pain since an hour."}'
  curl -s ${url}/calls -H "Authorization: Bearer $(token rivera)"

Take it offline and back:   npx safe-harbor offline --data ${dataFolder}   npx safe-harbor online --data ${dataFolder}
Stop it with Control-C; the folder keeps everything.`

const whoIs = {
  rivera: 'provider on call of northside',
  okafor: 'provider of both, backup of both: signs in with {"person":"okafor","practice":"<id>"}',
  lindgren: 'provider on call of lakeview',
  avery: 'patient of northside',
  line: 'the answering line: takes calls, reads nothing',
} as const satisfies Record<keyof typeof accounts, string>
