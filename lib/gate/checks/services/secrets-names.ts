/** Words that name a secret: password, token, key of an API. Names are split into words first, so `DB_PASSWORD`, `dbPassword` and `db-password` are alike. */
const naming =
  /(^| )(?:[a-z0-9]*(?:password|passwd|passphrase|secret)s?|passcode|pwd|pass|(?:auth|access|refresh|bearer|bot|api|id)?token|credential|credentials|api ?key|apikey|access ?key|private ?key|secret ?key|auth ?key|encryption ?key|signing ?key|shared ?key|master ?key|license ?key|salt|connection ?string|dsn)( |$)/

/** Words after which the value is something about a secret, not the secret: its name, its place, a rule for it. */
const about =
  /(^| )(arn|arns|id|ids|name|names|url|uri|endpoint|host|path|prefix|suffix|file|filename|dir|directory|location|bucket|table|policy|length|size|count|limit|min|max|type|kind|mode|algorithm|alg|version|stage|region|header|field|column|parameter|param|ref|reference|manager|store|provider|source|expiry|expires|expiration|ttl|timeout|age|days|hours|minutes|seconds|rotation|enabled|disabled|required|reset|validity|issuer|audience|scope|scopes|status|hint|label|description|rules|strategy|format|method|usage|user|username|public|fingerprint|thumbprint|alias|attempts|retries|retry|generator|symbols|hash ?type|lambda|function|queue|topic|cache|class|handler|service|kms ?key)$/

const startsAbout =
  /^(use|has|is|enable|enabled|disable|allow|require|requires|no|skip|generate|create|show|hide|with|public|max|min|number|num) /

/** Names that are known to hold no secret though they sound so. */
const harmless =
  /^(aws )?(session )?token (use|endpoint)$|^aws access key id$|^(next|client|continuation|pagination|idempotency|request|csrf|stop|start|pad|end|max|eos|bos) tokens?( .*)?$|^pass( ?through| ?role)?$|^secret( string)? template$|^key ?pair/

const wordsOf = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase()

/** Whether a name says that its value is a secret. */
export function namesSecret(name: string): boolean {
  const words = wordsOf(name)
  return naming.test(words) && !about.test(words) && !startsAbout.test(words) && !harmless.test(words)
}
