import type { TableName } from './items.ts'

/** Names of the service's tables in DynamoDB, as far as a function was told them: one that has no business with a table does not know its name. */
export type DynamoTables = Readonly<Partial<Record<TableName, string>>>

/** @throws TypeError when the function was not told the table; a mistake of ours */
export function tableIn(tables: DynamoTables, table: TableName): string {
  const name = tables[table]
  if (name === undefined) throw new TypeError(`This function was not told the table ${table}.`)
  return name
}
