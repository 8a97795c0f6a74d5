/** A form by which a secret is known wherever it stands. */
interface Format {
  /** What it is, as an object of a sentence. */
  readonly name: string
  /** Pattern of what stands in every text with such a secret, in whatever case. */
  readonly sign: string
  /** Global; a group is the secret where the match holds more. */
  readonly pattern: RegExp
}

/** Forms of secrets, as their makers document them. Each is exact enough to be found in any text. */
const formats: readonly Format[] = [
  { name: 'an AWS access key', sign: 'A[KSBC][ICS]A', pattern: /(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])/g },
  {
    name: 'a secret access key of AWS',
    sign: 'secret',
    pattern: /(?:aws.{0,20})?secret.{0,3}access.{0,3}key["']?\s*[=:]\s*["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
  },
  { name: 'a private key', sign: 'PRIVATE KEY', pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g },
  {
    name: 'a token of GitHub',
    sign: 'gh[pousr]_|github_pat',
    pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})/g,
  },
  { name: 'a token of GitLab', sign: 'gl(?:pat|ptt|rt)-', pattern: /(?<![A-Za-z0-9])gl(?:pat|ptt|rt)-[A-Za-z0-9_-]{20,}/g },
  { name: 'a token of Slack', sign: 'xox', pattern: /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,}/g },
  {
    name: 'a webhook of Slack',
    sign: 'hooks\\.slack',
    pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9]+\/[A-Za-z0-9]+\/[A-Za-z0-9]+/g,
  },
  {
    name: 'a webhook of Discord',
    sign: 'discord',
    pattern: /https:\/\/(?:ptb\.|canary\.)?discord(?:app)?\.com\/api\/webhooks\/\d{17,}\/[\w-]{60,}/g,
  },
  { name: 'a key of Stripe', sign: '[sr]k_', pattern: /(?<![A-Za-z0-9])(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/g },
  { name: 'a key of Google', sign: 'AIza', pattern: /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}/g },
  { name: 'a client secret of Google', sign: 'GOCSPX', pattern: /(?<![A-Za-z0-9])GOCSPX-[A-Za-z0-9_-]{28}/g },
  { name: 'a key of Azure storage', sign: 'AccountKey', pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/g },
  { name: 'a key of an Azure service', sign: 'AccessKey', pattern: /SharedAccessKey=([A-Za-z0-9+/]{43}=)/g },
  { name: 'a key of SendGrid', sign: 'SG\\.', pattern: /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/g },
  { name: 'a key of Twilio', sign: 'SK[0-9a-f]', pattern: /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![0-9a-f])/g },
  { name: 'a key of Mailgun', sign: 'key-', pattern: /(?<![A-Za-z0-9])key-[0-9a-f]{32}(?![0-9a-f])/g },
  {
    name: 'a key of an OpenAI account',
    sign: 'T3BlbkFJ',
    pattern: /(?<![A-Za-z0-9])sk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20}T3BlbkFJ[A-Za-z0-9_-]{20,}/g,
  },
  { name: 'a key of an Anthropic account', sign: 'sk-ant', pattern: /(?<![A-Za-z0-9])sk-ant-[a-z0-9]+-[A-Za-z0-9_-]{32,}/g },
  { name: 'a token of npm', sign: 'npm_', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}/g },
  { name: 'a token of PyPI', sign: 'pypi-', pattern: /(?<![A-Za-z0-9])pypi-AgE[A-Za-z0-9_-]{50,}/g },
  { name: 'a token of Docker Hub', sign: 'dckr_pat', pattern: /(?<![A-Za-z0-9])dckr_pat_[A-Za-z0-9_-]{20,}/g },
  { name: 'a token of Terraform Cloud', sign: 'atlasv1', pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,}/g },
  { name: 'a token of Vault', sign: 'hv[sbr]\\.', pattern: /(?<![A-Za-z0-9])hv[sbr]\.[A-Za-z0-9_-]{24,}/g },
  { name: 'a token of DigitalOcean', sign: 'do[opr]_v1', pattern: /(?<![A-Za-z0-9])do[opr]_v1_[0-9a-f]{64}/g },
  { name: 'a token of Databricks', sign: 'dapi', pattern: /(?<![A-Za-z0-9])dapi[0-9a-f]{32}(?![0-9a-f])/g },
  { name: 'a token of New Relic', sign: 'NRAK', pattern: /(?<![A-Za-z0-9])NRAK-[A-Z0-9]{27}/g },
  { name: 'a token of Shopify', sign: 'shp(?:at|ca|pa|ss)_', pattern: /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}/g },
  { name: 'a key of Atlassian', sign: 'ATATT3', pattern: /(?<![A-Za-z0-9])ATATT3[A-Za-z0-9_=-]{50,}/g },
  {
    name: 'a signed token (JWT)',
    sign: 'eyJ',
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}/g,
  },
  {
    name: 'a password in an address',
    sign: '://',
    pattern: /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/?#@'"<>⟨⟩{}]*:([^\s:/?#@'"<>⟨⟩{}$]{3,})@[A-Za-z0-9⟨[$]/gi,
  },
  {
    name: 'a password in a connection string',
    sign: 'password|pwd',
    pattern: /(?:^|;)\s*(?:password|pwd)\s*=\s*([^;'"\s⟨⟩{}$<>]{3,})(?=;|$)/gi,
  },
]

/** A secret that stands in a text. */
export interface KnownSecret {
  readonly name: string
  readonly secret: string
}

const signs = new RegExp(formats.map(({ sign }) => sign).join('|'), 'i')

/** The first secret of a known form in a text; undefined where there is none. */
export function knownSecretIn(text: string): KnownSecret | undefined {
  // Most texts hold no sign of any form, and one look is quicker than one for each of them.
  if (!signs.test(text)) return undefined
  for (const { name, pattern } of formats) {
    pattern.lastIndex = 0
    const match = pattern.exec(text)
    if (match !== null) return { name, secret: match[1] ?? match[0] }
  }
  return undefined
}

/** A secret as evidence may show it: its first four characters, or fewer of a short one, and its length. */
export function masked(secret: string): string {
  const shown = secret.length >= 16 ? 4 : secret.length >= 8 ? 1 : 0
  return `${secret.slice(0, shown)}… (${secret.length} characters)`
}
