/** Rows of a table by the type of resource that each is about. */
export function byType<Row extends { readonly type: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const sorted = new Map<string, Row[]>()
  for (const row of rows) {
    const alike = sorted.get(row.type)
    if (alike === undefined) sorted.set(row.type, [row])
    else alike.push(row)
  }
  return sorted
}
