import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'

/** Invokes a function and waits for its answer. @throws Error when it failed */
export async function invoke(lambda: LambdaClient, name: string, event: object): Promise<unknown> {
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) }))
  const text = Payload?.transformToString() ?? ''
  if (FunctionError !== undefined) throw new Error(`${name} failed: ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}
