import type { ItemKey } from '../../shared/items/items.ts'

/**
 * Where everything of the service is stored. The first part of a partition key is the practice, so that `dynamodb:LeadingKeys` binds a session to its own; only
 * read budgets, which no session reaches, are of a person and not of a practice. Ids never hold `#`. Routing carries no health information; what a patient said is
 * in `records` only, sealed.
 *
 * | table | `pk` | `sk` | what |
 * | --- | --- | --- | --- |
 * | records | `<practice>#<patient>` | `call#<call>` | what the patient said, sealed |
 * | records | `<practice>#<patient>` | `message#<call>#<message>` | one message of a call, sealed |
 * | wrapped-keys | `<practice>#<patient>` | `key#<key id>` | a data key of the patient, wrapped twice |
 * | wrapped-keys | `<practice>#index` | `<patient>` | a patient who has a data key |
 * | ledger | `<practice>#chain` | `<number>` | one link: hash of the link before and of its entry |
 * | ledger | `<practice>#<patient>` | `<time>#<number>` | one entry of the access ledger |
 * | ledger | `<practice>#marks` | `<number>` | how far the chain has been checked and put into the archive |
 * | routing | `<practice>#calls` | `<call>` | where a call stands |
 * | routing | `<practice>#open` | `<call>` | exists while the call is not closed |
 * | routing | `<practice>#notices` | `<call>#<number>` | who was notified of a call, when, and how |
 * | routing | `<practice>#schedule` | `rotation`, `override#<id>`, `escalation`, `contact#<provider>` | the on-call schedule |
 * | routing | `<practice>#requests` | `<person>#<key>` | an Idempotency-Key and its answer |
 * | routing | `<practice>#requests` | `<person>#calls#<hour>` | how many calls a patient has sent in an hour |
 * | routing | `people#budget` | `<person>#<span>` | the distinct patients a person has opened in a span of time, over all practices |
 * | routing | `<practice>#<patient>` | `receipt#<message>` | when a patient read a message |
 * | routing | `<practice>#due` | `<time>#<call>` | when the escalation of a call goes on |
 */
export const keys = {
  call: (practice: string, patient: string, call: string): ItemKey => ({
    table: 'records',
    pk: `${practice}#${patient}`,
    sk: `call#${call}`,
  }),
  message: (practice: string, patient: string, call: string, message: string): ItemKey => ({
    table: 'records',
    pk: `${practice}#${patient}`,
    sk: `message#${call}#${message}`,
  }),
  routing: (practice: string, call: string): ItemKey => ({ table: 'routing', pk: `${practice}#calls`, sk: call }),
  open: (practice: string, call: string): ItemKey => ({ table: 'routing', pk: `${practice}#open`, sk: call }),
  notice: (practice: string, call: string, number: number): ItemKey => ({
    table: 'routing',
    pk: `${practice}#notices`,
    sk: `${call}#${String(number).padStart(3, '0')}`,
  }),
  rotation: (practice: string): ItemKey => ({ table: 'routing', pk: `${practice}#schedule`, sk: 'rotation' }),
  override: (practice: string, id: string): ItemKey => ({ table: 'routing', pk: `${practice}#schedule`, sk: `override#${id}` }),
  escalation: (practice: string): ItemKey => ({ table: 'routing', pk: `${practice}#schedule`, sk: 'escalation' }),
  contact: (practice: string, provider: string): ItemKey => ({ table: 'routing', pk: `${practice}#schedule`, sk: `contact#${provider}` }),
  request: (practice: string, person: string, key: string): ItemKey => ({
    table: 'routing',
    pk: `${practice}#requests`,
    sk: `${person}#${key}`,
  }),
  sent: (practice: string, person: string, hour: string): ItemKey => ({
    table: 'routing',
    pk: `${practice}#requests`,
    sk: `${person}#calls#${hour}`,
  }),
  receipt: (practice: string, patient: string, message: string): ItemKey => ({
    table: 'routing',
    pk: `${practice}#${patient}`,
    sk: `receipt#${message}`,
  }),
  due: (practice: string, time: string, call: string): ItemKey => ({ table: 'routing', pk: `${practice}#due`, sk: `${time}#${call}` }),
} as const
