import type { DataClass } from '../assembly/facts.ts'
import { waiverControls } from './texts.ts'

/** Why findings of a control cannot be accepted. */
export interface NeverAcceptable {
  /** End of the sentence "cannot stand: ...". */
  readonly because: string
  /** Classes of data for which they can be all the same; absent where what is held makes no difference. */
  readonly unless?: readonly DataClass[]
}

const open = 'it opens data to strangers'
const changeable = 'it lets strangers change what is stored'
const unreviewed = 'what is deployed may not be what was reviewed'
const accepting = 'an exception from the rules of exceptions has no end'
/** Published on purpose: a website, a download. */
const published: readonly DataClass[] = ['no-data']
/** A closed door behind which a second one would do. */
const harmless: readonly DataClass[] = ['no-data', 'routing', 'operational']

const byControl: Readonly<Record<string, NeverAcceptable>> = {
  'no-foothold': { because: 'it leads the intruder from the breached environment into this one' },
  'kill-switch': { because: 'it switches the rules off' },
  'template-unchanged': { because: unreviewed },
  'template-unambiguous': { because: unreviewed },
  'hipaa-pack-complete': { because: unreviewed },
  'acceptance-complete': { because: accepting },
  'acceptance-current': { because: accepting },
  'acceptance-exact': { because: accepting },
  'acceptance-listed': { because: accepting },

  'cloudtrail-logging': { because: 'without the audit trail nobody knows who did what' },

  's3-bucket-policy-public-read': { because: open, unless: published },
  's3-bucket-policy-public-list': { because: open, unless: published },
  's3-bucket-acl-public-read': { because: open, unless: published },
  's3-bucket-acl-authenticated-read': { because: open, unless: published },
  's3-bucket-no-website': { because: open, unless: published },
  's3-bucket-public-access-block': { because: open, unless: harmless },
  's3-bucket-block-public-acls': { because: open, unless: harmless },
  's3-bucket-block-public-policy': { because: open, unless: harmless },
  's3-bucket-ignore-public-acls': { because: open, unless: harmless },
  's3-bucket-restrict-public-buckets': { because: open, unless: harmless },
  's3-bucket-acl-public-write': { because: changeable },
  's3-bucket-policy-public-write': { because: changeable },
  's3-bucket-policy-public-delete': { because: changeable },
  's3-bucket-policy-public-configuration': { because: changeable },
  's3-bucket-policy-settings-by-other-accounts': { because: 'it hands the settings of a store to an account that nobody here governs' },
  'storagegateway-private-objects': { because: open, unless: published },

  'rds-public': { because: open },
  'rds-security-group-open': { because: open },
  'neptune-public': { because: open },
  'redshift-public': { because: open },
  'redshift-security-group-ingress-open': { because: open },
  'opensearch-domain-anonymous': { because: open },
  'ec2-security-group-all-ports-from-internet': { because: open },
  'ec2-security-group-database-from-internet': { because: open },
  'ec2-security-group-cache-from-internet': { because: open },
  'ec2-security-group-search-from-internet': { because: open },
  'ec2-security-group-file-sharing-from-internet': { because: open },
}

const ofWaivers = waiverControls.map(({ id }): [string, NeverAcceptable] => [id, { because: accepting }])

/** Controls whose findings no waiver may accept, by id. */
export const neverAcceptable: ReadonlyMap<string, NeverAcceptable> = new Map([...Object.entries(byControl), ...ofWaivers])
