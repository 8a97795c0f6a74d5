import { existsSync } from 'node:fs'
import { rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The folder named is no data folder of the local service. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError'
  readonly code = 'DATA_FOLDER'
}

const offlineFile = (dataFolder: string): string => join(dataFolder, 'offline')

/** Whether the service of this folder is offline. Asked at every request, so that the next one already hears of a change. */
export const isOffline = (dataFolder: string): boolean => existsSync(offlineFile(dataFolder))

/**
 * Takes the service of a folder offline, or back. Doing so again changes nothing.
 * @throws DataFolderError when there is no such folder
 */
export async function setOffline(dataFolder: string, offline: boolean): Promise<void> {
  await requireDataFolder(dataFolder)
  if (offline) await writeFile(offlineFile(dataFolder), `${new Date().toISOString()}\n`)
  else await rm(offlineFile(dataFolder), { force: true })
}

/** @throws DataFolderError when there is no such folder; opening it would make one, and whoever mistyped a name would be told that all is done */
export async function requireDataFolder(dataFolder: string): Promise<void> {
  const folder = await stat(join(dataFolder, 'items')).catch(() => undefined)
  if (!folder?.isDirectory()) throw new DataFolderError(`${dataFolder} is not the data folder of a service. Start one: npm run serve`)
}
