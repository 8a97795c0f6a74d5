/** Does the work of one name one piece after the other, in the order of the calls; work of other names goes on beside. */
export type InTurn = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>

/** A queue for each name. Work that fails is its caller's and holds up nobody; a name without work is forgotten. */
export function inTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>()
  return (name, work) => {
    const result = (last.get(name) ?? Promise.resolve()).then(work)
    const done = result.then(
      () => undefined,
      () => undefined,
    )
    last.set(name, done)
    void done.then(() => {
      if (last.get(name) === done) last.delete(name)
    })
    return result
  }
}
