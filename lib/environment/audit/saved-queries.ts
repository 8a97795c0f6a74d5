import { nameOf, roleArn } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import type { EvidenceTableName } from './evidence-tables.ts'

/** A question that an investigator starts from. */
export interface SavedQuery {
  /** What it answers, one sentence for the Athena console. */
  readonly description: string
  /** SQL of Athena engine version 3, without a semicolon. */
  readonly sql: string
}

/**
 * The questions of an investigation, by name: they cover the last seven days, and the first line of their WHERE says where to change that.
 *
 * @param table of the evidence, as SQL names it
 */
export function savedQueries(config: EnvironmentConfig, table: (name: EvidenceTableName) => string): Readonly<Record<string, SavedQuery>> {
  const breakGlass = roleArn(config, 'workload', 'break-glass')
  const users = config.breakGlass.map((name) => `'${name}'`).join(', ')
  return {
    'who-decrypted': {
      description: 'Who opened or wrapped data keys of which practice and patient, and from where.',
      sql: lines(
        `SELECT eventtime, eventname, ${who} AS who, ${parameter('encryptionContext.practice')} AS practice,`,
        `  ${parameter('encryptionContext.patient')} AS patient, element_at(resources, 1).arn AS key_arn,`,
        '  sourceipaddress, vpcendpointid, errorcode, eventid',
        `FROM ${table('trail')}`,
        `WHERE ${lastSevenDays}`,
        "  AND eventsource = 'kms.amazonaws.com'",
        "  AND eventname IN ('Decrypt', 'ReEncrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext')",
        `  AND ${parameter('encryptionContext.patient')} IS NOT NULL`,
        'ORDER BY eventtime DESC',
      ),
    },
    'who-read-which-item': {
      description: 'Who read which items of the tables and which objects of the buckets that hold patient data.',
      sql: lines(
        `SELECT eventtime, eventname, ${who} AS who, coalesce(${parameter('tableName')}, ${parameter('bucketName')}) AS store,`,
        "  json_format(json_extract(requestparameters, '$.key')) AS item,",
        '  requestparameters, sourceipaddress, vpcendpointid, errorcode, eventid',
        `FROM ${table('trail')}`,
        `WHERE ${lastSevenDays}`,
        "  AND eventcategory = 'Data'",
        "  AND readonly = 'true'",
        "  AND eventsource IN ('dynamodb.amazonaws.com', 's3.amazonaws.com')",
        'ORDER BY eventtime DESC',
      ),
    },
    'what-was-denied': {
      description: 'Every call that was refused, by caller, action and reason, the most frequent first.',
      sql: lines(
        `SELECT ${who} AS who, eventsource, eventname, errorcode, count(*) AS refusals,`,
        '  min(eventtime) AS first_seen, max(eventtime) AS last_seen, arbitrary(errormessage) AS example, arbitrary(sourceipaddress) AS address',
        `FROM ${table('trail')}`,
        `WHERE ${lastSevenDays}`,
        "  AND regexp_like(errorcode, 'AccessDenied|UnauthorizedOperation|NotAuthorized')",
        'GROUP BY 1, 2, 3, 4',
        'ORDER BY refusals DESC',
      ),
    },
    'root-and-break-glass': {
      description: 'What the root user, the two break-glass users and the break-glass role did.',
      sql: lines(
        `SELECT eventtime, eventsource, eventname, useridentity.type AS identity, ${who} AS who,`,
        '  useridentity.sessioncontext.attributes.mfaauthenticated AS mfa, sourceipaddress, useragent, errorcode, requestparameters, eventid',
        `FROM ${table('trail')}`,
        `WHERE ${lastSevenDays}`,
        "  AND ((useridentity.type = 'Root' AND useridentity.invokedby IS NULL)",
        `    OR useridentity.username IN (${users})`,
        `    OR useridentity.sessioncontext.sessionissuer.arn = '${breakGlass}'`,
        `    OR ${parameter('roleArn')} = '${breakGlass}')`,
        'ORDER BY eventtime DESC',
      ),
    },
    'key-and-policy-changes': {
      description: 'Every change to keys, identities, policies of stores, and the trail itself.',
      sql: lines(
        `SELECT eventtime, eventsource, eventname, ${who} AS who, sourceipaddress, errorcode, requestparameters, eventid`,
        `FROM ${table('trail')}`,
        `WHERE ${lastSevenDays}`,
        "  AND eventcategory = 'Management'",
        "  AND readonly = 'false'",
        "  AND (eventsource IN ('iam.amazonaws.com', 'cloudtrail.amazonaws.com', 'organizations.amazonaws.com')",
        "    OR (eventsource = 'kms.amazonaws.com' AND eventname NOT IN ('Encrypt', 'ReEncrypt'))",
        "    OR regexp_like(eventname, '^(Put|Delete|Attach|Detach|Set).*(Policy|Encryption|ObjectLock|Versioning|Lifecycle)'))",
        'ORDER BY eventtime DESC',
      ),
    },
    'denied-by-endpoint-policy': {
      description: 'Calls that the policy of a VPC endpoint refused: foreign credentials, or data on its way to a foreign account.',
      sql: lines(
        `SELECT eventtime, eventsource, eventname, ${who} AS who, useridentity.accountid AS caller_account, recipientaccountid,`,
        '  vpcendpointid, sourceipaddress, errormessage, requestparameters, eventid',
        `FROM ${table('network_activity')}`,
        `WHERE ${lastSevenDays}`,
        "  AND errorcode = 'VpceAccessDenied'",
        'ORDER BY eventtime DESC',
      ),
    },
    'rejected-flows': {
      description: 'Flows that a security group or network list rejected, by source and destination, the most frequent first.',
      sql: lines(
        'SELECT srcaddr, dstaddr, dstport, protocol, flow_direction, count(*) AS flows, sum(bytes) AS bytes_sent,',
        '  from_unixtime(min("start")) AS first_seen, from_unixtime(max("end")) AS last_seen',
        `FROM ${table('flow_logs')}`,
        "WHERE concat(year, '/', month, '/', day) >= date_format(current_date - interval '7' day, '%Y/%m/%d')",
        "  AND action = 'REJECT'",
        'GROUP BY 1, 2, 3, 4, 5',
        'ORDER BY flows DESC',
      ),
    },
    'refused-names': {
      description:
        'DNS names the network asked for and the DNS firewall refused. Write the id of the network, stack output or console, first.',
      sql: lines(
        'SELECT query_name, query_type, srcaddr, firewall_rule_action, rcode, count(*) AS questions,',
        '  min(query_timestamp) AS first_seen, max(query_timestamp) AS last_seen',
        `FROM ${table('dns_logs')}`,
        `WHERE ${lastSevenDays}`,
        "  AND vpc = 'vpc-00000000000000000'",
        "  AND firewall_rule_action = 'BLOCK'",
        'GROUP BY 1, 2, 3, 4, 5',
        'ORDER BY questions DESC',
      ),
    },
  }
}

/** Name of a saved query in the Athena console. */
export const savedQueryName = (config: EnvironmentConfig, name: string): string => nameOf(config, name)

const lines = (...text: string[]): string => text.join('\n')

// Partitions by day are named like 2026/03/31.
const lastSevenDays = "day >= date_format(current_date - interval '7' day, '%Y/%m/%d')"

// A session is known by its role and its name; a user or the root user by its own ARN.
const who = 'coalesce(useridentity.arn, useridentity.invokedby, useridentity.principalid)'

const parameter = (path: string): string => `json_extract_scalar(requestparameters, '$.${path}')`
