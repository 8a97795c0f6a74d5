import type { Resource } from '../../template/resource.ts'
import { isMap, Unknown } from '../../template/value.ts'
import { fail, type Outcome, pass, type ResourceControl, undecided } from '../control.ts'

const type = 'AWS::CodeBuild::Project'
const citations = ['164.308(a)(3)(i)', '164.308(a)(4)(ii)(A)', '164.308(a)(4)(ii)(C)', '164.312(a)(1)'] as const
const credentials = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']
const variables = 'Environment.EnvironmentVariables'

// The outcome shows the variable's name, never what stands in it.
function judgeVariables(resource: Resource): Outcome | readonly Outcome[] {
  const places = resource.at(`${variables}.*`)
  const open = places.find(({ value }) => value instanceof Unknown)
  const found = places.flatMap(({ path, value }) =>
    isMap(value) && isCredential(value['Name'], value['Type']) ? [fail(`${path}.Name`, value['Name'])] : [],
  )
  if (found.length > 0) return found
  return open?.value instanceof Unknown ? undecided(open.path, open.value.reason) : pass(variables, `${places.length} without credentials`)
}

const isCredential = (name: unknown, kind: unknown): boolean =>
  typeof name === 'string' && credentials.includes(name.toUpperCase()) && (kind === undefined || kind === 'PLAINTEXT')

const withSecret = /:\/\/[^/@\s]*:?[^/@\s]+@/

function judgeLocations(resource: Resource): readonly Outcome[] {
  return ['Source.Location', 'SecondarySources.*.Location'].flatMap((path) =>
    resource.at(path).map((place): Outcome => {
      if (place.value instanceof Unknown) return undecided(place.path, place.value.reason)
      const secret = typeof place.value === 'string' && withSecret.test(place.value) && !place.value.startsWith('https://git-codecommit.')
      return secret
        ? fail(place.path, undefined, 'The address of the source holds a user name or a password.')
        : pass(place.path, place.value)
    }),
  )
}

const project = (more: Readonly<Record<string, unknown>>) => ({
  Build: {
    Type: type,
    Properties: {
      Artifacts: { Type: 'NO_ARTIFACTS' },
      Environment: { Type: 'LINUX_CONTAINER', ComputeType: 'BUILD_GENERAL1_SMALL', Image: 'aws/codebuild/standard:7.0' },
      ServiceRole: 'arn:aws:iam::111122223333:role/build',
      Source: { Type: 'NO_SOURCE', BuildSpec: 'version: 0.2' },
      ...more,
    },
  },
})
const environment = (Name: string) => ({
  Environment: {
    Type: 'LINUX_CONTAINER',
    ComputeType: 'BUILD_GENERAL1_SMALL',
    Image: 'aws/codebuild/standard:7.0',
    EnvironmentVariables: [{ Name, Type: 'PLAINTEXT', Value: 'example' }],
  },
})
const source = (Location: string) => ({ Source: { Type: 'BITBUCKET', Location } })

/** Builds hold no credentials in their configuration. */
export const codeBuildSecrets: readonly ResourceControl[] = [
  {
    id: 'codebuild-project-no-plain-credentials',
    title: 'CodeBuild projects hold no keys of AWS in plain variables',
    topic: 'secrets-in-template',
    severity: 'critical',
    citations,
    why: 'Whoever may look at the project, or at the log of a build that prints its variables, can use the key.',
    remedy: 'Give ServiceRole the permissions and take the variable out.',
    types: [type],
    judge: judgeVariables,
    passing: project(environment('STAGE')),
    failing: project(environment('AWS_ACCESS_KEY_ID')),
  },
  {
    id: 'codebuild-project-source-without-credentials',
    title: 'CodeBuild projects hold no password in the address of their source',
    topic: 'secrets-in-template',
    severity: 'critical',
    citations,
    why: 'The address is shown to everybody who may look at the project, and to every build.',
    remedy: 'Write Source.Location without user and password, and connect by Source.Auth.',
    types: [type],
    judge: judgeLocations,
    passing: project(source('https://bitbucket.org/example/records.git')),
    failing: project(source('https://someone:password@bitbucket.org/example/records.git')),
  },
]
