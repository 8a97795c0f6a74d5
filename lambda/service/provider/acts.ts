import { acknowledgeCall } from './acknowledge-call.ts'
import { closeCall } from './close-call.ts'
import { readDailyReport } from './daily-report.ts'
import { listOpenCalls } from './list-open-calls.ts'
import { mergeCall } from './merge-call.ts'
import { readOnCall } from './on-call.ts'
import { readCall } from './read-call.ts'
import {
  addOverride,
  readEscalation,
  readSchedulePart,
  registerContact,
  removeOverride,
  replaceEscalation,
  replaceRotation,
} from './schedule.ts'
import { sendMessage } from './send-message.ts'
import type { Act, ProviderRoute } from './work.ts'

/** What answers each route of the provider function. */
export const acts: { readonly [Id in ProviderRoute]: Act<Id> } = {
  listOpenCalls,
  readCall,
  acknowledgeCall,
  sendMessage,
  closeCall,
  mergeCall,
  readOnCall,
  readSchedule: readSchedulePart,
  replaceRotation,
  addOverride,
  removeOverride,
  readEscalation,
  replaceEscalation,
  registerContact,
  readDailyReport,
}
