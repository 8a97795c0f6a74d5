import { isGiven, isNoneOf } from '../expectations.ts'
import type { PropertyRow } from '../property-control.ts'

interface AccessPoint {
  /** Start of the id. */
  readonly id: string
  /** Plural that titles begin with. */
  readonly noun: string
  readonly type: string
}

const text = { topic: 'iam-privilege', severity: 'medium', citations: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'] } as const
const FileSystemId = 'fs-0123456789abcdef0'
const PosixUser = { Uid: '1000', Gid: '1000' }
const RootDirectory = { Path: '/intake' }

/**
 * A row: an access point shows a part of the file system. The path is / where none is given ("Working with access points", Amazon EFS
 * User Guide).
 */
export const rootDirectory = ({ id, noun, type }: AccessPoint): PropertyRow => ({
  ...text,
  id: `${id}-root-directory`,
  title: `${noun} show a part of the file system, not all of it`,
  why: 'With the root of the file system an application that is broken into reads the files of all others.',
  remedy: 'Set RootDirectory.Path to a directory of the application.',
  type,
  path: 'RootDirectory.Path',
  expect: isNoneOf('/'),
  absent: 'fails',
  passing: { FileSystemId, RootDirectory, PosixUser },
  failing: { FileSystemId, PosixUser },
})

/** A row: an access point decides as which user files are used. */
export const userIdentity = ({ id, noun, type }: AccessPoint): PropertyRow => ({
  ...text,
  id: `${id}-user-identity`,
  title: `${noun} decide as which user files are read and written`,
  why: 'Otherwise the client says who it is, and a container that runs as root is root on the files too.',
  remedy: 'Set PosixUser with a Uid and a Gid.',
  type,
  path: 'PosixUser',
  expect: isGiven,
  absent: 'fails',
  passing: { FileSystemId, RootDirectory, PosixUser },
  failing: { FileSystemId, RootDirectory },
})
