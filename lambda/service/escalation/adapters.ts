import {
  ConflictException,
  PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
  SendVoiceMessageCommand,
  ServiceQuotaExceededException,
  ThrottlingException,
} from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { NotificationError, type Notifier, type NotTaken, type Taken } from './ports.ts'

/** How long a message may wait for its receiver, in seconds. Later it would tell of a call that others have taken on. */
export const timeToLiveSeconds = 300

/** What messages are sent by. */
export interface Sender {
  /** Id or ARN of the number or pool of numbers they come from. */
  readonly originationIdentity: string
  /** Name of the configuration set whose event destination learns what became of them. */
  readonly configurationSet: string
}

/**
 * Notifies by text and voice messages (AWS End User Messaging SMS and Voice v2 API Reference, "SendTextMessage", "SendVoiceMessage"). A text that is not
 * `TRANSACTIONAL` waits for business hours in some countries. Nothing of a call is in `Context`, as it goes to the event destination.
 */
export function messagingNotifier(
  { originationIdentity, configurationSet }: Sender,
  client = new PinpointSMSVoiceV2Client(unhurried),
): Notifier {
  const common = { OriginationIdentity: originationIdentity, ConfigurationSetName: configurationSet, TimeToLive: timeToLiveSeconds }
  return {
    text: (number, words) =>
      taken(
        client.send(
          new SendTextMessageCommand({ ...common, DestinationPhoneNumber: number, MessageBody: words, MessageType: 'TRANSACTIONAL' }),
        ),
      ),
    voice: (number, words) =>
      taken(
        client.send(
          new SendVoiceMessageCommand({ ...common, DestinationPhoneNumber: number, MessageBody: words, MessageBodyTextType: 'TEXT' }),
        ),
      ),
  }
}

// Two tries of at most four seconds: a step that hangs must not hold up the others until the function's time is up.
const unhurried = { maxAttempts: 2, requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true } }

async function taken(sending: Promise<{ MessageId?: string | undefined }>): Promise<Taken> {
  const { MessageId } = await sending.catch((error: unknown) => {
    throw new NotificationError(reasonOf(error))
  })
  if (MessageId === undefined) throw new NotificationError('unsure')
  return { messageId: MessageId }
}

function reasonOf(error: unknown): NotTaken {
  if (error instanceof ConflictException && error.Reason === 'DESTINATION_PHONE_NUMBER_OPTED_OUT') return 'opted-out'
  if (error instanceof ThrottlingException || error instanceof ServiceQuotaExceededException) return 'too-many'
  // An answer that says no, in contrast to no answer, a time-out or a fault on the other side.
  return error instanceof Error && '$fault' in error && error.$fault === 'client' ? 'refused' : 'unsure'
}
