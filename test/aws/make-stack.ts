import { setTimeout as wait } from 'node:timers/promises'
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation'
import { CreateBucketCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { Template } from './assembly.ts'
import type { ClientSettings } from './emulator.ts'

/** The emulator's CloudFormation, as far as it is used here. */
export interface StackMaker {
  /** @returns names of what was made, by id in the template. @throws Error with what failed */
  readonly create: (name: string, template: Template) => Promise<ReadonlyMap<string, string>>
  /** @returns types that it does not know */
  readonly unknownTypes: (template: Template) => Promise<readonly string[]>
}

// A template in the request may have 51,200 bytes (AWS CloudFormation User Guide, "Understand CloudFormation quotas"); some of ours have more.
const Bucket = 'templates'

/** CloudFormation of one account and Region of the emulator. */
export function stackMaker(client: ClientSettings, s3: S3Client): StackMaker {
  const cloudFormation = new CloudFormationClient(client)
  const published = async (name: string, template: Template): Promise<string> => {
    await s3.send(new CreateBucketCommand({ Bucket })).catch(() => undefined)
    await s3.send(new PutObjectCommand({ Bucket, Key: `${name}.json`, Body: JSON.stringify(template) }))
    return `${client.endpoint}/${Bucket}/${name}.json`
  }
  return {
    create: async (StackName, template) => {
      const TemplateURL = await published(StackName, template)
      await cloudFormation.send(new CreateStackCommand({ StackName, TemplateURL, Capabilities: ['CAPABILITY_NAMED_IAM'] }))
      await made(cloudFormation, StackName)
      const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName }))
      return new Map(StackResources.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [LogicalResourceId, PhysicalResourceId]))
    },
    unknownTypes: async (template) => {
      const TemplateURL = await published('validated', template)
      try {
        await cloudFormation.send(new ValidateTemplateCommand({ TemplateURL }))
        return []
      } catch (error) {
        const [, types] = /Unrecognized resource types: \[(.+)\]/.exec(String(error)) ?? []
        if (types === undefined) throw error
        return types.split(', ')
      }
    },
  }
}

async function made(cloudFormation: CloudFormationClient, StackName: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }))
    if (stack?.StackStatus === 'CREATE_COMPLETE') return
    if (stack?.StackStatus !== 'CREATE_IN_PROGRESS') throw new Error(`${StackName}: ${await failuresOf(cloudFormation, StackName)}`)
    await wait(50)
  }
  throw new Error(`${StackName} was not made within 30 seconds.`)
}

async function failuresOf(cloudFormation: CloudFormationClient, StackName: string): Promise<string> {
  const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName }))
  const failed = StackEvents.filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('FAILED'))
  return failed
    .map(({ LogicalResourceId, ResourceType, ResourceStatusReason }) => `${LogicalResourceId} (${ResourceType}): ${ResourceStatusReason}`)
    .join('\n')
}
