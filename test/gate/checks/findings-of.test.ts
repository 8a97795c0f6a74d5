import { describe, expect, test } from 'vitest'
import { controls } from '../../../lib/gate/checks/controls.ts'
import { judgeResources } from '../../../lib/gate/checks/findings-of.ts'
import { Deployment } from '../../../lib/gate/template/deployment.ts'
import { readTemplate } from '../../../lib/gate/template/read-template.ts'
import { readSource } from '../../../lib/gate/template/source.ts'

function findings(text: string, control: string) {
  const template = readTemplate(readSource(text, 'clinic.yaml'), { key: 'clinic', digest: '' })
  const chosen = controls.filter(({ id }) => id === control)
  expect(chosen).toHaveLength(1)
  const { findings } = judgeResources(new Deployment('template', [template], new Map()), chosen)
  return findings.map(({ status, property, line, message }) => ({ status, property, line, message }))
}

const role = `Parameters:
  Logs: { Type: String }
Conditions:
  HasLogs: !Not [!Equals [!Ref Logs, '']]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - !If
          - HasLogs
          - PolicyName: logs
            PolicyDocument:
              Statement:
                Effect: Allow
                Action: logs:PutLogEvents
                Resource: arn:aws:logs:us-east-1:111122223333:log-group:clinic
          - !Ref AWS::NoValue
        - PolicyName: keys
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: kms:Decrypt
                Resource: '*'
`

describe('the line of a finding', () => {
  test('is counted with the elements of a list that Fn::If leaves out', () => {
    expect(findings(role, 'iam-policy-decrypt-any-key').map(({ line }) => line)).toEqual([23, 23])
  })

  test('of a missing attribute is that of its resource', () => {
    const table = 'Resources:\n  Table:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      KeySchema: []\n'
    expect(findings(table, 'store-kept-on-deletion')).toMatchObject([{ property: 'DeletionPolicy', line: 2 }])
  })

  test('of an attribute of a load balancer is that of their list', () => {
    const balancer = `Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-1]
      LoadBalancerAttributes:
        - { Key: idle_timeout.timeout_seconds, Value: '60' }
`
    expect(findings(balancer, 'elbv2-load-balancer-drop-invalid-headers')).toMatchObject([{ line: 6 }])
  })
})

describe('what a serverless resource calls otherwise', () => {
  const text = `Transform: AWS::Serverless-2016-10-31
Resources:
  Records:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Policies:
        - arn:aws:iam::111122223333:policy/own
        - AmazonS3FullAccess
`

  test('goes by its own name', () => {
    expect(findings(text, 'lambda-function-tracing')).toMatchObject([{ property: 'Tracing', message: 'Tracing is not set.' }])
  })

  test('is named without the place that the expansion gave it', () => {
    expect(findings(text, 'iam-managed-policy-full-access')).toMatchObject([
      { property: 'Policies', line: 7, message: 'Policies is "AmazonS3FullAccess".' },
    ])
  })
})

describe('what a parameter may be', () => {
  const inVpc = (type: string) => `Parameters:
  Subnets: ${type}
Resources:
  Records:
    Type: AWS::Lambda::Function
    Properties:
      Code: { ZipFile: '' }
      Role: arn:aws:iam::111122223333:role/records
      VpcConfig: { SubnetIds: !Ref Subnets }
`

  test.each([
    ['{ Type: List<AWS::EC2::Subnet::Id> }', 0],
    ['{ Type: CommaDelimitedList }', 1],
    ["{ Type: CommaDelimitedList, AllowedPattern: 'subnet-[0-9a-f]+' }", 0],
    ['{ Type: String, MinLength: 1 }', 0],
    ["{ Type: String, AllowedPattern: '(broken' }", 1],
  ])('%s may be empty, or not', (type, open) => {
    expect(findings(inVpc(type), 'lambda-function-in-vpc')).toHaveLength(open)
  })

  const ssh = (pattern: string) => `Parameters:
  Range: { Type: String, AllowedPattern: '${pattern}' }
Resources:
  Ssh:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: { GroupId: sg-1, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Range }
`

  test.each([
    ['[0-9.]+/(1[6-9]|2[0-8])', 0],
    ['[0-9.]+/[0-9]+', 1],
  ])('a range like %s is the internet, or not', (pattern, open) => {
    expect(findings(ssh(pattern), 'ec2-security-group-ssh-from-internet')).toHaveLength(open)
  })
})
