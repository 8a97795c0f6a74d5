import { type Duty, nameOf } from '../../config/names.ts'
import type { EnvironmentConfig } from '../../config/schema.ts'
import { peopleRolesOf } from '../../environment/operators/roles.ts'
import { type Check, type Judgement, mend, ok, read } from '../check.ts'
import type { Account } from '../places.ts'

/** People have a way to the roles of an account: each role trusts the holders of one permission set of IAM Identity Center. */
export function peopleChecks(config: EnvironmentConfig, { id, duties }: Account): readonly Check[] {
  const held = duties.filter((duty): duty is Duty => duty !== 'management')
  const roles = peopleRolesOf(held)
  if (roles.length === 0) return []
  const sets = roles.map(({ permissionSet }) => permissionSet)
  return [
    {
      id: 'permission-sets',
      duty: duties[0],
      region: undefined,
      title: 'People are assigned to the permission sets of the account',
      why: 'Each role of the operators stack lets in the holders of one permission set, and CloudFormation does not say who they are.',
      evidence: read(
        'iam:ListRoles',
        (reader) => reader.identityCenterRoles(),
        (names) => judgeSets(sets, names),
      ),
      look: "aws iam list-roles --path-prefix /aws-reserved/sso.amazonaws.com/ --query 'Roles[].RoleName'",
      mend: [
        { do: `In IAM Identity Center make these permission sets and assign each to its people for account ${id}:` },
        ...roles.map(({ what, permissionSet }) => ({ do: `${permissionSet}, which may sts:AssumeRole ${nameOf(config, what)}.` })),
      ],
    },
  ]
}

/** Identity Center names the role of a permission set after it, with a random end (IAM Identity Center User Guide, "Referencing permission sets"). */
function judgeSets(sets: readonly string[], names: readonly string[]): Judgement {
  const absent = sets.filter((set) => !names.some((name) => name.startsWith(`AWSReservedSSO_${set}_`)))
  return absent.length === 0 ? ok('Each has a role in the account.') : mend(`Not assigned here: ${absent.join(', ')}.`)
}
