/** A form by which a secret is known wherever it stands. */
interface Format {
  /** What it is, as an object of a sentence. */
  readonly name: string
  /** Global; a group is the secret where the match holds more. */
  readonly pattern: RegExp
}

/** Forms of secrets, as their makers document them. Each is exact enough to be found in any text. */
const formats: readonly Format[] = [
  { name: 'an AWS access key', pattern: /(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])/g },
  {
    name: 'a secret access key of AWS',
    pattern: /(?:aws.{0,20})?secret.{0,3}access.{0,3}key["']?\s*[=:]\s*["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
  },
  { name: 'a private key', pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g },
  { name: 'a token of GitHub', pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})/g },
  { name: 'a token of GitLab', pattern: /(?<![A-Za-z0-9])gl(?:pat|ptt|rt)-[A-Za-z0-9_-]{20,}/g },
  { name: 'a token of Slack', pattern: /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,}/g },
  {
    name: 'a webhook of Slack',
    pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9]+\/[A-Za-z0-9]+\/[A-Za-z0-9]+/g,
  },
  { name: 'a webhook of Discord', pattern: /https:\/\/(?:ptb\.|canary\.)?discord(?:app)?\.com\/api\/webhooks\/\d{17,}\/[\w-]{60,}/g },
  { name: 'a key of Stripe', pattern: /(?<![A-Za-z0-9])(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/g },
  { name: 'a key of Google', pattern: /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}/g },
  { name: 'a client secret of Google', pattern: /(?<![A-Za-z0-9])GOCSPX-[A-Za-z0-9_-]{28}/g },
  { name: 'a key of Azure storage', pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/g },
  { name: 'a key of an Azure service', pattern: /SharedAccessKey=([A-Za-z0-9+/]{43}=)/g },
  { name: 'a key of SendGrid', pattern: /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/g },
  { name: 'a key of Twilio', pattern: /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![0-9a-f])/g },
  { name: 'a key of Mailgun', pattern: /(?<![A-Za-z0-9])key-[0-9a-f]{32}(?![0-9a-f])/g },
  { name: 'a key of an OpenAI account', pattern: /(?<![A-Za-z0-9])sk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20}T3BlbkFJ[A-Za-z0-9_-]{20,}/g },
  { name: 'a key of an Anthropic account', pattern: /(?<![A-Za-z0-9])sk-ant-[a-z0-9]+-[A-Za-z0-9_-]{32,}/g },
  { name: 'a token of npm', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}/g },
  { name: 'a token of PyPI', pattern: /(?<![A-Za-z0-9])pypi-AgE[A-Za-z0-9_-]{50,}/g },
  { name: 'a token of Docker Hub', pattern: /(?<![A-Za-z0-9])dckr_pat_[A-Za-z0-9_-]{20,}/g },
  { name: 'a token of Terraform Cloud', pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,}/g },
  { name: 'a token of Vault', pattern: /(?<![A-Za-z0-9])hv[sbr]\.[A-Za-z0-9_-]{24,}/g },
  { name: 'a token of DigitalOcean', pattern: /(?<![A-Za-z0-9])do[opr]_v1_[0-9a-f]{64}/g },
  { name: 'a token of Databricks', pattern: /(?<![A-Za-z0-9])dapi[0-9a-f]{32}(?![0-9a-f])/g },
  { name: 'a token of New Relic', pattern: /(?<![A-Za-z0-9])NRAK-[A-Z0-9]{27}/g },
  { name: 'a token of Shopify', pattern: /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}/g },
  { name: 'a key of Atlassian', pattern: /(?<![A-Za-z0-9])ATATT3[A-Za-z0-9_=-]{50,}/g },
  { name: 'a signed token (JWT)', pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}/g },
  {
    name: 'a password in an address',
    pattern: /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/?#@'"<>⟨⟩{}]*:([^\s:/?#@'"<>⟨⟩{}$]{3,})@[A-Za-z0-9⟨[$]/gi,
  },
  { name: 'a password in a connection string', pattern: /(?:^|;)\s*(?:password|pwd)\s*=\s*([^;'"\s⟨⟩{}$<>]{3,})(?=;|$)/gi },
]

/** A secret that stands in a text. */
export interface KnownSecret {
  readonly name: string
  readonly secret: string
}

/** The first secret of a known form in a text; undefined where there is none. */
export function knownSecretIn(text: string): KnownSecret | undefined {
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
