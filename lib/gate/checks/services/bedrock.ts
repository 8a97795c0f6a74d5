import type { ResourceControl } from '../control.ts'
import { isGiven, isNoneOf } from '../expectations.ts'
import { propertyControls } from '../property-control.ts'
import { authentication, customerKey, exampleKey, hygiene } from './safeguards.ts'

const agent = {
  AgentName: 'clinic',
  FoundationModel: 'anthropic.claude-3-haiku-20240307-v1:0',
  Instruction: 'Answer questions of the front desk about opening hours only.',
  AgentResourceRoleArn: 'arn:aws:iam::111122223333:role/agent',
} as const
const guardrail = {
  Name: 'clinic',
  BlockedInputMessaging: 'Please ask otherwise.',
  BlockedOutputsMessaging: 'Please ask otherwise.',
} as const
const filter = { Type: 'PROMPT_ATTACK', InputStrength: 'HIGH', OutputStrength: 'NONE' } as const
const source = {
  Name: 'clinic',
  KnowledgeBaseId: 'ABCDEFGHIJ',
  DataSourceConfiguration: { Type: 'S3', S3Configuration: { BucketArn: 'arn:aws:s3:::clinic' } },
} as const
const gateway = { Name: 'clinic', RoleArn: 'arn:aws:iam::111122223333:role/gateway', ProtocolType: 'MCP' } as const

/** Controls on Bedrock, but for keys of its lesser resources. */
export const bedrockControls: readonly ResourceControl[] = propertyControls([
  {
    ...customerKey,
    id: 'bedrock-agent-customer-key',
    title: "Bedrock agents are encrypted with a customer's key",
    why: 'Instructions and sessions of the agent, with what patients wrote, lie under a key that AWS owns and nobody sees used.',
    remedy: 'Set CustomerEncryptionKeyArn to a KMS key of your own.',
    type: 'AWS::Bedrock::Agent',
    path: 'CustomerEncryptionKeyArn',
    passing: { ...agent, CustomerEncryptionKeyArn: exampleKey },
    failing: agent,
  },
  {
    ...hygiene,
    severity: 'medium',
    id: 'bedrock-agent-guardrail',
    title: 'Bedrock agents have a guardrail',
    why: 'Nothing keeps the agent from repeating identifiers of patients, or from following instructions hidden in a document.',
    remedy: 'Set GuardrailConfiguration with GuardrailIdentifier and GuardrailVersion.',
    type: 'AWS::Bedrock::Agent',
    path: 'GuardrailConfiguration.GuardrailIdentifier',
    expect: isGiven,
    absent: 'fails',
    passing: { ...agent, GuardrailConfiguration: { GuardrailIdentifier: 'abcdefghij', GuardrailVersion: '1' } },
    failing: agent,
  },
  {
    ...customerKey,
    severity: 'low',
    id: 'bedrock-guardrail-customer-key',
    title: "Bedrock guardrails are encrypted with a customer's key",
    why: 'Denied topics and patterns tell what the clinic guards, under a key that AWS owns.',
    remedy: 'Set KmsKeyArn to a KMS key of your own.',
    type: 'AWS::Bedrock::Guardrail',
    path: 'KmsKeyArn',
    passing: { ...guardrail, KmsKeyArn: exampleKey },
    failing: guardrail,
  },
  {
    ...hygiene,
    severity: 'medium',
    citations: ['164.502(b)', '164.514(d)'],
    id: 'bedrock-guardrail-identifiers',
    title: 'Bedrock guardrails filter what identifies a person',
    why: 'The model may repeat names, numbers and addresses of patients to whoever asks.',
    remedy: 'Set SensitiveInformationPolicyConfig.PiiEntitiesConfig.',
    type: 'AWS::Bedrock::Guardrail',
    path: 'SensitiveInformationPolicyConfig.PiiEntitiesConfig',
    expect: isGiven,
    absent: 'fails',
    passing: { ...guardrail, SensitiveInformationPolicyConfig: { PiiEntitiesConfig: [{ Type: 'NAME', Action: 'ANONYMIZE' }] } },
    failing: guardrail,
  },
  {
    ...hygiene,
    id: 'bedrock-guardrail-content-filters',
    title: 'Bedrock guardrails filter harmful content and attacks in prompts',
    why: 'A prompt that overrides the instructions of the model makes it tell what it was told to keep.',
    remedy: 'Set ContentPolicyConfig.FiltersConfig with PROMPT_ATTACK among its types.',
    type: 'AWS::Bedrock::Guardrail',
    path: 'ContentPolicyConfig.FiltersConfig',
    expect: isGiven,
    absent: 'fails',
    passing: { ...guardrail, ContentPolicyConfig: { FiltersConfig: [filter] } },
    failing: guardrail,
  },
  {
    ...customerKey,
    id: 'bedrock-data-source-customer-key',
    title: "Data sources of Bedrock knowledge bases are encrypted with a customer's key",
    why: 'While documents are taken in, copies lie in storage of AWS, under a key that nobody sees used.',
    remedy: 'Set ServerSideEncryptionConfiguration.KmsKeyArn to a KMS key of your own.',
    type: 'AWS::Bedrock::DataSource',
    path: 'ServerSideEncryptionConfiguration.KmsKeyArn',
    passing: { ...source, ServerSideEncryptionConfiguration: { KmsKeyArn: exampleKey } },
    failing: source,
  },
  {
    ...authentication,
    severity: 'critical',
    id: 'bedrock-gateway-authorizer',
    title: 'Bedrock AgentCore gateways ask who calls',
    why: 'Whoever knows the address of the gateway runs its tools, with the rights of its role.',
    remedy: 'Set AuthorizerType to AWS_IAM or CUSTOM_JWT.',
    type: 'AWS::BedrockAgentCore::Gateway',
    path: 'AuthorizerType',
    expect: isNoneOf('NONE'),
    absent: 'fails',
    passing: { ...gateway, AuthorizerType: 'AWS_IAM' },
    failing: { ...gateway, AuthorizerType: 'NONE' },
  },
])
