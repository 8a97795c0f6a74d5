import { type Check, type Judgement, mend, ok, read } from '../check.ts'
import type { Account } from '../places.ts'

/** What must be true of an account in each Region it is used in. */
export const regionChecks = (account: Account): readonly Check[] => account.regions.flatMap((region) => checksIn(account, region))

function checksIn({ duties: [duty] }: Account, region: string): Check[] {
  const place = { duty, region }
  return [
    {
      ...place,
      id: 'region-enabled',
      title: 'The Region is enabled',
      why: 'Nothing can be deployed into a Region that the account has not opted in to.',
      evidence: read('ec2:DescribeRegions', (reader) => reader.regionState(region), judgeRegion),
      look: `aws ec2 describe-regions --all-regions --region-names ${region} --query 'Regions[0].OptInStatus' --output text`,
      mend: [{ run: `aws account enable-region --region-name ${region}` }],
    },
    {
      ...place,
      id: 'volume-encryption',
      title: 'New EBS volumes are encrypted',
      why: 'Safe Harbor makes no volume; whoever makes one in an emergency should not have to think of it (45 CFR 164.312(a)(2)(iv)).',
      evidence: read(
        'ec2:GetEbsEncryptionByDefault',
        (reader) => reader.volumesAreEncrypted(region),
        (encrypted) => (encrypted ? ok('It is on.') : mend('Encryption by default is off.')),
      ),
      look: `aws ec2 get-ebs-encryption-by-default --region ${region}`,
      mend: [{ run: `aws ec2 enable-ebs-encryption-by-default --region ${region}` }],
    },
    {
      ...place,
      id: 'instance-metadata',
      title: 'New instances ask for a token before they hand out credentials',
      why: 'With version 1 of the instance metadata service, one forged request from inside an instance is enough to take its role.',
      evidence: read('ec2:GetInstanceMetadataDefaults', (reader) => reader.metadataTokens(region), judgeMetadata),
      look: `aws ec2 get-instance-metadata-defaults --region ${region}`,
      mend: [
        { run: `aws ec2 modify-instance-metadata-defaults --http-tokens required --http-put-response-hop-limit 1 --region ${region}` },
      ],
    },
  ]
}

const judgeRegion = (state: string | undefined): Judgement =>
  state === 'opted-in' || state === 'opt-in-not-required'
    ? ok(`Its state is ${state}.`)
    : mend(`Its state is ${state ?? 'unknown to AWS'}.`)

const judgeMetadata = (tokens: string | undefined): Judgement =>
  tokens === 'required' ? ok('Tokens are required.') : mend(`Tokens are ${tokens ?? 'not decided by the account'}.`)
