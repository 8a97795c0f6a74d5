import { fail, pass, type ResourceControl, undecided } from '../control.ts'
import { hygiene } from './safeguards.ts'

interface Protected {
  readonly id: string
  /** Plural that the title begins with. */
  readonly noun: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
  /** Attribute that is its ARN. */
  readonly arn: string
  readonly why: string
}

/** A control that a web ACL of WAF is associated with a resource. */
export const behindWebAcl = ({ id, noun, type, properties, arn, why }: Protected): ResourceControl => ({
  ...hygiene,
  severity: 'medium',
  topic: 'network-exposure',
  citations: ['164.308(a)(1)(ii)(B)', '164.312(e)(1)'],
  id,
  title: `${noun} stand behind a web ACL`,
  why,
  remedy: 'Name the resource in the ResourceArn of an AWS::WAFv2::WebACLAssociation.',
  types: [type],
  judge: (resource, deployment) => {
    const { certain, possible } = deployment.referring(resource, 'AWS::WAFv2::WebACLAssociation', 'ResourceArn')
    if (certain[0] !== undefined) return pass('web ACL', certain[0].logicalId)
    return possible[0] === undefined ? fail('web ACL', undefined) : undecided('web ACL', `${possible[0].logicalId} may be about it`)
  },
  passing: {
    Protected: { Type: type, Properties: properties },
    Acl: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: {
        ResourceArn: { 'Fn::GetAtt': ['Protected', arn] },
        WebACLArn: 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/acl/1234abcd-12ab-34cd-56ef-1234567890ab',
      },
    },
  },
  failing: { Protected: { Type: type, Properties: properties } },
})
