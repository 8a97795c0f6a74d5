import {
  AccessDeniedException,
  ConflictException,
  InternalServerException,
  PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
  SendVoiceMessageCommand,
  ThrottlingException,
  ValidationException,
} from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { messagingNotifier } from '../../../../lambda/service/escalation/adapters.ts'
import { NotificationError } from '../../../../lambda/service/escalation/ports.ts'
import { notificationWords } from '../../../../lambda/service/escalation/words.ts'

const messaging = mockClient(PinpointSMSVoiceV2Client)
// Files share a process: what one mocks, it gives back.
afterAll(() => {
  messaging.restore()
})
const sender = { originationIdentity: 'phone-0', configurationSet: 'safe-harbor-sandbox' }
const notifier = messagingNotifier(sender, new PinpointSMSVoiceV2Client({ region: 'us-east-1' }))
const number = '+12025550101'
const metadata = { $metadata: {}, message: `about ${number}`, Message: number, Reason: undefined }

beforeEach(() => {
  messaging.reset()
})

describe('A notification', () => {
  test('goes out as a text that does not wait for business hours, and not later than five minutes', async () => {
    messaging.on(SendTextMessageCommand).resolves({ MessageId: 'message-1' })
    expect(await notifier.text(number, notificationWords.text)).toEqual({ messageId: 'message-1' })
    expect(messaging.commandCalls(SendTextMessageCommand)[0]?.args[0].input).toEqual({
      OriginationIdentity: 'phone-0',
      ConfigurationSetName: 'safe-harbor-sandbox',
      DestinationPhoneNumber: number,
      MessageBody: notificationWords.text,
      MessageType: 'TRANSACTIONAL',
      TimeToLive: 300,
    })
  })

  test('goes out as a call that speaks plain text', async () => {
    messaging.on(SendVoiceMessageCommand).resolves({ MessageId: 'message-2' })
    expect(await notifier.voice(number, notificationWords.voice)).toEqual({ messageId: 'message-2' })
    expect(messaging.commandCalls(SendVoiceMessageCommand)[0]?.args[0].input).toEqual({
      OriginationIdentity: 'phone-0',
      ConfigurationSetName: 'safe-harbor-sandbox',
      DestinationPhoneNumber: number,
      MessageBody: notificationWords.voice,
      MessageBodyTextType: 'TEXT',
      TimeToLive: 300,
    })
  })

  test('fits into one text message of the GSM alphabet, and into a voice message', () => {
    expect(notificationWords.text).toMatch(/^[A-Za-z0-9 .,:?]{1,160}$/)
    expect(notificationWords.voice.length).toBeLessThan(3000)
  })

  test.each([
    ['opted-out', new ConflictException({ ...metadata, Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' })],
    ['refused', new ConflictException({ ...metadata, Reason: 'DESTINATION_PHONE_NUMBER_NOT_VERIFIED' })],
    ['refused', new AccessDeniedException(metadata)],
    ['refused', new ValidationException(metadata)],
    ['too-many', new ThrottlingException(metadata)],
    ['unsure', new InternalServerException(metadata)],
    ['unsure', Object.assign(new Error('no answer'), { name: 'TimeoutError' })],
  ] as const)('that is not taken says why in a word, %s, and nothing of the number', async (reason, error) => {
    messaging.on(SendTextMessageCommand).rejects(error)
    const failure = await notifier.text(number, notificationWords.text).catch((caught: unknown) => caught)
    expect(failure).toBeInstanceOf(NotificationError)
    expect(failure).toMatchObject({ reason, message: `The notification was not taken: ${reason}.` })
    expect((failure as Error).cause).toBeUndefined()
  })

  test('that is answered without an id may have gone out', async () => {
    messaging.on(SendVoiceMessageCommand).resolves({})
    await expect(notifier.voice(number, notificationWords.voice)).rejects.toMatchObject({ reason: 'unsure' })
  })
})
