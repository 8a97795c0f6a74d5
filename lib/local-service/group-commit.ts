/** Work that waits for the next commit. */
interface Waiting<Task, Result> {
  readonly task: Task
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/** Takes tasks one group at a time. */
export interface GroupCommit<Task, Result> {
  /** Settles when the group that the task went into is committed, or has failed as a whole. */
  readonly add: (task: Task) => Promise<Result>
  /** Settles when nothing waits any more. */
  readonly drained: () => Promise<void>
}

/**
 * Commits what waits in one go: while one group is on its way to the disk the next one gathers, so that a wait for the disk is shared by everybody who
 * waits. Groups follow one another and never overlap.
 *
 * @param commit takes the tasks of a group in the order they came and answers each; when it throws, none of the group has happened
 * @param most largest group
 */
export function groupCommit<Task, Result>(
  commit: (tasks: readonly Task[]) => Promise<readonly Result[]>,
  most = 200,
): GroupCommit<Task, Result> {
  const waiting: Waiting<Task, Result>[] = []
  let running: Promise<void> | undefined

  const run = async (): Promise<void> => {
    while (waiting.length > 0) await settle(waiting.splice(0, most), commit)
    running = undefined
  }
  return {
    add: (task) =>
      new Promise((resolve, reject) => {
        waiting.push({ task, resolve, reject })
        running ??= Promise.resolve().then(run)
      }),
    drained: async () => {
      while (running !== undefined) await running
    },
  }
}

async function settle<Task, Result>(
  group: readonly Waiting<Task, Result>[],
  commit: (tasks: readonly Task[]) => Promise<readonly Result[]>,
): Promise<void> {
  try {
    const results = await commit(group.map(({ task }) => task))
    for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result)
  } catch (error) {
    // Whatever went wrong went wrong for all of the group; each caller is told.
    for (const { reject } of group) reject(error)
  }
}
