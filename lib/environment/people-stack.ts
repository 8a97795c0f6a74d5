import { CfnOutput } from 'aws-cdk-lib'
import type { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito'
import type { Construct } from 'constructs'
import { nameOf } from '../config/names.ts'
import type { KeyArns } from './keys-stack.ts'
import type { NetworkStack } from './network-stack.ts'
import { BoundaryPolicy } from './operators/boundary.ts'
import { floodAlarm, rulesAlarm } from './people/alarms.ts'
import { appClient } from './people/app-client.ts'
import { LineClient } from './people/line-client.ts'
import { patientSessionPermissions } from './people/permissions/patient-session.ts'
import { providerSessionPermissions } from './people/permissions/provider-session.ts'
import { sessionBoundaryPermissions } from './people/permissions/session-boundary.ts'
import { type AdministeredAttribute, Pool } from './people/pool.ts'
import { SessionRole } from './people/session-role.ts'
import { SignInFirewall } from './people/sign-in-firewall.ts'
import { SignInLog } from './people/sign-in-log.ts'
import { calledFor, tokenFunction } from './people/token-function.ts'
import { type EnvironmentStackProps, SafeHarborStack } from './safe-harbor-stack.ts'

/** What sign-in needs. */
export interface PeopleStackProps extends EnvironmentStackProps {
  readonly keys: KeyArns
  readonly network: NetworkStack
}

/** The user pools: of providers, of patients, and of the one machine that hands in calls. */
export type PoolName = 'providers' | 'patients' | 'line'

// A practice's id has 32 characters at most; 60 practices and their spaces fit. A patient's account is for one patient for ever: who changes is made anew.
const attributes = {
  providers: [{ name: 'practices', mutable: true, longest: 2000 }],
  patients: [
    { name: 'practice', mutable: false, longest: 32 },
    { name: 'patient', mutable: false, longest: 32 },
  ],
} as const satisfies Record<string, readonly AdministeredAttribute[]>

/**
 * How people sign in, and what a signed-in person's session may open. Tokens are exchanged by web identity with tags in the token, because the trust of a role can
 * then say everything: the practice served, the tags and no others, the person's name and the endpoint. The other exchange AWS documents, an identity pool, would
 * map claims to tags in a setting of its own, which one more kind of administrator could change (Amazon Cognito Developer Guide, "Using attributes for access control").
 */
export class PeopleStack extends SafeHarborStack {
  /** ARNs of the pools, for the authorizers of the API. */
  readonly poolArns: Readonly<Record<PoolName, string>>

  constructor(scope: Construct, { config, keys, network }: PeopleStackProps) {
    super(scope, {
      config,
      what: 'people',
      description: 'sign-in of providers, patients and the answering line, and what their sessions may open.',
    })
    const token = tokenFunction(this, { config, keys, network })
    const tokenFunctionArn = token.function.functionArn
    const common = { config, keyArn: keys.people }
    const providers = new Pool(this, 'Providers', { ...common, what: 'providers', attributes: attributes.providers, tokenFunctionArn })
    const patients = new Pool(this, 'Patients', { ...common, what: 'patients', attributes: attributes.patients, tokenFunctionArn })
    const line = new Pool(this, 'Line', { ...common, what: 'line', attributes: [] })
    calledFor(this, 'CalledForProviders', token, providers, config)
    calledFor(this, 'CalledForPatients', token, patients, config)

    const lineClient = new LineClient(this, 'LineClient', { config, pool: line })
    const clients = {
      Providers: appClient(this, 'ProvidersApp', {
        config,
        what: 'providers',
        pool: providers,
        reads: ['custom:practices'],
        refreshHours: 8,
      }),
      Patients: appClient(this, 'PatientsApp', {
        config,
        what: 'patients',
        pool: patients,
        reads: ['custom:practice', 'custom:patient'],
        refreshHours: 1,
      }),
      Line: lineClient.resource,
    }
    this.sessions({ providers, patients, clients }, { keys, network })

    const log = new SignInLog(this, 'SignInLog', config)
    for (const pool of [providers, patients]) log.record(pool)
    const firewall = new SignInFirewall(this, 'Firewall', { config, auditKeyArn: keys.audit, pools: [providers, patients, line] })
    floodAlarm(this, config, firewall)
    rulesAlarm(this, config)

    this.poolArns = { providers: providers.resource.attrArn, patients: patients.resource.attrArn, line: line.resource.attrArn }
    // Ids that apps are set up with; none is a secret.
    for (const [name, client] of Object.entries(clients)) new CfnOutput(this, `${name}ClientId`, { value: client.ref })
  }

  private sessions(
    { providers, patients, clients }: { providers: Pool; patients: Pool; clients: Record<'Providers' | 'Patients', CfnUserPoolClient> },
    { keys, network }: Pick<PeopleStackProps, 'keys' | 'network'>,
  ): void {
    const { config } = this
    const { sts: stsEndpointId, dynamodb, kms } = network.endpointIds
    const boundary = new BoundaryPolicy(this, 'SessionBoundary', {
      name: nameOf(config, 'session-boundary'),
      description: 'The most that a session of a signed-in person may do.',
      permissions: sessionBoundaryPermissions({ dynamodb, kms }),
    })
    // Named in every phase: a value that a later phase is the first to take would have to be published by the network first, and nobody deploys the network for a phase.
    new CfnOutput(this, 'SessionsOpenThrough', { value: stsEndpointId })
    const common = { config, stsEndpointId, boundaryArn: boundary.managedPolicyArn }
    new SessionRole(this, 'ProviderSession', {
      ...common,
      what: 'provider-session',
      description: 'A signed-in provider, in one practice.',
      tags: ['practice', 'person'],
      pool: providers,
      client: clients.Providers,
      permissions: providerSessionPermissions(config, keys),
    })
    new SessionRole(this, 'PatientSession', {
      ...common,
      what: 'patient-session',
      description: 'A signed-in patient: one practice, one patient.',
      tags: ['practice', 'person', 'patient'],
      pool: patients,
      client: clients.Patients,
      permissions: patientSessionPermissions(config, keys),
    })
  }
}
