import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { expect, test, vi } from 'vitest'
import { keyAlias, nameOf } from '../../lib/config/names.ts'
import type { EmulatedStage } from './emulated-stage.ts'
import { config, type EmulatedEnvironment } from './environment.ts'
import { signIn } from './people.ts'
import { receive } from './receive.ts'

/** What must be refused, so that what is not means something. An emulator that lets one of these pass is not what it claims, and the run fails. */
export function canaries(environment: () => EmulatedEnvironment, stage: () => EmulatedStage): void {
  test('A data key opens in its own encryption context, and in no other', async () => {
    const kms = new KMSClient(environment().client)
    const EncryptionContext = { practice: 'one', patient: 'two' }
    const KeyId = keyAlias(config, 'vault')
    const { CiphertextBlob, Plaintext } = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }))
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))
    expect(opened.Plaintext).toEqual(Plaintext)
    for (const other of [{ ...EncryptionContext, patient: 'three' }, { practice: 'one' }, undefined])
      await expect(kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: other }))).rejects.toMatchObject({
        name: 'InvalidCiphertextException',
      })
  })

  test('An event that escalation does not take ends in its dead-letter queue', async () => {
    const { client, deployed } = environment()
    const queue = deployed.find(({ properties }) => properties['QueueName'] === nameOf(config, 'escalation-dead-letters'))?.name ?? ''
    expect(await receive(client, queue)).toEqual([])
    const event = { FunctionName: nameOf(config, 'escalation'), InvocationType: 'Event', Payload: '{"poison":true}' } as const
    await new LambdaClient(client).send(new InvokeCommand(event))
    await vi.waitFor(async () => expect(await receive(client, queue)).toEqual([expect.stringContaining('poison')]), 20_000)
  })

  test('A wrong code signs nobody in; nor does a right one without a practice, or for a practice of others, where a provider has several', async () => {
    const { cognito, people, practices } = stage()
    await expect(signIn(cognito, people.rivera, undefined, '000000')).rejects.toThrow()
    await expect(signIn(cognito, people.rivera, practices.lakeview)).rejects.toThrow()
    await expect(signIn(cognito, people.okafor)).rejects.toThrow()
    expect(await signIn(cognito, people.okafor, practices.lakeview)).toMatch(/^ey/)
  })
}
